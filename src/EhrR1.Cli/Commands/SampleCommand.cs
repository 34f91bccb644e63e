using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Prints one sample: what a model reads, is asked, and should answer.</summary>
internal sealed class SampleCommand : CliCommand
{
    private readonly Argument<string> _workspace = CommonOptions.Workspace();
    private readonly Option<string> _id = new("--id") { Description = "The sample's id, as 'tasks' lists it.", HelpName = "ID", Required = true };
    private readonly Option<bool> _json = JsonOption("Print the sample as JSON, with the time from which each item of its input is visible.");

    public SampleCommand()
        : base("sample", "Prints one sample: the input as a model reads it, the question, the answer and the candidates.", "ehr-r1 sample workspace --id Inpatient_Mortality-10000032-0123456789abcdef", "ehr-r1 sample workspace --id labevents-10000032-0123456789abcdef --json")
    {
        Arguments.Add(_workspace);
        Options.Add(_id);
        Options.Add(_json);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override Task<int> RunAsync(CommandRun run)
    {
        var folder = run.PathOf(_workspace);
        EarlierStages.NeedTasks(run, folder);
        using var workspace = Workspace.Open(folder);
        using var index = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(workspace);
        var row = index.Find(run.Get(_id)!, run.Cancellation);
        var chart = charts.Read(row.SubjectId, run.Cancellation) ?? throw new EhrR1Exception("The sample's patient has no chart", $"subject {row.SubjectId}", "Build the workspace again with 'ehr-r1 build'");
        var builder = new SampleBuilder(workspace.Profile, new CandidateMaker(index.Labels, workspace.Manifest.Seed), index.Manifest.HasDischargeNotes);
        var sample = builder.Build(chart, row);
        if (run.Get(_json))
            WriteJson(run, sample);
        else
            Write(run.Out, sample);
        return Task.FromResult(ExitCode.Done);
    }

    private static void WriteJson(CommandRun run, Sample sample)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, CommonOptions.JsonWriter))
            SampleJson.Write(json, sample);
        run.Out.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void Write(TextWriter to, Sample sample)
    {
        var row = sample.Row;
        to.WriteLine($"===== {row.Id}");
        to.WriteLine($"task {row.Task}, subject {row.SubjectId}{(row.HadmId is { } stay ? $", stay {stay}" : "")}, {row.Split}, asked at {row.PredictionTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}, {row.ContextEvents} events of context{(row.Echo ? ", echo" : "")}");
        to.WriteLine("===== input");
        to.WriteLine(sample.Input);
        to.WriteLine("===== question");
        to.WriteLine(sample.Instruction);
        to.WriteLine("===== answer");
        to.WriteLine(sample.Output);
        to.WriteLine("===== candidates");
        foreach (var candidate in sample.Candidates)
            to.WriteLine(candidate);
    }
}
