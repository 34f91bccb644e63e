using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>What a line of <see cref="ChainCheckRun.CheckedFile"/> says of a chain that passes, read without the chain.</summary>
/// <param name="SampleId">The sample.</param>
/// <param name="IsBest">Whether it is the best chain of its sample.</param>
/// <param name="Score">Its score.</param>
internal readonly record struct PassingLine(string SampleId, bool IsBest, double Score)
{
    /// <summary>Reads a line; <see langword="null"/> where its chain does not pass.</summary>
    /// <exception cref="EhrR1Exception">The line is no checked chain.</exception>
    public static PassingLine? Find(ReadOnlySpan<byte> line, string file)
    {
        string? sample = null;
        bool passes = false, isBest = false;
        double score = 0;
        try
        {
            var json = new Utf8JsonReader(line);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("sample_id"))
                    sample = json.Read() ? json.GetString() : null;
                else if (json.ValueTextEquals("passes"))
                    passes = json.Read() && json.GetBoolean();
                else if (json.ValueTextEquals("best"))
                    isBest = json.Read() && json.GetBoolean();
                else if (json.ValueTextEquals("score"))
                    score = json.Read() ? json.GetDouble() : 0;
                else
                    json.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new EhrR1Exception("A line is no checked chain", file, "Run the command again, which checks the chains again", e);
        }

        return passes && sample is not null ? new PassingLine(sample, isBest, score) : null;
    }
}
