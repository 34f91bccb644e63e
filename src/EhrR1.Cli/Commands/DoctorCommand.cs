using System.CommandLine;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>Says whether the machine, and a workspace, are well, and what to do where not.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private readonly Argument<string?> _workspace = new("workspace")
    {
        Description = "A workspace to look at as well: whether each of its files still holds what was written.",
        HelpName = "WORKSPACE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = JsonOption("Print what was found as JSON.");

    public DoctorCommand()
        : base("doctor", "Says whether this machine has what the program needs, and what to do where it has not.", "ehr-r1 doctor", "ehr-r1 doctor workspace --json")
    {
        Arguments.Add(_workspace);
        Options.Add(_json);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override Task<int> RunAsync(CommandRun run)
    {
        var checks = MachineChecks.Look(run.Terminal, run.Terminal.Folder).ToList();
        if (run.Get(_workspace!) is { } folder)
        {
            using var workspace = Workspace.Open(run.Terminal.PathOf(folder));
            checks.AddRange(WorkspaceChecks.Look(workspace, run.Progress, run.Cancellation));
        }

        if (run.Get(_json))
            run.WriteJson(new JsonObject { ["program"] = Workspace.ProgramVersion, ["checks"] = new JsonArray([.. checks.Select(ToJson)]) });
        else
            Print(run, checks);
        return Task.FromResult(checks.Any(c => c.State == DoctorState.Bad) ? ExitCode.User : ExitCode.Done);
    }

    private static JsonNode ToJson(DoctorCheck check) => new JsonObject
    {
        ["name"] = check.Name,
        ["state"] = check.State.ToString().ToLowerInvariant(),
        ["found"] = check.Found,
        ["what_to_do"] = check.WhatToDo,
    };

    private static void Print(CommandRun run, IReadOnlyList<DoctorCheck> checks)
    {
        run.Out.WriteLine(Workspace.ProgramVersion);
        var width = checks.Max(c => c.Name.Length);
        foreach (var check in checks)
        {
            run.Out.WriteLine($"{Mark(check.State)}  {check.Name.PadRight(width)}  {check.Found}");
            if (check.WhatToDo is not null)
                run.Out.WriteLine($"      {new string(' ', width)}  {check.WhatToDo}");
        }

        run.Out.WriteLine(checks.Any(c => c.State == DoctorState.Bad) ? "Something that is needed is missing." : "All that is needed is there.");
    }

    private static string Mark(DoctorState state) => state switch { DoctorState.Ok => "ok  ", DoctorState.Note => "note", _ => "BAD " };
}
