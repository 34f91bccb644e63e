using CsCheck;

namespace EhrR1.Knowledge.Tests;

public sealed class NormalNamesTests
{
    [Fact]
    public void FindNormalised_RandomNames_GivesWhatComparingAllWould() =>
        Gen.Select(Gen.String[Gen.Char["abes -"], 1, 7].Array[1, 40], Gen.String[Gen.Char["abes -"], 0, 7]).Sample((names, wanted) =>
        {
            using var built = new BuiltTerminology(new SaidSource([.. names.Select((n, i) => SaidSource.Concept($"X:{i:d3}", n)), SaidSource.Concept("X:999", "always")]));
            foreach (var form in names.Append(wanted).Select(NormalForm.Of).Distinct())
            {
                var expected = Enumerable.Range(0, built.Store.ConceptCount).Where(c => form.Length > 0 && built.Store.NamesOf(c).Any(n => NormalForm.Of(n) == form));
                built.Store.FindNormalised(form).ShouldBe(expected);
            }
        }, iter: 40, threads: 1);

    [Fact]
    public void Write_NamedObject_IsFoundByItsNormalForm()
    {
        using var built = new BuiltTerminology(new SaidSource(
            SaidSource.Concept("DOID:1", "flu"), SaidSource.Concept("MESH:1", "Seizures"), SaidSource.Concept("MESH:2", "Failure, Heart"), SaidSource.Concept("DOID:2", "heart failures"),
            SaidSource.Relation("DOID:1", "has symptom", "seizure", byName: true), SaidSource.Relation("DOID:1", "has symptom", "heart failure", byName: true),
            SaidSource.Relation("DOID:1", "has symptom", "rashes", byName: true), SaidSource.Relation("DOID:1", "resembles", "rash", byName: true)));
        // Of the subject's own namespace first; names with one form that no concept has become one concept.
        built.Sentences().ShouldBe(["flu – has symptom – heart failures", "flu – has symptom – Seizures", "flu – has symptom – rash", "flu – resembles – rash"], ignoreOrder: true);
    }
}
