using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>A chain of <see cref="ChainCheckRun.CheckedFile"/> that is kept: the best of its sample, and one that passes filter and grounding check.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Text">Its text as a case holds it.</param>
/// <param name="Parsed">The chain as it was read.</param>
internal sealed record KeptChain(ReasoningChain Chain, string Text, ParsedChain Parsed)
{
    /// <summary>Reads a line.</summary>
    public static KeptChain Read(string line, string file)
    {
        var chain = ReasoningChainJson.Parse(line, file, 0);
        var parsed = ChainParser.Parse(chain);
        return new KeptChain(chain, ChainText.Of(parsed), parsed);
    }

    /// <summary>The sample of a line whose chain is kept, else <see langword="null"/>.</summary>
    /// <exception cref="EhrR1Exception">The line is no checked chain.</exception>
    public static string? SampleOf(ReadOnlySpan<byte> line, string file)
    {
        string? sample = null;
        bool passes = false, isBest = false;
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
                else
                    json.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new EhrR1Exception("A line is no checked chain", file, "Run the command again, which checks the chains again", e);
        }

        return passes && isBest ? sample : null;
    }
}
