using System.Globalization;

namespace EhrR1.Reasoning;

/// <summary>Which shards of charts go into which file of a data set.</summary>
/// <remarks>It depends on the number of cases and shards alone, never on threads, so that the same draw gives the same files.</remarks>
/// <param name="Shards">The number of shards of charts.</param>
/// <param name="Files">The number of files.</param>
internal readonly record struct FilePlan(int Shards, int Files)
{
    /// <summary>The sub-folder of the files.</summary>
    public const string Folder = "data";

    public static FilePlan Of(int shards, long cases, int casesPerFile) => new(shards, (int)Math.Clamp((cases + casesPerFile - 1) / casesPerFile, 1, Math.Max(1, shards)));

    /// <summary>The shards of a file: neighbours, since a shard's charts are of about one size all over.</summary>
    public IEnumerable<int> ShardsOf(int file)
    {
        var first = (int)((long)file * Shards / Files);
        var end = (int)((file + 1L) * Shards / Files);
        return Enumerable.Range(first, end - first);
    }

    /// <summary>A file's name, as Hugging Face names the files of a split.</summary>
    public string NameOf(string split, int file, InstructionFormat format)
        => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{split}-{file:00000}-of-{Files:00000}{CaseFile.EndingOf(format)}");
}
