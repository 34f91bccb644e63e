namespace EhrR1.Models;

/// <summary>What was learnt about a server from what it refused: servers differ in the fields that they take.</summary>
/// <remarks>Safe for use by any number of threads; what is learnt once is not asked again.</remarks>
internal sealed class ServerHabits(bool isHosted, bool prefersMaxCompletionTokens)
{
    public const string MaxTokens = "max_tokens";
    public const string MaxCompletionTokens = "max_completion_tokens";

    // Without these a request asks for something else.
    private static readonly string[] _needed = ["model", "messages", "logprobs", "top_logprobs", "logprob_token_ids", "stream"];
    private readonly Lock _learning = new();
    private volatile HashSet<string> _leftOut = new(StringComparer.Ordinal);
    private volatile string _limitField = prefersMaxCompletionTokens ? MaxCompletionTokens : MaxTokens;
    private volatile bool _givesOneChoice;
    private bool _limitSwitched;

    /// <summary>Whether it is somebody's service: those refuse fields that are not OpenAI's, while servers of one's own put defaults of the model in their place.</summary>
    public bool IsHosted => isHosted;

    /// <summary>The field that limits new tokens. The older one first: a server that knows only it passes over the newer in silence.</summary>
    public string LimitField => _limitField;

    /// <summary>Whether it gave one completion where several were asked for.</summary>
    public bool GivesOneChoice
    {
        get => _givesOneChoice;
        set => _givesOneChoice = value;
    }

    /// <summary>The fields that it does not take, in alphabetical order.</summary>
    public IReadOnlyList<string> LeftOut => [.. _leftOut.Order(StringComparer.Ordinal)];

    public bool Takes(string field) => !_leftOut.Contains(field);

    /// <summary>Learns from a refusal.</summary>
    /// <returns>Whether there is something new, so that asking again makes sense.</returns>
    public bool LearnFrom(EndpointError? error, IReadOnlyCollection<string> sent)
    {
        if (error is null)
            return false;
        lock (_learning)
        {
            if (sent.Contains(LimitField) && error.IsAbout(LimitField))
            {
                if (_limitSwitched)
                    return false;
                _limitSwitched = true;
                _limitField = LimitField == MaxTokens ? MaxCompletionTokens : MaxTokens;
                return true;
            }

            foreach (var field in sent.Except(_needed, StringComparer.Ordinal).Where(f => f != LimitField && error.IsAbout(f)))
            {
                // Another thread may have learnt it meanwhile; asking again is right then too.
                _leftOut = new HashSet<string>(_leftOut, StringComparer.Ordinal) { field };
                if (field == "continue_final_message")
                    _leftOut.Add("add_generation_prompt");
                return true;
            }
        }

        return false;
    }
}
