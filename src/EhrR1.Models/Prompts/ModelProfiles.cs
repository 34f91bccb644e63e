using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>The known kinds of models, found by the name that an endpoint gives a model.</summary>
/// <remarks>
/// Sources: the model cards and chat templates of Qwen3, Qwen2.5, gpt-oss, Llama 3 and DeepSeek-R1; for EHR-R1 its card and test script, which
/// send one system message to every model they compare, and say that the 72B model, made from Qwen2.5, thinks unless it finds an empty block.
/// Safe for use by any number of threads.
/// </remarks>
public static class ModelProfiles
{
    // The system message of the paper's test script, for the compared models too.
    private const string Assistant = "You are a helpful assistant.";

    private static readonly ModelProfile _qwen3 = new()
    {
        Name = "qwen3", Thinking = ThinkingHabit.AsTold, Switch = ThinkingSwitch.TemplateArgument, SystemText = Assistant, Tokenizer = TokenizerFamily.Qwen2,
    };

    private static readonly ModelProfile _qwen25 = new() { Name = "qwen2.5", Thinking = ThinkingHabit.Never, SystemText = Assistant, Tokenizer = TokenizerFamily.Qwen2 };

    // The first whose words all stand in the name is the one: special kinds come before the general.
    private static readonly (string[] Words, ModelProfile Profile)[] _table =
    [
        (["ehr-r1", "72b"], _qwen25 with { Name = "ehr-r1-72b", IsTrainedOnEhrBench = true, Thinking = ThinkingHabit.AsTold, Switch = ThinkingSwitch.EmptyBlock, EmptyBlock = "<think>\n\n</think>\n" }),
        (["ehr-r1", "1.7b"], _qwen3 with { Name = "ehr-r1-1.7b", IsTrainedOnEhrBench = true }),
        (["ehr-r1"], _qwen3 with { Name = "ehr-r1-8b", IsTrainedOnEhrBench = true }),
        (["deepseek-r1"], new() { Name = "deepseek-r1", Thinking = ThinkingHabit.Always, Switch = ThinkingSwitch.EmptyBlock }),
        (["qwen3", "-thinking"], _qwen3 with { Name = "qwen3-thinking", Thinking = ThinkingHabit.Always, Switch = ThinkingSwitch.EmptyBlock }),
        (["qwen3", "-instruct"], _qwen3 with { Name = "qwen3-instruct", Thinking = ThinkingHabit.Never, Switch = ThinkingSwitch.None }),
        (["qwen3", "coder"], _qwen3 with { Name = "qwen3-instruct", Thinking = ThinkingHabit.Never, Switch = ThinkingSwitch.None }),
        // Later members keep the template's argument, but have a vocabulary of their own.
        (["qwen3."], _qwen3 with { Name = "qwen3.5", Tokenizer = TokenizerFamily.Unknown }),
        (["qwen3"], _qwen3),
        (["qwen2.5"], _qwen25),
        (["qwen2"], _qwen25),
        (["gpt-oss"], new()
        {
            Name = "gpt-oss", Thinking = ThinkingHabit.Always, Switch = ThinkingSwitch.ReasoningEffort, SystemText = Assistant, Tokenizer = TokenizerFamily.O200k,
            // The harmony format writes date, cut-off, effort and channels of its own accord.
            TemplateTokens = 128,
        }),
        (["llama-3"], Llama()),
        (["llama3"], Llama()),
    ];

    /// <summary>The profile of models that are not known: candidates and a line for the bare answer, thinking left to the model, and room for it.</summary>
    public static ModelProfile Generic { get; } = new() { Name = "generic" };

    /// <summary>The known profiles, the special before the general, and <see cref="Generic"/>.</summary>
    public static IReadOnlyList<ModelProfile> All { get; } = [.. _table.Select(e => e.Profile).DistinctBy(p => p.Name), Generic];

    /// <summary>The profile of a model by its name; <see cref="Generic"/> if none fits.</summary>
    /// <param name="model">The model's name at its endpoint, with or without owner, path, size, quantization (<c>Qwen/Qwen3-8B</c>, <c>qwen3-8b-q4_k_m.gguf</c>, <c>gpt-oss:20b</c>); case does not matter.</param>
    public static ModelProfile Of(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        // The last part of a path alone: a folder's name says nothing about the model in it, unless nothing else is there.
        var parts = model.ToLowerInvariant().Replace('_', '-').Replace(' ', '-').Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Reverse().Select(Find).FirstOrDefault(p => p is not null) ?? Generic;
    }

    /// <summary>The profile of a given name.</summary>
    /// <exception cref="EhrR1Exception">There is none.</exception>
    public static ModelProfile Get(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new EhrR1Exception($"There is no model profile '{name}'", null, $"Choose one of {string.Join(", ", All.Select(p => p.Name))}");

    private static ModelProfile? Find(string part) => _table.FirstOrDefault(e => e.Words.All(w => part.Contains(w, StringComparison.Ordinal))).Profile;

    private static ModelProfile Llama() => new() { Name = "llama-3", Thinking = ThinkingHabit.Never, SystemText = Assistant, Tokenizer = TokenizerFamily.Llama3 };
}
