using System.CommandLine;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>The second way to a teacher: requests out in a batch file, answers back in another.</summary>
internal sealed class InsBatch
{
    private const string Vllm = "vllm";
    private const string OpenAi = "openai";
    private const int FaultsShown = 10;
    private readonly Option<string?> _file = new("--batch-file") { Description = "Reason: ask nobody, and write the requests that have no answer yet into this file, for OpenAI's batch service or 'vllm run-batch'. Large ones are split into numbered parts.", HelpName = "FILE" };
    private readonly Option<string[]> _answers = new("--batch-answers") { Description = "Reason: ask nobody, and read the answers of a batch out of these files: outputs and error files of all parts. Together with --batch-file, what is missing then is written into a new batch.", HelpName = "FILE …", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _for = new("--batch-for") { Description = "Reason: what will work the batch off, since services take different fields. The default is openai where --teacher names OpenAI's address, else vllm.", HelpName = $"{Vllm}|{OpenAi}" };

    public IReadOnlyList<Option> Options
    {
        get
        {
            _for.AcceptOnlyFromAmong(Vllm, OpenAi);
            return [_file, _answers, _for];
        }
    }

    public bool IsWanted(CommandRun run) => run.IsSet(_file) || run.IsSet(_answers);

    /// <summary>Refuses, before anything is done, to write requests for a service that a live run would not be let to.</summary>
    /// <remarks>A file for a service outside is half of the way there.</remarks>
    public async Task RequireAsync(CommandRun run, string teacher)
    {
        if (!run.IsSet(_file))
            return;
        ModelOf(teacher);
        var guard = new EndpointGuard(run.Data);
        var address = EndpointAddress.IsAddress(teacher) ? EndpointAddress.Parse(teacher) : null;
        if (ServiceOf(run, teacher) == BatchService.OpenAi)
            guard.NeedToLeave(address?.Root.Host ?? "OpenAI's batch service");
        else if (address is not null)
            await guard.CheckAsync(address, run.Cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes requests, reads answers, or both.</summary>
    /// <returns>What was written out of the answers; <see langword="null"/> where only requests were.</returns>
    public async Task<SynthesisReport?> RunAsync(CommandRun run, string teacher, Func<IEnumerable<TaughtSample>> samples, Func<ILanguageModel, IChainTeacher> teach, string to, SynthesisOptions options)
    {
        var model = ModelOf(teacher);
        var service = ServiceOf(run, teacher);
        using var requests = run.PathOf(_file) is { } path ? BatchRequestFile.Begin(path, service) : null;
        SynthesisReport? report = null;
        long answered = 0;
        if (run.IsSet(_answers))
        {
            using var answers = BatchAnswers.Open(run.Get(_answers)!.Select(run.Terminal.PathOf), run.Cancellation);
            report = await BatchSynthesis.AnswerAsync(samples, model, teach, to, options, answers, requests, run.Cancellation).ConfigureAwait(false);
            Say(run, answers.Report(), report.Missing);
        }
        else
        {
            answered = await BatchSynthesis.AskLaterAsync(samples, model, teach, to, options, requests!, run.Cancellation).ConfigureAwait(false);
        }

        if (requests is not null)
            SayNext(run, requests.Count, requests.Commit(), answered, model, service);
        return report;
    }

    // An address names the model behind its '#'; without one there is a name alone.
    private static string ModelOf(string teacher)
    {
        var model = EndpointAddress.IsAddress(teacher) ? EndpointAddress.Parse(teacher).Model : teacher.TrimStart('#');
        return model is { Length: > 0 } ? model : throw CommandRun.UserError("A batch needs the model's name", "Give it with '--teacher MODEL', as the service knows it");
    }

    private BatchService ServiceOf(CommandRun run, string teacher)
    {
        if (run.Get(_for) is { } said)
            return said == OpenAi ? BatchService.OpenAi : BatchService.Vllm;
        return EndpointAddress.IsAddress(teacher) && EndpointAddress.Parse(teacher) is { IsOpenAi: true } or { IsAzure: true } ? BatchService.OpenAi : BatchService.Vllm;
    }

    private static void Say(CommandRun run, BatchAnswerReport answers, long missing)
    {
        run.Say($"Of {ConceptText.Number(answers.Lines)} lines {ConceptText.Number(answers.Taken)} answers were taken and {ConceptText.Number(answers.Known)} were known; failed {ConceptText.Number(answers.Failed)}, duplicate {ConceptText.Number(answers.Duplicate)}, of other requests {ConceptText.Number(answers.Foreign)}, damaged {ConceptText.Number(answers.Damaged)}, with too few completions {ConceptText.Number(answers.Short)}. {ConceptText.Number(missing)} samples have no answer.");
        foreach (var fault in answers.Faults.Take(FaultsShown))
            run.Say($"  {fault.File}, line {fault.Line}: {fault.Kind.ToString().ToLowerInvariant()} ({fault.Reason})");
        if (answers.Faults.Count > FaultsShown)
            run.Say("  …");
        if (answers is { Taken: 0, Known: 0, Foreign: > 0 })
            run.Say("None of the answers is to a request of this run. Give the same workspace and settings as when the batch was written: they decide what is asked.");
    }

    private static void SayNext(CommandRun run, int count, IReadOnlyList<string> files, long answered, string model, BatchService service)
    {
        if (count == 0)
        {
            run.Out.WriteLine("Nothing is missing: no batch was written. Run the command without --batch-file to write the chains.");
            return;
        }

        run.Out.WriteLine($"{ConceptText.Number(count)} requests in {string.Join(", ", files)}{(answered > 0 ? $"; {ConceptText.Number(answered)} samples are answered already" : "")}");
        run.Out.WriteLine("The files hold patients' text and are readable by you alone. Whoever uploads them to a service gives that text away: it needs the permission of those whose data it is, and data use agreements such as PhysioNet's forbid it for third parties.");
        var outputs = files.Select(f => Path.ChangeExtension(f, null) + "-answers.jsonl").ToList();
        run.Out.WriteLine("Next:");
        for (int i = 0; i < files.Count; i++)
        {
            run.Out.WriteLine(service == BatchService.OpenAi
                ? $"  upload {ShellText.Of(files[i])} with the purpose \"batch\", create a batch for {BatchRequestFile.Route}, and save its output (and error) file as {ShellText.Of(outputs[i])}"
                : $"  vllm run-batch -i {ShellText.Of(files[i])} -o {ShellText.Of(outputs[i])} --model {ShellText.Of(model)}");
        }

        run.Out.WriteLine($"  the same command again, with '--batch-answers {string.Join(' ', outputs.Select(ShellText.Of))}' instead of '--batch-file'");
    }
}
