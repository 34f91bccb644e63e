namespace EhrR1.Hospital;

/// <summary>A culture or other microbiology test, what may grow and what it is tested against.</summary>
internal sealed record MicrobiologyTest(
    int TestItemId, string TestName, string Specimen, int SpecimenItemId, Weighted<string> Organisms, IReadOnlyList<string> Antibiotics)
{
    public static IReadOnlyList<MicrobiologyTest> ReadAll() =>
        [.. ContentTable.Read("microbiology.tsv").Rows.Select(r => new MicrobiologyTest(
            r.Int("test_itemid"), r["test_name"], r["specimen"], r.Int("spec_itemid"),
            new Weighted<string>(r.Weights("organisms").Select(o => (o.Name, o.Weight))), r.List("antibiotics")))];
}
