using EhrR1.Charts;

namespace EhrR1.Reasoning.Tests;

/// <summary>The promise of the grounding check: of chains that are false in one place it finds at least 95 %, of true ones it doubts fewer than 2 %.</summary>
public sealed class CorruptionTests
{
    private const int Patients = 60;

    private static readonly GroundedWords _words = new(
        [.. EventCatalog.Types.Where(t => t.IsShown).Select(t => t.DisplayName), "Blood Bank Events"],
        [.. GroundedCase.Units, "mcg", "mL/hour"],
        type => type == "labevents" ? [.. GroundedCase.Labs, "Ammonia"] : GroundedCase.HomeDrugs,
        [.. GroundedCase.Diseases, .. GroundedCase.Drugs],
        [.. GroundedCase.Drugs, "Vancomycin"]);

    [Fact]
    public void Check_TrueChains_DoubtsFewerThanTwoInAHundred()
    {
        var check = new GroundingCheck(GroundedCase.Vocabulary);
        var doubted = new List<string>();
        for (int i = 0; i < Patients; i++)
        {
            var of = GroundedCase.Make(i);
            for (int seed = 0; seed < 4; seed++)
            {
                var parsed = ChainParser.Parse(TrueChain.Write(of.Sample, of.Graph, seed).Text, ChainTemplates.Get(""));
                parsed.Faults.ShouldBe(ChainFault.None);
                var result = check.Check(of.Sample, of.Graph, parsed);
                result.Claims.ShouldBeGreaterThan(8);
                result.Pairs.ShouldBeGreaterThan(2);
                if (!result.IsGrounded)
                    doubted.Add($"{of.Sample.Id}/{seed}: {string.Join("; ", result.Faults)}\n{parsed.Text}");
            }
        }

        ((double)doubted.Count / (Patients * 4)).ShouldBeLessThan(0.02, doubted.FirstOrDefault());
    }

    [Fact]
    public void Check_ChainsFalseInOnePlace_FindsNinetyFiveInAHundredAndOfEachKindNine()
    {
        var check = new GroundingCheck(GroundedCase.Vocabulary);
        var tried = new Dictionary<PlaceKind, int>();
        var missed = new Dictionary<PlaceKind, List<string>>();
        for (int i = 0; i < Patients; i++)
        {
            var of = GroundedCase.Make(i);
            var chain = TrueChain.Write(of.Sample, of.Graph, i);
            var random = new Random(i);
            foreach (var place in chain.Places)
            {
                if (Corrupter.Corrupt(of, chain, place, random, _words) is not { } text)
                    continue;
                tried[place.Kind] = tried.GetValueOrDefault(place.Kind) + 1;
                if (!check.Check(of.Sample, of.Graph, ChainParser.Parse(text, ChainTemplates.Get(""))).IsGrounded)
                    continue;
                missed.TryAdd(place.Kind, []);
                missed[place.Kind].Add($"{place}\n{text}");
            }
        }

        tried.Values.Sum().ShouldBeGreaterThan(1000);
        tried.Keys.ShouldBe(Enum.GetValues<PlaceKind>(), ignoreOrder: true);
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", tried.Select(t => $"{t.Key} {missed.GetValueOrDefault(t.Key)?.Count ?? 0}/{t.Value}")));
        int lost = missed.Values.Sum(m => m.Count);
        var which = string.Join(", ", tried.Select(t => $"{t.Key} {missed.GetValueOrDefault(t.Key)?.Count ?? 0}/{t.Value}"));
        ((double)lost / tried.Values.Sum()).ShouldBeLessThan(0.05, $"{which}\n{missed.Values.FirstOrDefault()?[0]}");
        foreach (var (kind, count) in tried)
            ((double)(missed.GetValueOrDefault(kind)?.Count ?? 0) / count).ShouldBeLessThan(0.1, $"{kind}: {which}\n{missed.GetValueOrDefault(kind)?.FirstOrDefault()}");
    }
}
