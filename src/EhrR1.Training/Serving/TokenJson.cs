using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EhrR1.Training;

/// <summary>Writes tokens with their log-probabilities: in the form of chat completions, in that of completions, and in vLLM's for prompts.</summary>
internal sealed class TokenJson(ServedTokenizer tokenizer, bool namesById)
{
    // What servers write for a token that cannot come.
    private const double Impossible = -9999;

    /// <summary>Writes the tokens of a chat completion.</summary>
    public void WriteChat(Utf8JsonWriter json, IEnumerable<(TokenChance Chance, IReadOnlyList<TokenChance> Alternatives)> tokens)
    {
        json.WriteStartObject("logprobs");
        json.WriteStartArray("content");
        foreach (var (chance, alternatives) in tokens)
        {
            json.WriteStartObject();
            WriteFields(json, chance);
            json.WriteStartArray("top_logprobs");
            foreach (var alternative in alternatives)
            {
                json.WriteStartObject();
                WriteFields(json, alternative);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the tokens of a completion; one that nothing came before has no probability.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="offset">How many characters came before.</param>
    /// <returns>How many characters there are by now.</returns>
    public int WriteText(Utf8JsonWriter json, IReadOnlyList<(TokenChance Chance, IReadOnlyList<TokenChance> Alternatives)> tokens, int offset)
    {
        json.WriteStartObject("logprobs");
        json.WriteStartArray("tokens");
        foreach (var (chance, _) in tokens)
            json.WriteStringValue(tokenizer.NameOf(chance.Token, namesById));
        json.WriteEndArray();
        json.WriteStartArray("token_logprobs");
        foreach (var (chance, _) in tokens)
            WriteNumber(json, chance.LogProbability);
        json.WriteEndArray();
        json.WriteStartArray("top_logprobs");
        foreach (var (chance, alternatives) in tokens)
            WriteBest(json, chance, alternatives);
        json.WriteEndArray();
        json.WriteStartArray("text_offset");
        foreach (var (chance, _) in tokens)
        {
            json.WriteNumberValue(offset);
            offset += tokenizer.Decode([chance.Token]).Length;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return offset;
    }

    /// <summary>Writes a prompt's places: for each token but the first itself and the most probable ones, with their ranks.</summary>
    public void WritePrompt(Utf8JsonWriter json, IReadOnlyList<PromptPlace> places, int alternatives)
    {
        json.WriteStartArray("prompt_logprobs");
        json.WriteNullValue();
        foreach (var place in places)
        {
            json.WriteStartObject();
            WritePlace(json, place.Chance, place.Rank);
            for (var i = 0; i < Math.Min(alternatives, place.Alternatives.Count); i++)
            {
                if (place.Alternatives[i].Token != place.Chance.Token)
                    WritePlace(json, place.Alternatives[i], i + 1);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WritePlace(Utf8JsonWriter json, TokenChance chance, int rank)
    {
        json.WriteStartObject(chance.Token.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("logprob", Math.Max(chance.LogProbability, Impossible));
        json.WriteNumber("rank", rank);
        json.WriteString("decoded_token", tokenizer.Decode([chance.Token]));
        json.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter json, TokenChance chance)
    {
        json.WriteString("token", tokenizer.NameOf(chance.Token, namesById));
        json.WriteNumber("logprob", Math.Max(chance.LogProbability, Impossible));
        json.WriteStartArray("bytes");
        foreach (var value in namesById ? Encoding.UTF8.GetBytes(tokenizer.NameOf(chance.Token, byId: true)) : tokenizer.Bytes([chance.Token]))
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    // By their texts: of several tokens of one text the most probable stands there.
    private void WriteBest(Utf8JsonWriter json, TokenChance chance, IReadOnlyList<TokenChance> alternatives)
    {
        if (double.IsNaN(chance.LogProbability))
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in alternatives.Append(chance))
        {
            var name = tokenizer.NameOf(one.Token, namesById);
            if (written.Add(name))
                json.WriteNumber(name, Math.Max(one.LogProbability, Impossible));
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsNaN(value))
            json.WriteNullValue();
        else
            json.WriteNumberValue(Math.Max(value, Impossible));
    }
}
