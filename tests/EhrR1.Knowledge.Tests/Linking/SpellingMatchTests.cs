namespace EhrR1.Knowledge.Tests;

public sealed class SpellingMatchTests
{
    [Theory]
    [InlineData(TermKind.Laboratory, "asparate aminotransferase", "aspartate aminotransferase", true)]
    [InlineData(TermKind.Laboratory, "carcinoembyronic antigen", "carcinoembryonic antigen", true)]
    [InlineData(TermKind.Diagnosis, "hyperkalemia", "hypokalemia", false)]
    [InlineData(TermKind.Diagnosis, "hyperparathyroidism", "hypoparathyroidism", false)]
    [InlineData(TermKind.Diagnosis, "type 1 diabetes", "type 2 diabetes", false)]
    [InlineData(TermKind.Diagnosis, "dysphagia", "dysphasia", false)]
    [InlineData(TermKind.Diagnosis, "heart failure", "acute heart failure", false)]
    [InlineData(TermKind.Diagnosis, "failure of the heart", "heart failure", true)]
    [InlineData(TermKind.Drug, "hydralazine", "hydroxyzine", false)]
    [InlineData(TermKind.Drug, "prednisone", "prednisolone", false)]
    [InlineData(TermKind.Drug, "vancomyci", "vancomycin", true)]
    [InlineData(TermKind.Drug, "piperacilli", "piperacillin", true)]
    [InlineData(TermKind.Diagnosis, "cardio", "cardiomyopathy", false)]
    [InlineData(TermKind.Drug, "zinc", "zinq", false)]
    [InlineData(TermKind.Drug, "cd4", "cd8", false)]
    public void AreAlike_TwoNames_WhereEveryWordIsSpelledAlike(TermKind kind, string term, string name, bool alike)
    {
        SpellingMatch.AreAlike(kind, NormalForm.WordsOf(term), NormalForm.WordsOf(name)).ShouldBe(alike);
    }
}
