using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>Lets a teacher write by batch files instead of calls: requests go out in one file, answers come back in another.</summary>
/// <remarks>
/// Requests are named by the hash that the log of <see cref="SynthesisRun"/> keeps answers by, so answers go into the same log and give the same data set as if they
/// had been asked live, and a run may change between the two. Samples are gone through one by one; memory holds a number for each request.
/// </remarks>
public static class BatchSynthesis
{
    /// <summary>Writes down all that the log has no answer to.</summary>
    /// <param name="samples">Reads the samples in their order.</param>
    /// <param name="model">The model's name, as the service knows it.</param>
    /// <param name="teach">Makes the teacher of the model that is to be asked.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="options">The settings.</param>
    /// <param name="requests">The batch; ending it is the caller's part.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many samples are answered already.</returns>
    /// <exception cref="EhrR1Exception">The log is damaged or held by another process, or the disk is full.</exception>
    public static async Task<long> AskLaterAsync(
        Func<IEnumerable<TaughtSample>> samples, string model, Func<ILanguageModel, IChainTeacher> teach, string folder, SynthesisOptions options, BatchRequestFile requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(teach);
        ArgumentNullException.ThrowIfNull(options);
        Workspace.CreateFolder(folder);
        using var logged = LoggedModel.Open(new BatchModel(model, null, requests), Path.Combine(folder, SynthesisRun.LogFile));
        var teacher = teach(new PartedModel(logged));
        long answered = 0;
        foreach (var taught in samples())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (chains, _) = await SynthesisRun.TakeAsync(teacher, taught, options.Chains, cancellationToken).ConfigureAwait(false);
            answered += chains is { Count: > 0 } ? 1 : 0;
        }

        return answered;
    }

    /// <summary>Reads answers into the log, and writes the chains.</summary>
    /// <param name="samples">Reads the samples in their order.</param>
    /// <param name="model">The model's name, as the service knows it.</param>
    /// <param name="teach">Makes the teacher of the model that was asked.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="options">The settings.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="rest">Where to write down what is still missing; <see langword="null"/> for nowhere.</param>
    /// <param name="cancellationToken">Stops it; answers that were taken are kept.</param>
    /// <returns>What was written; what is missing stands there. <see cref="BatchAnswers.Report"/> says what the answers held.</returns>
    /// <exception cref="EhrR1Exception">The log is damaged or held by another process, or the disk is full.</exception>
    public static async Task<SynthesisReport> AnswerAsync(
        Func<IEnumerable<TaughtSample>> samples, string model, Func<ILanguageModel, IChainTeacher> teach, string folder, SynthesisOptions options, BatchAnswers answers, BatchRequestFile? rest = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(teach);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(answers);
        Workspace.CreateFolder(folder);
        using var logged = LoggedModel.Open(new BatchModel(model, answers, rest), Path.Combine(folder, SynthesisRun.LogFile));
        return await SynthesisRun.WriteAsync(samples(), teach(new PartedModel(logged, answers.Expect)), folder, options, _ => false, cancellationToken).ConfigureAwait(false);
    }
}
