namespace EhrR1.Models;

/// <summary>How a model is told to think before it answers, or not to.</summary>
public enum ThinkingSwitch
{
    /// <summary>It cannot be told.</summary>
    None,

    /// <summary><c>enable_thinking</c>, an argument of the chat template.</summary>
    TemplateArgument,

    /// <summary><c>/think</c> or <c>/no_think</c> at the end of the question; for endpoints that pass no template arguments on.</summary>
    SoftSwitch,

    /// <summary>An empty think block as the beginning of the model's own answer; nothing, to let it think.</summary>
    EmptyBlock,

    /// <summary><c>reasoning_effort</c>: low instead of off, which does not exist.</summary>
    ReasoningEffort,
}
