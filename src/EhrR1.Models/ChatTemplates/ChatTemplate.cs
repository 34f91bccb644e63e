using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>How a model of the Qwen families writes a conversation: ChatML, with a system message of its own where it has one, and a thinking switch.</summary>
/// <remarks>
/// Model folders carry a Jinja program; those of ChatML differ in four things only, which are read from the program's text: whether earlier
/// thoughts are left out and later ones are put into a think block (Qwen3), which system message stands in where none is given (Qwen2, Qwen2.5), whether
/// <c>enable_thinking</c> is heard, and whether the model's turn is opened with a thought (QwQ, Qwen3-Thinking). Tools are not rendered. Any other program is refused. Immutable; safe for use by any number of threads.
/// </remarks>
public sealed partial class ChatTemplate
{
    /// <summary>What an answer at once begins with: the thought of a model that does not think, as Qwen3 has it.</summary>
    public const string EmptyThought = "<think>\n\n</think>\n\n";

    /// <summary>What is left of it to write where the prompt has opened the thought.</summary>
    public const string EmptyThoughtEnd = "\n</think>\n\n";

    private const string OpenThought = "<think>";
    private const string CloseThought = "</think>";

    private readonly bool _writesThoughts;
    private readonly string? _systemOtherwise;

    private ChatTemplate(string source, bool hasThinkingSwitch, bool opensThought, bool writesThoughts, string? systemOtherwise)
    {
        Source = source;
        OpensThought = opensThought;
        HasThinkingSwitch = hasThinkingSwitch;
        _writesThoughts = writesThoughts;
        _systemOtherwise = systemOtherwise;
    }

    /// <summary>The template of models trained from nothing here: ChatML with a thinking switch, messages as they are.</summary>
    public static ChatTemplate Plain { get; } = Parse(ReadPlain(), "plain.jinja");

    /// <summary>The Jinja program, as a model folder holds it.</summary>
    public string Source { get; }

    /// <summary>Whether <c>enable_thinking</c> changes what is written.</summary>
    public bool HasThinkingSwitch { get; }

    /// <summary>Whether the model's turn begins with <c>&lt;think&gt;</c> and a line's end, so that what it writes does not.</summary>
    public bool OpensThought { get; }

