using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Writes EHR-Bench as JSON Lines, both files whole or not at all.</summary>
public static class BenchmarkWriter
{
    /// <summary>Writes samples in the order given, which should keep a patient's samples together so that models can reuse what they share.</summary>
    /// <param name="folder">The folder; made if it is missing.</param>
    /// <param name="samples">The samples, read once.</param>
    /// <param name="cancellationToken">Stops between two samples; nothing is left behind then.</param>
    /// <returns>How many samples each file holds.</returns>
    /// <exception cref="EhrR1Exception">The disk is full or the folder cannot be written.</exception>
    public static BenchmarkSize Write(string folder, IEnumerable<Sample> samples, CancellationToken cancellationToken = default)
    {
        var (decisions, risks) = (0L, 0L);
        AtomicFile.Write(Path.Combine(folder, BenchmarkFiles.Decisions), decisionStream => AtomicFile.Write(Path.Combine(folder, BenchmarkFiles.Risks), riskStream =>
        {
            using var decisionJson = new Utf8JsonWriter(decisionStream, SampleJson.Options);
            using var riskJson = new Utf8JsonWriter(riskStream, SampleJson.Options);
            foreach (var sample in samples)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (sample.Task.Kind == TaskKind.Risk)
                    WriteLine(riskJson, riskStream, sample, risks++);
                else
                    WriteLine(decisionJson, decisionStream, sample, decisions++);
            }
        }));
        return new BenchmarkSize(decisions, risks);
    }

    private static void WriteLine(Utf8JsonWriter json, Stream stream, Sample sample, long idx)
    {
        SampleJson.WriteLine(json, sample, idx);
        json.Flush();
        json.Reset();
        stream.WriteByte((byte)'\n');
    }
}
