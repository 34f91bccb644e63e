using Shouldly;
using Xunit;

namespace EhrR1.Reasoning.Tests.Narration;

public sealed class ConceptTextTests
{
    [Theory]
    [InlineData("NiMODipine", "nimodipine")]
    [InlineData("HYDROmorphone (Dilaudid)", "hydromorphone (Dilaudid)")]
    [InlineData("Acute kidney failure", "acute kidney failure")]
    [InlineData("Crohn's disease", "Crohn's disease")]
    [InlineData("Hepatitis C viral load", "hepatitis C viral load")]
    [InlineData("Clostridium difficile test", "Clostridium difficile test")]
    [InlineData("COPD exacerbation", "COPD exacerbation")]
    [InlineData("NT-proBNP", "NT-proBNP")]
    [InlineData("HbA1c", "HbA1c")]
    [InlineData("Histamine H1 Receptor Antagonists", "histamine H1 receptor antagonists")]
    [InlineData("FLUID CULTURE", "FLUID CULTURE")]
    public void Within_Name_IsThatOfASentence(string name, string within) => ConceptText.Within(name).ShouldBe(within);

    [Theory]
    [InlineData("acute kidney failure", "Acute kidney failure")]
    [InlineData("pH", "pH")]
    [InlineData("mRNA vaccine", "mRNA vaccine")]
    [InlineData("", "")]
    public void Begin_Text_StartsASentence(string text, string begin) => ConceptText.Begin(text).ShouldBe(begin);

    [Theory]
    [InlineData("loop diuretics", true)]
    [InlineData("Fluid and electrolyte disorders", true)]
    [InlineData("Complications of surgery", true)]
    [InlineData("hiv protease blockers", true)]
    [InlineData("combined alpha and beta blockers", true)]
    [InlineData("diabetes mellitus", false)]
    [InlineData("Diabetes", false)]
    [InlineData("Sepsis", false)]
    [InlineData("Chronic obstructive pulmonary disease and bronchiectasis", false)]
    [InlineData("Weakness", false)]
    [InlineData("coronavirus", false)]
    [InlineData("ascites", false)]
    [InlineData("PICCS", false)]
    [InlineData("Disease of kidneys", false)]
    public void IsSeveral_Name_KnowsPlurals(string name, bool isSeveral) => ConceptText.IsSeveral(name).ShouldBe(isSeveral);

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a|b", "a and b")]
    [InlineData("a|b|c", "a, b and c")]
    [InlineData("knee, open|b|c", "knee, open and b and c")]
    [InlineData("\"knee, open\"|b|c", "\"knee, open\", b and c")]
    public void List_Items_AreJoined(string items, string list) => ConceptText.List(items.Split('|')).ShouldBe(list);

    [Theory]
    [InlineData("Furosemide 40mg", "furosemide", true)]
    [InlineData("End stage renal disease", "End-stage renal disease", true)]
    [InlineData("lasix", "Furosemide", false)]
    public void IsLike_Names_TellsWhetherBothNeedBeSaid(string one, string other, bool isLike) => ConceptText.IsLike(one, other).ShouldBe(isLike);
}
