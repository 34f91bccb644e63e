using System.Globalization;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Reads EHR-Bench files, ours and the release's; it needs <c>instruction</c>, <c>input</c>, <c>output</c> and <c>task_info.task</c>, all else may be missing.</summary>
public static class BenchmarkReader
{
    /// <summary>Reads both files of a folder, the decision tasks first; a file that is missing is passed over.</summary>
    /// <exception cref="EhrR1Exception">Neither file is there, or a line cannot be read.</exception>
    public static IEnumerable<BenchmarkSample> ReadFolder(string folder)
    {
        string[] files = [.. new[] { BenchmarkFiles.Decisions, BenchmarkFiles.Risks }.Select(f => Path.Combine(folder, f)).Where(File.Exists)];
        return files.Length > 0
            ? files.SelectMany(ReadFile)
            : throw new EhrR1Exception("There is no benchmark here", folder, "Make one with 'ehr-r1 bench <workspace>'");
    }

    /// <summary>Reads one file, line by line.</summary>
    /// <exception cref="EhrR1Exception">The file is missing, or a line cannot be read.</exception>
    public static IEnumerable<BenchmarkSample> ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new EhrR1Exception("The benchmark file does not exist", path, "Make one with 'ehr-r1 bench <workspace>', or check the path");
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;

            // The release writes an empty object for a sample without an answer.
            if (!string.IsNullOrWhiteSpace(line) && line.Trim() != "{}")
                yield return ReadLine(line, path, number);
        }
    }

    private static BenchmarkSample ReadLine(string line, string path, int number)
    {
        try
        {
            // The release's files hold NaN where a position is missing.
            using var document = PythonJson.Parse(line);
            return ReadSample(document.RootElement, number - 1);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EhrR1Exception("A line is no benchmark sample: it needs instruction, input, output and task_info.task", $"{path}, line {number}", "Repair the line or make the benchmark again", e);
        }
    }

    private static BenchmarkSample ReadSample(JsonElement root, long position)
    {
        // Some releases of the data keep the object as text.
        using var parsed = root.GetProperty("task_info") is { ValueKind: JsonValueKind.String } text ? PythonJson.Parse(text.GetString()!) : null;
        var info = parsed?.RootElement ?? root.GetProperty("task_info");
        var task = info.GetProperty("task").GetString()!;
        TaskCatalog.TryGet(task, out var definition);
        var idx = root.TryGetProperty("idx", out var given) && given.ValueKind == JsonValueKind.Number ? given.GetInt64() : position;
        var output = root.GetProperty("output").GetString()!;
        var isRisk = Text(info, "task_type") is { } type ? type == "risk_prediction" : definition?.Kind == TaskKind.Risk;
        return new BenchmarkSample
        {
            Idx = idx,
            Id = Text(root, "id") ?? string.Create(CultureInfo.InvariantCulture, $"{task}-{idx}"),
            SubjectId = Whole(root, "subject_id") ?? Whole(info, "subject_id"),
            HadmId = Whole(root, "hadm_id") ?? Whole(info, "hadm_id"),
            PredictionTime = Text(root, "prediction_time") is { } time ? DateTime.Parse(time, CultureInfo.InvariantCulture) : null,
            Task = task,
            Event = Text(info, "event") ?? definition?.AnchorEvent,
            Kind = isRisk ? TaskKind.Risk : TaskKind.Decision,
            Metric = Text(info, "metric") ?? definition?.Metric,
            Instruction = root.GetProperty("instruction").GetString()!,
            Input = root.GetProperty("input").GetString()!,
            Output = output,
            Labels = Texts(info, "label") ?? (isRisk || definition?.IsFreeText == true ? [output] : output.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            Candidates = Texts(root, "candidates") ?? [],
            Split = Text(info, "split"),
            Echo = info.TryGetProperty("echo", out var echo) && echo.ValueKind == JsonValueKind.True,
        };
    }

    private static string? Text(JsonElement from, string name)
        => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IReadOnlyList<string>? Texts(JsonElement from, string name)
    {
        if (!from.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString()! : v.GetRawText())],
            JsonValueKind.String => [value.GetString()!],
            _ => null,
        };
    }

    // The release keeps ids as text or as numbers with a point.
    private static long? Whole(JsonElement from, string name)
    {
        if (!from.TryGetProperty(name, out var value))
            return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsInteger(number) ? (long)number : null;
    }
}
