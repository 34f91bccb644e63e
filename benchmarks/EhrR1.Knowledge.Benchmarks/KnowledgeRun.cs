using System.Diagnostics;
using System.Globalization;
using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>The figures of results/knowledge.md: queries and notes a second on one thread, best of a few runs.</summary>
internal static class KnowledgeRun
{
    private const int Runs = 5;

    public static void Write(int count, TextWriter output)
    {
        var names = GeneratedNames.Many(count);
        var folder = Directory.CreateTempSubdirectory("knowledge-benchmark");
        try
        {
            var path = Path.Combine(folder.FullName, "names.terminology");
            var start = Stopwatch.GetTimestamp();
            TerminologyBuild.Write([new NamesSource(names)], path);
            output.WriteLine(Invariant($"{names.Count:N0} names; built in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, {new FileInfo(path).Length / 1e6:F0} MB."));
            using var terminology = Terminology.Open(path);
            Queries(terminology, names, output);
            Notes(terminology, names, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Queries(Terminology terminology, List<string> names, TextWriter output)
    {
        var random = new Random(1);
        string[] exact = [.. Enumerable.Range(0, 20_000).Select(_ => names[random.Next(names.Count)])];
        string[] edited = [.. exact.Select(n => GeneratedNames.Edited(random, n))];
        string[] windows = [.. Windows(GeneratedNotes.Many(10, names)).Distinct().Take(20_000)];
        output.WriteLine();
        output.WriteLine("| queries | a second | matches a query |");
        output.WriteLine("|---|---|---|");
        foreach (var (name, queries) in new[] { ("exact names", exact), ("names with one edit", edited), ("word windows of notes", windows) })
        {
            long matches = 0;
            var best = Best(() =>
            {
                matches = 0;
                foreach (var query in queries)
                    matches += terminology.Names.Find(query, SimilarityThreshold.Default).Count;
            });
            output.WriteLine(Invariant($"| {name} | {queries.Length / best.TotalSeconds:N0} | {(double)matches / queries.Length:F1} |"));
        }
    }

    private static void Notes(Terminology terminology, List<string> names, TextWriter output)
    {
        const int Count = 400;
        var notes = GeneratedNotes.Many(Count, names);
        output.WriteLine();
        output.WriteLine("| notes of 1,000 words | a second | mentions a note | windows a note |");
        output.WriteLine("|---|---|---|---|");
        double windows = Windows(notes.Take(20)).Count() / 20.0;
        foreach (var (name, options) in new[] { ("nothing remembered", new NoteMatcherOptions { Remembered = 0 }), ("each note new, the matcher fresh", new()), ("the matcher warm", new NoteMatcherOptions()) })
        {
            long mentions = 0;
            bool warm = name == "the matcher warm";
            var used = warm ? notes : notes[..(Count / 2)];
            NoteMatcher matcher = new(terminology, options);
            var best = Best(() =>
            {
                mentions = 0;
                matcher = warm ? matcher : new NoteMatcher(terminology, options);
                foreach (var note in used)
                    mentions += matcher.Find(note).Count;
            });
            output.WriteLine(Invariant($"| {name} | {used.Count / best.TotalSeconds:N1} | {(double)mentions / used.Count:F0} | {windows:F0} |"));
        }
    }

    /// <summary>Rows of one to five words within the sentences of notes.</summary>
    private static IEnumerable<string> Windows(IEnumerable<string> notes)
    {
        foreach (var sentence in notes.SelectMany(n => n.ToLowerInvariant().Replace('\n', ' ').Split(['.', ',', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries)))
        {
            var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int first = 0; first < words.Length; first++)
            {
                for (int length = 1; length <= 5 && first + length <= words.Length; length++)
                    yield return string.Join(' ', words.AsSpan(first, length));
            }
        }
    }

    private static TimeSpan Best(Action work)
    {
        var best = TimeSpan.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            // The processor's time, so that what else runs on the machine matters less.
            var start = Environment.CpuUsage.TotalTime;
            work();
            var taken = Environment.CpuUsage.TotalTime - start;
            best = taken < best ? taken : best;
        }

        return best;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class NamesSource(List<string> names) : ITerminologySource
    {
        public string Name => "generated";

        public IReadOnlyList<string> Licences => [];

        public void Read(ITerminologyIntake intake, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
        {
            for (int i = 0; i < names.Count; i++)
                intake.Name(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"X:{i:d7}")), Encoding.UTF8.GetBytes(names[i]), 0);
        }
    }
}
