using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>The figures of a training, one line of JSON a step, in <c>metrics.jsonl</c>.</summary>
/// <remarks>Each line is written at once. A training that goes on from a checkpoint first drops the lines after it. Not safe for several threads.</remarks>
public sealed class MetricsLog : IDisposable
{
    /// <summary>The file's name in a training's folder.</summary>
    public const string FileName = "metrics.jsonl";

    private readonly StreamWriter _writer;
    private readonly string _path;

    private MetricsLog(string path)
    {
        _path = path;
        _writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { NewLine = "\n", AutoFlush = true };
    }

    /// <summary>Opens the log of a folder, with the lines of the steps before a step alone.</summary>
    /// <param name="folder">The training's folder.</param>
    /// <param name="step">The step that comes next, from 0.</param>
    /// <exception cref="EhrR1Exception">The file cannot be written.</exception>
    public static MetricsLog Open(string folder, int step)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var kept = File.Exists(path) ? File.ReadLines(path).TakeWhile(l => StepOf(l) < step).ToList() : [];
            AtomicFile.WriteText(path, string.Concat(kept.Select(l => l + "\n")));
            return new MetricsLog(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The log of the training cannot be written: {e.Message}", path, "Free disk space or change the folder's permissions", e);
        }
    }

    /// <summary>Reads the lines of a folder's log; a line that was being written when the machine stopped is left out.</summary>
    public static IReadOnlyList<JsonObject> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return !File.Exists(path) ? [] : [.. File.ReadLines(path).Where(l => StepOf(l) < int.MaxValue).Select(l => JsonNode.Parse(l)!.AsObject())];
    }

    /// <summary>Writes a line.</summary>
    /// <exception cref="EhrR1Exception">The disk is full.</exception>
    public void Write(JsonObject line)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            _writer.WriteLine(line.ToJsonString());
        }
        catch (IOException e)
        {
            throw new EhrR1Exception($"The log of the training cannot be written: {e.Message}", _path, "Free disk space, then go on with --resume", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();

    private static int StepOf(string line)
    {
        try
        {
            return (int?)JsonNode.Parse(line)?["step"] ?? int.MaxValue;
        }
        catch (JsonException)
        {
            return int.MaxValue;
        }
    }
}
