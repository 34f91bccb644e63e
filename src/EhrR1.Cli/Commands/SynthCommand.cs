using System.CommandLine;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Hospital;

namespace EhrR1.Cli;

/// <summary>Writes a synthetic hospital.</summary>
internal sealed class SynthCommand : CliCommand
{
    private readonly Option<int> _patients = CommonOptions.Count("--patients", "How many patients to make.", 500);
    private readonly Option<long> _seed = new("--seed") { Description = "The seed: the same seed gives the same bytes on every machine.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _out = new("--out") { Description = "The folder to write, new, empty or an earlier synthetic hospital.", HelpName = "FOLDER", Required = true };
    private readonly Option<bool> _json = JsonOption("Print what was written as JSON.");

    public SynthCommand()
        : base("synth", "Writes a synthetic hospital: patients that never were, in the files of MIMIC-IV, with the truth behind them.", "ehr-r1 synth --patients 2000 --seed 1 --out hospital")
    {
        foreach (var option in (ReadOnlySpan<Option>)[_patients, _seed, _out, _json])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(CommandRun run)
    {
        var folder = run.PathOf(_out)!;
        var options = new HospitalOptions { Patients = run.Get(_patients), Seed = unchecked((ulong)run.Get(_seed)) };
        var summary = await WriteAsync(folder, options, run.Progress, run.Cancellation).ConfigureAwait(false);
        if (run.Get(_json))
        {
            run.WriteJson(new JsonObject
            {
                ["folder"] = folder,
                ["patients"] = summary.Patients,
                ["admissions"] = summary.Admissions,
                ["ed_stays"] = summary.EdStays,
                ["icu_stays"] = summary.IcuStays,
                ["rows"] = new JsonObject(summary.Rows.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
            });
        }
        else
        {
            run.Out.WriteLine($"{summary.Patients:#,0} patients with {summary.Admissions:#,0} admissions, {summary.EdStays:#,0} ED stays and {summary.IcuStays:#,0} ICU stays: {summary.Rows.Values.Sum():#,0} rows in {folder}");
            run.Out.WriteLine($"Next: ehr-r1 build --source {ShellText.Of(folder)} --out {ShellText.Of(folder + "-workspace")}");
        }

        return ExitCode.Done;
    }

    /// <summary>Writes the hospital and shows the patients written so far.</summary>
    internal static Task<HospitalSummary> WriteAsync(string folder, HospitalOptions options, IProgress<StageProgress> progress, CancellationToken cancellationToken) =>
        new SyntheticHospital().WriteAsync(folder, options, new Patients(progress, options.Patients), cancellationToken);

    private sealed class Patients(IProgress<StageProgress> progress, long total) : IProgress<long>
    {
        public void Report(long value) => progress.Report(new StageProgress("Making patients", value, total));
    }
}
