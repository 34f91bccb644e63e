namespace EhrR1.Models;

/// <summary>A sample without its answer: all that a model is allowed to know of it.</summary>
/// <param name="Id">The sample's stable id.</param>
/// <param name="Task">The task's name (<c>labevents</c>, <c>ICU_Mortality_1day</c>).</param>
/// <param name="Text">The whole input with its instruction, as a language model reads it.</param>
public sealed record TaskQuestion(string Id, string Task, string Text);
