using System.CommandLine;

namespace EhrR1.Cli;

/// <summary>Makes instruction sets and looks at them; each action is a class of its own.</summary>
internal sealed class InsCommand : CliCommand
{
    private readonly Argument<string> _action;
    private readonly Argument<string> _folder = new("folder") { Description = "Direct, reason, rl: the workspace. Check: a folder with chains.jsonl, or of reasoning cases. Stats, show: the folder of an instruction set; stats reads several of them side by side, show a folder of chains as well.", HelpName = "FOLDER" };
    private readonly IReadOnlyList<InsAction> _actions;

    public InsCommand()
        : base(
            "ins",
            "Makes EHR-Ins, the instruction set that models are trained on, and says what one holds.",
            "ehr-r1 ins direct workspace --out ehr-ins-direct",
            "ehr-r1 ins direct workspace --out ehr-ins-small --per-task 500 --max-tokens 8192 --format jsonl",
            "ehr-r1 ins reason workspace --teacher http://127.0.0.1:8000/v1#Qwen3-32B --out ehr-ins-reason",
            "ehr-r1 ins rl workspace --out ehr-ins-rl --balance",
            "ehr-r1 ins check ehr-ins-reason --workspace workspace",
            "ehr-r1 ins stats ehr-ins-direct",
            "ehr-r1 ins show ehr-ins-reason --id services-10000032-0123456789abcdef-1")
    {
        var shared = new InsOptions();
        _actions = [new InsDirect(shared), new InsReason(shared), new InsRl(shared), new InsCheck(shared), new InsStats(shared), new InsShow(shared)];
        _action = new Argument<string>("action")
        {
            Description = "What to do: write direct cases (record, question, answer), make reasoning cases of the best chains of a teacher, write prompts for reinforcement learning, check chains of reasoning against the records that they are on, count what an instruction set holds, or show one case with its evidence.",
            HelpName = string.Join('|', _actions.Select(a => a.Name)),
        };
        _action.AcceptOnlyFromAmong([.. _actions.Select(a => a.Name)]);
        Arguments.Add(_action);
        Arguments.Add(_folder);
        foreach (var option in shared.All.Concat(_actions.SelectMany(a => a.Options)))
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => ActionOf(parsed.GetValue(_action))?.ReadsWorkspace == true ? parsed.GetValue(_folder) : null;

    public override Task<int> RunAsync(CommandRun run) => ActionOf(run.Get(_action))!.RunAsync(run, run.PathOf(_folder));

    private InsAction? ActionOf(string? name) => _actions.FirstOrDefault(a => a.Name == name);
}
