using System.Globalization;

namespace EhrR1.Reasoning.Benchmarks;

/// <summary>How many chains the narrator writes a second on one core, inputs and graphs in memory; each round tells another variant.</summary>
internal static class NarratorSpeed
{
    private const int Measured = 5;

    public static int Measure(string workspace, int leastInput)
    {
        var samples = GraphedSamples.Read(workspace, leastInput: leastInput);
        var told = samples.Samples.Where(s => Narrator.CanTell(s.Sample.Task)).ToList();
        var narrator = new Narrator();
        int variant = 0, chains = 0;
        long characters = 0;
        var rounds = Rounds.Of(Measured, () =>
        {
            chains = 0;
            characters = 0;
            foreach (var (sample, graph) in told)
            {
                if (narrator.Tell(sample, graph!, variant) is not { } chain)
                    continue;
                chains++;
                characters += chain.Chain.Length;
            }

            variant++;
        });
        Console.WriteLine("| chains | characters of an input | of a chain | chains a second of one core | lowest – highest | by the clock | load |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {chains:N0} | {samples.Characters:N0} | {(double)characters / chains:N0} | {rounds.Cells(chains)} |"));
        return 0;
    }
}
