using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.TrainCli;

/// <summary>How long a stage took, in all the processes that worked on it.</summary>
/// <param name="Training">Seconds of training.</param>
/// <param name="Scoring">Seconds of scoring, once that was finished; <see langword="null"/> before.</param>
internal sealed record StageTimes(double Training, double? Scoring)
{
    /// <summary>Reads the times of a stage; zero where there are none.</summary>
    public static StageTimes Read(string path) => File.Exists(path) ? JsonSerializer.Deserialize<StageTimes>(File.ReadAllText(path))! : new StageTimes(0, null);

    /// <summary>Writes them.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(this) + "\n");
    }
}
