using System.Text;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>The model that is served, as far as texts go: conversations and texts to tokens, and tokens to texts.</summary>
internal sealed class ServedTokenizer(GenerationWorker worker, ChatTemplate? template)
{
    public int Vocabulary => worker.Config.VocabularySize;

    /// <summary>The tokens of a whole prompt, in which the names of special tokens are these tokens, as vLLM has it.</summary>
    public int[] Encode(string prompt) => worker.Tokenizer.EncodeTemplate(prompt);

    /// <summary>The tokens of a call's messages by the model's chat template.</summary>
    /// <exception cref="ServingFault">There is no template, or a message is none of a conversation's.</exception>
    public int[] EncodeMessages(CallFields call)
    {
        if (template is null)
            throw new ServingFault(400, "The model has no chat template. Use /v1/completions.");
        call.RefuseUnsupported("chat_template");
        var goesOn = call.Flag("continue_final_message") ?? false;
        var opens = call.Flag("add_generation_prompt") ?? !goesOn;
        if (goesOn && opens)
            throw new ServingFault(400, "Cannot set both `continue_final_message` and `add_generation_prompt` to True.", "continue_final_message");
        var messages = ChatMessages.Read(call);
        if (!opens && messages[^1].Role != PromptRole.Assistant)
            throw new ServingFault(400, "Without a generation prompt the last message must be the assistant's.", "messages");
        return template.Encode(worker.Tokenizer, messages, opens ? ChatTurn.Opened : goesOn ? ChatTurn.GoneOn : ChatTurn.Ended, call.Inner("chat_template_kwargs")?.Flag("enable_thinking"));
    }

    /// <summary>The text of tokens, special ones included.</summary>
    public string Decode(ReadOnlySpan<int> tokens) => Encoding.UTF8.GetString(Bytes(tokens));

    public byte[] Bytes(ReadOnlySpan<int> tokens) => worker.Tokenizer.DecodeBytes(tokens);

    /// <summary>How a token is named in a reply.</summary>
    public string NameOf(int token, bool byId) => byId ? FormattableString.Invariant($"token_id:{token}") : Decode([token]);
}
