namespace EhrR1.Evaluation.Tests;

public sealed class PatientGroupsTests
{
    [Theory]
    [InlineData(17, "under 18")]
    [InlineData(18, "18–39")]
    [InlineData(39, "18–39")]
    [InlineData(40, "40–64")]
    [InlineData(64, "40–64")]
    [InlineData(65, "65–79")]
    [InlineData(80, "80 and over")]
    public void AgeBand_AtItsEdges_IsRight(long age, string band) => PatientGroups.AgeBand(age).ShouldBe(band);

    [Fact]
    public void OfInput_WithAnAdmission_GivesWhatItShows()
    {
        const string Input = "## Patient Demographics [None]\n- Anchor_Age: 71\n- Gender: F\n\n## Admissions [2150-01-01 00:00:00]\n- Admission_Type: URGENT\n- Admission_Location: x\n- Admission_Info: None";
        PatientGroups.OfInput(Input).ShouldBe(new Dictionary<string, string> { ["sex"] = "F", ["age"] = "65–79", ["admission_type"] = "URGENT" }, ignoreOrder: true);
        PatientGroups.OfInput("nothing").ShouldBeEmpty();
    }
}
