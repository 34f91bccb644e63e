using System.Text.Json.Nodes;
using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>A model that is ready to be asked, and what its run must know of it.</summary>
public sealed class OpenedModel : IDisposable
{
    private readonly IDisposable? _owned;

    /// <summary>Takes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Writes its prompts; <see langword="null"/> for the samples' own text.</param>
    /// <param name="owned">What is closed with it; <see langword="null"/> for nothing.</param>
    public OpenedModel(ILanguageModel model, ISamplePrompts? prompts = null, IDisposable? owned = null)
    {
        Model = model;
        Prompts = prompts ?? new PlainPrompts();
        _owned = owned;
    }

    /// <summary>The model.</summary>
    public ILanguageModel Model { get; }

    /// <summary>Writes its prompts.</summary>
    public ISamplePrompts Prompts { get; }

    /// <summary>The ledger that its calls are entered into. The default value is <see langword="null"/>: they cost nothing.</summary>
    public Ledger? Ledger { get; init; }

    /// <summary>Samples asked at once where the user does not say. The default value is one a core.</summary>
    public int Concurrency { get; init; } = Environment.ProcessorCount;

    /// <summary>Examples that each prompt is to have, as far as there is room. The default value is 0.</summary>
    public int Shots { get; init; }

    /// <summary>What was found out about the model, without secrets; it may change while the model is asked. The default value finds nothing.</summary>
    public Func<JsonObject?> Found { get; init; } = () => null;

    /// <summary>Closes it.</summary>
    public void Dispose() => _owned?.Dispose();
}
