namespace EhrR1.Knowledge.Tests;

/// <summary>A terminology built into a folder of its own.</summary>
internal sealed class BuiltTerminology : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BuiltTerminology(params IReadOnlyList<ITerminologySource> sources)
        : this(new TerminologyOptions(), sources)
    {
    }

    public BuiltTerminology(TerminologyOptions options, params IReadOnlyList<ITerminologySource> sources)
    {
        Facts = TerminologyBuild.Write(sources, Path, options);
        Store = Terminology.Open(Path);
    }

    public string Path => _folder.PathOf("built.terminology");

    public TerminologyFacts Facts { get; }

    public Terminology Store { get; }

    /// <summary>All relations as sentences, in the order of the store, read from the subjects.</summary>
    public IEnumerable<string> Sentences() => Enumerable.Range(0, Store.ConceptCount).SelectMany(c =>
        Store.RelationsFrom(c).ToArray().Select(r => $"{Store.Name(c)} – {Store.RelationName(r.Kind)} – {Store.Name(r.Concept)}"));

    public void Dispose()
    {
        Store.Dispose();
        // Nothing is left beside the store.
        Directory.GetFiles(_folder.FullPath).ShouldBe([Path]);
        _folder.Dispose();
    }
}
