namespace EhrR1.Reasoning;

/// <summary>A sample with the chains that pass, the best first.</summary>
/// <param name="sampleId">The sample.</param>
/// <param name="lines">Their lines.</param>
/// <param name="file">The file, for messages.</param>
internal sealed class KeptSample(string sampleId, IReadOnlyList<(PassingLine Said, string Text)> lines, string file)
{
    public string SampleId => sampleId;

    /// <summary>The chains, each read when it is asked for: the first is nearly always the one that is kept.</summary>
    public IEnumerable<KeptChain> Chains() => lines.OrderByDescending(l => l.Said.IsBest).ThenByDescending(l => l.Said.Score).Select(l => KeptChain.Read(l.Text, file));
}