    /// <summary>Reads the template of a model's folder: <c>chat_template.jinja</c>, or the one in <c>tokenizer_config.json</c>.</summary>
    /// <returns><see langword="null"/> where the folder has neither: a model that was never taught to converse.</returns>
    /// <exception cref="EhrR1Exception">A file cannot be read, or the template is none of ChatML.</exception>
    public static ChatTemplate? Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var own = Path.Combine(folder, "chat_template.jinja");
        var config = Path.Combine(folder, "tokenizer_config.json");
        var read = File.Exists(own) ? own : config;
        try
        {
            if (File.Exists(own))
                return Parse(File.ReadAllText(own), own);
            if (!File.Exists(config))
                return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(config));
            return json.RootElement.TryGetProperty("chat_template", out var template) && template.ValueKind == JsonValueKind.String ? Parse(template.GetString()!, config) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new EhrR1Exception($"The chat template cannot be read: {e.Message}", read, "Give the model's folder as Hugging Face has it", e);
        }
    }

    /// <summary>Reads a Jinja program of ChatML.</summary>
    /// <param name="source">The program.</param>
    /// <param name="where">The file it is from, for the error.</param>
    /// <exception cref="EhrR1Exception">It is another kind of template.</exception>
    public static ChatTemplate Parse(string source, string where)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.Contains("<|im_start|>", StringComparison.Ordinal) || !source.Contains("<|im_end|>", StringComparison.Ordinal))
            throw new EhrR1Exception("The chat template is not ChatML, which the Qwen families write; no other is supported", where, "Use a model of Qwen2, Qwen2.5 or Qwen3, or give whole prompts without a template");
        return new ChatTemplate(
            source,
            hasThinkingSwitch: source.Contains("enable_thinking", StringComparison.Ordinal),
            opensThought: OpenedThought().IsMatch(source),
            writesThoughts: source.Contains("reasoning_content", StringComparison.Ordinal),
            systemOtherwise: SystemOtherwise().Match(source) is { Success: true } system ? system.Groups["text"].Value : null);
    }

    /// <summary>The text of a conversation.</summary>
    /// <param name="messages">The messages in order; at least one.</param>
    /// <param name="turn">What stands at the end.</param>
    /// <param name="enableThinking">The thinking switch; <see langword="null"/> leaves it as the template has it.</param>
    public string Render(IReadOnlyList<PromptMessage> messages, ChatTurn turn = ChatTurn.Opened, bool? enableThinking = null)
    {
        var text = new StringBuilder();
        foreach (var piece in Pieces(messages, turn, enableThinking))
            text.Append(piece.Text);
        return text.ToString();
    }

    /// <summary>The tokens of a conversation; special tokens come from the template alone, never from what messages say.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="messages">The messages in order; at least one.</param>
    /// <param name="turn">What stands at the end.</param>
    /// <param name="enableThinking">The thinking switch; <see langword="null"/> leaves it as the template has it.</param>
    /// <exception cref="EhrR1Exception">The tokenizer lacks the template's tokens.</exception>
    public int[] Encode(ByteLevelTokenizer tokenizer, IReadOnlyList<PromptMessage> messages, ChatTurn turn = ChatTurn.Opened, bool? enableThinking = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        var writer = new ChatTokenWriter(tokenizer);
        foreach (var piece in Pieces(messages, turn, enableThinking))
            writer.Add(piece);
        return writer.ToArray();
    }

    /// <summary>The tokens of a conversation that a model learns from, and where its own part begins.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="messages">The messages in order; the last is the model's.</param>
    /// <param name="emptyThoughtIsPrompt">Whether an empty thought, which the template writes where thinking is off, is not the model's own part.</param>
    /// <returns>The tokens up to the one that ends the last turn, and the place of the first that the model has to write.</returns>
    /// <exception cref="EhrR1Exception">The tokenizer lacks the template's tokens.</exception>
    public (int[] Tokens, int CompletionStart) EncodeForTraining(ByteLevelTokenizer tokenizer, IReadOnlyList<PromptMessage> messages, bool emptyThoughtIsPrompt = false)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (messages is not [.., { Role: PromptRole.Assistant }])
            throw new ArgumentException("The last message must be the model's.", nameof(messages));
        var writer = new ChatTokenWriter(tokenizer);
        var start = -1;
        foreach (var piece in Pieces(messages, ChatTurn.Ended, enableThinking: null))
        {
            if (piece.BeginsCompletion)
                start = writer.Flush();
            writer.Add(piece);
        }

        var tokens = writer.ToArray();
        if (!emptyThoughtIsPrompt)
            return (tokens, start);
        var empty = tokenizer.EncodeTemplate(EmptyThought);
        return (tokens, tokens.AsSpan(start).StartsWith(empty) ? start + empty.Length : start);
    }

    /// <summary>The token that ends a turn, with which a model that learned from such conversations ends its answers.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <returns><see langword="null"/> where the tokenizer has no such token.</returns>
    public int? EndOfTurn(ByteLevelTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer.IdOf("<|im_end|>");
    }

    private IEnumerable<ChatPiece> Pieces(IReadOnlyList<PromptMessage> messages, ChatTurn turn, bool? enableThinking)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
            throw new ArgumentException("A conversation has a message at least.", nameof(messages));
        if (turn != ChatTurn.Opened && messages[^1].Role != PromptRole.Assistant)
            throw new ArgumentException("Only the model's own message can be gone on with or ended.", nameof(turn));
        if (_systemOtherwise is not null && messages[0].Role != PromptRole.System)
            yield return ChatPiece.OfTemplate($"<|im_start|>system\n{_systemOtherwise}<|im_end|>\n");
        var lastQuestion = LastQuestion(messages);
        for (var i = 0; i < messages.Count; i++)
        {
            var isLast = i == messages.Count - 1;
            yield return ChatPiece.OfTemplate($"<|im_start|>{Name(messages[i].Role)}\n");
            if (messages[i].Role == PromptRole.Assistant)
            {
                foreach (var piece in OfModel(messages[i].Text, isLast, i > lastQuestion, isLast && turn == ChatTurn.GoneOn))
                    yield return piece;
            }
            else
            {
                yield return ChatPiece.OfMessage(messages[i].Text);
            }

            if (!isLast || turn == ChatTurn.Opened)
                yield return ChatPiece.OfTemplate("<|im_end|>\n");
            else if (turn == ChatTurn.Ended)
                yield return ChatPiece.OfTemplate("<|im_end|>");
        }

        if (turn != ChatTurn.Opened)
            yield break;
        yield return ChatPiece.OfTemplate("<|im_start|>assistant\n");
        if (OpensThought)
            yield return ChatPiece.OfTemplate($"{OpenThought}\n");
        else if (HasThinkingSwitch && enableThinking == false)
            yield return ChatPiece.OfTemplate(EmptyThought);
    }

    // What the model said: its think tags are tokens, whatever else stands there is text.
    private IEnumerable<ChatPiece> OfModel(string text, bool isLast, bool isAfterQuestion, bool isGoneOn)
    {
        var begins = isLast;
        var close = text.LastIndexOf(CloseThought, StringComparison.Ordinal);
        if (_writesThoughts && !isGoneOn)
        {
            var answer = close < 0 ? text : text[(close + CloseThought.Length)..].TrimStart('\n');
            var thought = close < 0 ? "" : Thought(text);
            if (isAfterQuestion && (isLast || thought.Length > 0))
            {
                yield return ChatPiece.OfTemplate($"{OpenThought}\n") with { BeginsCompletion = begins };
                yield return ChatPiece.OfMessage(thought.Trim('\n'));
                yield return ChatPiece.OfTemplate($"\n{CloseThought}\n\n");
                yield return ChatPiece.OfMessage(answer.TrimStart('\n'));
            }
            else
            {
                yield return ChatPiece.OfMessage(answer) with { BeginsCompletion = begins };
            }

            yield break;
        }

        // Written as it is; a think block at its beginning is made of the two tokens.
        var rest = text;
        if (rest.StartsWith(OpenThought, StringComparison.Ordinal))
        {
            yield return ChatPiece.OfTemplate(OpenThought) with { BeginsCompletion = begins };
            begins = false;
            rest = rest[OpenThought.Length..];
            close = rest.IndexOf(CloseThought, StringComparison.Ordinal);
            if (close >= 0)
            {
                yield return ChatPiece.OfMessage(rest[..close]);
                yield return ChatPiece.OfTemplate(CloseThought);
                rest = rest[(close + CloseThought.Length)..];
            }
        }

        yield return ChatPiece.OfMessage(rest) with { BeginsCompletion = begins };
    }

    // As Qwen3's template cuts it: before the first closing tag, after the last opening one.
    private static string Thought(string text)
    {
        var before = text[..text.IndexOf(CloseThought, StringComparison.Ordinal)].TrimEnd('\n');
        var open = before.LastIndexOf(OpenThought, StringComparison.Ordinal);
        return (open < 0 ? before : before[(open + OpenThought.Length)..]).TrimStart('\n');
    }

    private static int LastQuestion(IReadOnlyList<PromptMessage> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i] is { Role: PromptRole.User, Text: var text } && !(text.StartsWith("<tool_response>", StringComparison.Ordinal) && text.EndsWith("</tool_response>", StringComparison.Ordinal)))
                return i;
        }

        return messages.Count - 1;
    }

    private static string ReadPlain()
    {
        using var reader = new StreamReader(typeof(ChatTemplate).Assembly.GetManifestResourceStream("plain.jinja")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Name(PromptRole role) => role switch { PromptRole.System => "system", PromptRole.User => "user", _ => "assistant" };

    // The message that stands in for a missing one is a literal right behind the turn's beginning.
    [GeneratedRegex(@"<\|im_start\|>system\\n(?<text>[^'""\\<{}]+)<\|im_end\|>\\n")]
    private static partial Regex SystemOtherwise();

    // Qwen3's switch closes the thought in the same literal, and its earlier turns have the role as a variable.
    [GeneratedRegex(@"<\|im_start\|>assistant\\n<think>\\n(?!\\n</think>)")]
    private static partial Regex OpenedThought();
}
