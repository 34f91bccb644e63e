using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Finds cases and chains with all that belongs to them.</summary>
public static class ShownCases
{
    /// <summary>Finds a chain or a case.</summary>
    /// <param name="folder">The folder of an instruction set, or of chains.</param>
    /// <param name="chains">The folder with the chains; may be the same.</param>
    /// <param name="id">Its id, or the sample's.</param>
    /// <param name="workspace">The workspace, or <see langword="null"/> where it is not at hand.</param>
    /// <param name="graphs">The workspace's folder with thinking graphs.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="EhrR1Exception">There is none, or nothing says what its record is.</exception>
    public static ShownCase Find(string folder, string chains, string id, Workspace? workspace, string graphs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var stored = StoredChain.Find(chains, id, cancellationToken);
        var one = InstructionManifest.Exists(folder) && (stored is null || workspace is null) ? StoredCase.Find(folder, stored?.Chain.Id ?? id) : null;
        if (stored is null && one is null)
            throw new EhrR1Exception($"There is no case or chain '{id}' here", folder, "Ids stand in the column id of the data files and in chains.jsonl");
        var chain = stored?.Chain ?? (one!.Chain.Length == 0 ? null : new ReasoningChain { Id = one.Id, SampleId = one.SampleId, Chain = one.Chain, Answer = one.Labels, Teacher = one.Teacher });
        var sampleId = chain?.SampleId ?? one!.SampleId;
        var (sample, graph) = workspace is null ? (one?.ToSample(), null) : Read(workspace, graphs, sampleId, cancellationToken);
        if (sample is null)
            throw new EhrR1Exception("The folder does not say which workspace its records are in", folder, "Name it with '--workspace'");
        var shown = new ShownCase { Id = chain?.Id ?? one!.Id, Sample = sample, IsFromWorkspace = workspace is not null, Graph = graph, Teacher = chain?.Teacher ?? "", Stored = stored };
        return chain is null ? shown : WithChain(shown, chain);
    }

    private static ShownCase WithChain(ShownCase shown, ReasoningChain chain)
    {
        var parsed = ChainParser.Parse(chain, chain.Finish == Models.FinishReason.Length);
        // What a check wrote is shown as it stands there: it knew the whole workspace.
        if (shown.Stored?.Line["measures"] is JsonObject known)
        {
            IReadOnlyList<GroundingFault> faults = [.. shown.Stored.Line["faults"]!.AsArray().Select(f => FaultOf(f!, chain.Chain)).OfType<GroundingFault>()];
            var measures = known.Select(m => KeyValuePair.Create(m.Key, (double?)m.Value)).Append(KeyValuePair.Create("score", (double?)shown.Stored.Line["score"]));
            return shown with { Chain = parsed, Faults = faults, Measures = measures.ToDictionary(StringComparer.Ordinal), Evidence = EvidenceMap.Of(shown.Sample, parsed, faults) };
        }

        var result = new GroundingCheck().Check(shown.Sample, shown.Graph, parsed);
        var own = result.Measures.Named().Append(("score", result.Score)).Select(m => KeyValuePair.Create(m.Item1, double.IsNaN(m.Item2) ? null : (double?)Math.Round(m.Item2, 6)));
        return shown with { Chain = parsed, Faults = result.Faults, Measures = own.ToDictionary(StringComparer.Ordinal), Evidence = EvidenceMap.Of(shown.Sample, parsed, result.Faults) };
    }

    private static GroundingFault? FaultOf(JsonNode fault, string chain)
    {
        if (!Enum.TryParse(fault["kind"]!.ToString().Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out GroundingFaultKind kind))
            return null;
        var span = new TextSpan((int)fault["start"]!, (int)fault["length"]!);
        return span.Start < 0 || span.End > chain.Length ? null : new GroundingFault(kind, span, fault["what"]?.ToString() ?? "");
    }

    private static (Sample Sample, ThinkingGraph? Graph) Read(Workspace workspace, string graphs, string id, CancellationToken cancellationToken)
    {
        using var index = TaskIndexStore.Open(workspace);
        var row = index.Find(id, cancellationToken);
        var charts = ChartStore.Open(workspace);
        var chart = charts.Read(row.SubjectId, cancellationToken) ?? throw new EhrR1Exception("The sample's patient has no chart", $"subject {row.SubjectId}", "Build the workspace again with 'ehr-r1 build'");
        var graph = GraphLines.Read(workspace, graphs, charts.Subjects.First(s => s.SubjectId == row.SubjectId).Shard, new HashSet<string>(StringComparer.Ordinal) { id }).GetValueOrDefault(id);
        return (new SampleBuilder(workspace.Profile, null, index.Manifest.HasDischargeNotes).Build(chart, row), graph);
    }
}
