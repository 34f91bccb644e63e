using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Builds the one file of a <see cref="Terminology"/> from its sources.</summary>
public static class TerminologyBuild
{
    /// <summary>Reads the sources, merges their concepts and writes the store.</summary>
    /// <param name="sources">The sources; the same ones give the same bytes.</param>
    /// <param name="path">The file to write; it is replaced whole or not at all. What does not fit memory is spilled beside it meanwhile.</param>
    /// <param name="options">How to build, or <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Hears what is being done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="EhrR1Exception">A source has an error, the sources hold no name, or the file cannot be written.</exception>
    public static TerminologyFacts Write(IReadOnlyList<ITerminologySource> sources, string path, TerminologyOptions? options = null, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(path);
        options ??= new TerminologyOptions();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var intake = new TerminologyIntake(path, Math.Max(1, options.SortedAtOnce));
        foreach (var source in sources)
            source.Read(intake, progress, cancellationToken);
        if (intake.Names.Count == 0)
            throw new EhrR1Exception("The sources hold no name", string.Join(", ", sources.Select(s => s.Name)), "Name a folder that holds a terminology");

        progress?.Report(new StageProgress("Merging concepts", 0, null, "concepts"));
        intake.ResolveNames();
        var merge = ConceptMerge.Of(intake, options.MergeBy);
        TerminologyFacts? facts = null;
        AtomicFile.Write(path, stream =>
        {
            var writer = new SectionWriter(stream);
            facts = new TerminologyWriter(intake, merge).Write(writer, sources, progress, cancellationToken);
            writer.Finish(Terminology.Version);
        });
        return facts!;
    }
}
