using System.Globalization;
using EhrR1.Knowledge;
using EhrR1.Reasoning;
using EhrR1.Scoring;

namespace EhrR1.Cli;

/// <summary>A case for somebody who knows medicine and not this program: what was known, how it was argued, what of it stands in the record.</summary>
internal sealed class ShownCaseText(TextWriter to, ShownCase shown, bool colours, bool isFull)
{
    private const int PathsShown = 3;
    private const int GraphLinesShown = 40;

    private readonly MarkedChain _chain = new(shown, colours);

    public void Write()
    {
        WriteHead();
        WriteRecord();
        Title("Question");
        to.WriteLine(shown.Sample.Instruction);
        WriteGraph();
        if (shown.Chain is not null)
        {
            Title("Chain");
            to.WriteLine(_chain.Text());
            WriteEvidence();
            WriteMeasures();
        }

        WriteAnswer();
    }

    private void WriteHead()
    {
        var row = shown.Sample.Row;
        to.WriteLine(_chain.Bold(shown.Id));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Patient {row.SubjectId}, task {row.Task}{(shown.IsFromWorkspace ? $", asked at {row.PredictionTime:yyyy-MM-dd HH:mm:ss}" : "")}"));
        if (shown.Chain is null)
            return;
        var line = shown.Stored?.Line;
        var others = shown.Stored is { Ids.Count: > 1 } stored ? $", one of {stored.Ids.Count}: {string.Join(", ", stored.Ids)}" : "";
        to.WriteLine($"Chain by {(shown.Teacher.Length > 0 ? shown.Teacher : "an unknown teacher")}{others}");
        if (line?["apart"] is System.Text.Json.Nodes.JsonArray reasons)
            to.WriteLine(_chain.Red($"Set apart: {string.Join(", ", reasons.Select(r => r!.ToString().Replace('_', ' ')))}"));
        else if (line?["passes"] is { } passes)
            to.WriteLine((bool)passes ? _chain.Green($"Passes the published filter and the grounding check{((bool?)line["best"] == true ? "; the best of its sample" : "")}") : _chain.Red($"Does not pass: {Barrier(line)}"));
        if (shown.Faults.Count > 0)
            to.WriteLine(_chain.Red($"{(shown.Faults.Count == 1 ? "1 thing in it does" : $"{shown.Faults.Count} things in it do")} not hold"));
    }

    private static string Barrier(System.Text.Json.Nodes.JsonObject line)
    {
        if ((bool?)line["filter"]?["passes"] == false)
            return "the published filter";
        if ((bool?)line["sufficiency"]?["passes"] == false)
            return "the test of sufficiency, or the grounding check before it";
        return (int?)line["false_claims"] is > 0 and var count ? $"the grounding check ({count} false claim{(count == 1 ? "" : "s")})" : "the grounding check";
    }

    private void WriteRecord()
    {
        var lines = RecordExcerpt.Of(shown.Sample.Input, shown.Evidence, isFull || shown.Chain is null);
        Title(lines.Any(l => l.IsGap && l.Text.Length > 0) ? "Record, what the chain cites of it (--full shows all)" : "Record");
        foreach (var line in lines)
        {
            if (!line.IsGap)
                to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Number,5}  {line.Text}").TrimEnd());
            else
                to.WriteLine(line.Text.Length > 0 ? $"       {_chain.Dim(line.Text)}" : "");
        }
    }

    private void WriteGraph()
    {
        if (shown.Graph is not { } graph)
            return;
        Title("Thinking graph");
        using var text = new StringWriter { NewLine = "\n" };
        GraphText.Write(text, isFull ? graph : graph with { Edges = [.. graph.Edges.GroupBy(e => e.Target).SelectMany(t => t.Take(PathsShown))] });
        // The first line repeats the question.
        string[] lines = [.. text.ToString().TrimEnd('\n').Split('\n').Skip(1)];
        foreach (var line in isFull ? lines : lines.Take(GraphLinesShown))
            to.WriteLine(line);
        if (!isFull && (lines.Length > GraphLinesShown || graph.Edges.GroupBy(e => e.Target).Any(t => t.Count() > PathsShown)))
            to.WriteLine(_chain.Dim($"… of each item the {PathsShown} most telling facts; --full shows all"));
    }

    private void WriteEvidence()
    {
        Title("Evidence");
        for (int i = 0; i < shown.Evidence.Count; i++)
        {
            var one = shown.Evidence[i];
            var place = one.Where is { } where ? $"line {RecordExcerpt.LineAt(shown.Sample.Input, where).ToString(CultureInfo.InvariantCulture)}" : "";
            var said = MarkedChain.Short(shown.Chain!.TextOf(one.Span)).Trim('*');
            var record = one.Where is { } found && one.Status != EvidenceStatus.Found ? $" – the record: {MarkedChain.Short(RecordLine(found))}" : "";
            to.WriteLine($"{_chain.Mark(i),6} {_chain.Coloured(one.Status, MarkedChain.NameOf(one.Status).PadRight(12))} {place,-10} {said}{(one.Note.Length > 0 ? $" – {one.Note}" : "")}{record}".TrimEnd());
        }

        foreach (var fault in shown.Faults.Where(f => f.Span.Length == 0))
            to.WriteLine($"       {_chain.Red("missing")}      {fault.What}{(fault.What.Length > 0 ? " – " : "")}{EvidenceNotes.Of(fault.Kind).Note}");
        to.WriteLine(_chain.Dim(MarkedChain.Legend));
    }

    private void WriteMeasures()
    {
        Title("Measures");
        foreach (var (name, value) in shown.Measures)
            to.WriteLine($"  {name.Replace('_', ' '),-20} {(value is { } known ? known.ToString("0.00", CultureInfo.InvariantCulture) : "not defined")}");
    }

    private void WriteAnswer()
    {
        Title("Answer");
        if (shown.Chain is not { } chain)
        {
            foreach (var label in shown.Sample.Labels)
                to.WriteLine($"  {label}");
            return;
        }

        var reached = chain.FinalItems.Select(f => f.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var label in shown.Sample.Labels)
        {
            bool isReached = AnswerReader.NormalizeLabels([label]).Overlaps(reached);
            to.WriteLine(isReached ? $"  {_chain.Green("+")} {label}" : $"    {label} {_chain.Dim("(the chain does not reach it)")}");
        }

        var right = AnswerReader.NormalizeLabels(shown.Sample.Labels);
        foreach (var item in chain.FinalItems.Where(f => !right.Contains(f.Text)))
            to.WriteLine($"  {_chain.Red("-")} {item.Text} {_chain.Red("(not in the right answer)")}");
    }

    private string RecordLine(TextSpan place)
    {
        var input = shown.Sample.Input;
        int start = input.LastIndexOf('\n', Math.Max(0, place.Start - 1)) + 1, end = input.IndexOf('\n', place.Start);
        return input[Math.Min(start, place.Start)..(end < 0 ? input.Length : end)];
    }

    private void Title(string text)
    {
        to.WriteLine();
        to.WriteLine(_chain.Bold($"== {text}"));
    }
}
