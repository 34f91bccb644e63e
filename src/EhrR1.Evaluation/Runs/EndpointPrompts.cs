using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>The prompts of a model behind an endpoint, within a context that is known, stated or learnt.</summary>
/// <param name="profile">The model's profile.</param>
/// <param name="counter">Counts its tokens.</param>
/// <param name="options">What the user set; <see cref="PromptOptions.Context"/> is what the user asked for, if anything.</param>
/// <param name="context">The context to begin with, in tokens.</param>
/// <param name="shots">Examples by task.</param>
internal sealed class EndpointPrompts(
    ModelProfile profile, ITokenCounter counter, PromptOptions options, int context, IReadOnlyDictionary<string, IReadOnlyList<BenchmarkSample>> shots) : ISamplePrompts
{
    // Where tokens are estimated a prompt may be longer than thought; six times a tenth less is about half.
    private const int MostRefusals = 6;
    private const double Shorter = 0.9;

    private volatile int _context = context;

    /// <summary>The context that prompts are cut to by now, in tokens.</summary>
    public int Context => _context;

    public ITokenCounter Counter => counter;

    public Task<WrittenPrompt> WriteAsync(BenchmarkSample sample, int refused, CancellationToken cancellationToken)
    {
        var room = (int)(_context * Math.Pow(Shorter, refused));
        return new PromptWriter(profile, counter, options with { Context = room }).WriteAsync(sample, shots.GetValueOrDefault(sample.Task), cancellationToken);
    }

    public bool Learn(int? limit)
    {
        if (limit is not { } known || known >= _context)
            return true;
        if (options.Context is { } asked)
            throw new EhrR1Exception($"The model's context is {known} tokens, less than the {asked} that were asked for", profile.Name, $"Give --context {known} or less, or leave it out");
        _context = known;
        return true;
    }

    /// <summary>Whether a prompt that was refused this often may be tried once more.</summary>
    public static bool MayTry(int refused) => refused < MostRefusals;
}
