using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>A kind of record that charts are built from: what it must give so that <see cref="ChartBuild"/> can make a workspace of it.</summary>
/// <remarks>
/// A source is looked at first (its files, a plan) and read then, within one build. What it reads must depend on its files and the
/// options alone, never on threads or time: a build that was killed goes on to the same bytes. Not safe for several threads at once.
/// </remarks>
public interface IChartSource
{
    /// <summary>What kind of record it is, in words for the user: "a MIMIC-IV folder".</summary>
    string Kind { get; }

    /// <summary>The source folder's full path.</summary>
    string Root { get; }

    /// <summary>The folder of code maps in use, or <see langword="null"/>.</summary>
    string? Maps { get; }

    /// <summary>Whether no patient stands behind the records.</summary>
    bool IsSynthetic { get; }

    /// <summary>Every file that decides what the charts are: a build is up to date while they stay the same.</summary>
    IEnumerable<SourceFile> Files { get; }

    /// <summary>What a build would do, without doing it.</summary>
    /// <param name="options">How it would be done.</param>
    /// <exception cref="EhrR1Exception">The source cannot be built at all.</exception>
    BuildPlan Plan(BuildOptions options);

    /// <summary>Reads what the shards need, and cuts the patients into shards.</summary>
    /// <param name="options">How to build.</param>
    /// <param name="place">Where to keep what is read; what an interrupted build of the same input left there may be used.</param>
    /// <param name="progress">Receives how far it is, from any thread.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EhrR1Exception">A file is damaged, lacks something, or holds what does not fit.</exception>
    IChartShards Read(BuildOptions options, StagingPlace place, IProgress<BuildProgress>? progress, CancellationToken cancellationToken);
}
