using CsCheck;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Reasoning;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Training.Tests;

/// <summary>A sample made by hand with a chain that holds, and completions of all kinds.</summary>
internal static class Rewarded
{
    public const string Chain = """
        ## Extraction
        **Labotary Test Events [2150-03-10 03:00:00]**: Sodium was 117.0 mEq/L (reference range 133 to 145).
        **Medrecon [2150-03-10 04:00:00]**: the patient takes lasix.

        ## Reasoning
        Lasix is Furosemide. Furosemide may treat Heart failure, which may be treated by Spironolactone.
        A sodium of 117 mEq/L is low. So Spironolactone comes next, and Digoxin too.

        ## Final Results
        Spironolactone
        Digoxin
        """;

    public static readonly string[] Labels = ["Spironolactone", "Digoxin"];

    private static readonly string[] _pieces =
    [
        "<think>", "</think>", "<think>\n\n</think>\n\n", "\n", "\\n", "\r\n", "## Extraction\n", "## Reasoning\n", "## Final Results\n", "Spironolactone", "spironolactone ", "Digoxin", "- Digoxin",
        "1. Spironolactone", "Sodium, Whole Blood", "yes", "no", "Yes.", "NO", "The answer is: ", "[\"Digoxin\"]", "İstanbul", "🙂", "ß", "\ud83d", "  ", "", "**Digoxin**", "I am sorry, ", ", ", "<|im_end|>", Chain,
    ];

    /// <summary>Any mix of tags, headings, items, dressings and odd characters.</summary>
    public static Gen<string> Completions { get; } = Gen.Int[0, _pieces.Length - 1].Select(i => _pieces[i]).Array[0, 14].Select(string.Concat);

    public static string Completion(string chain = Chain, string answer = "Spironolactone\nDigoxin") => $"<think>\n{chain}\n</think>\n\n{answer}";

    public static RewardRequest Decision(string completion, params string[] labels) => new() { Completion = completion, Task = TaskCatalog.Get("prescriptions"), Labels = labels.Length == 0 ? Labels : labels, SampleId = "prescriptions-1-a" };

    public static RewardRequest Risk(string completion, bool happened = true, double? pYes = null) => new() { Completion = completion, Task = TaskCatalog.Get("Inpatient_Mortality"), Labels = TaskTarget.Of(happened), PYes = pYes };

    public static ChartBuilder Chart() => new ChartBuilder(1).Patient().Admission(1, 100).Emergency(2, 9, stay: 7, hadm: 1)
        .Add("labevents", HandMade.At(3), 1, ("item_name", "Sodium"), ("valuenum", 117.0), ("valueuom", "mEq/L"), ("ref_range_lower", 133.0), ("ref_range_upper", 145.0))
        .Add("medrecon", HandMade.At(4), 1, 7, HandMade.At(4), ("name", "lasix"), ("ATC Type", "loop diuretics"))
        .Add("prescriptions", HandMade.At(12), 1, ("drug", "Spironolactone")).Add("prescriptions", HandMade.At(12), 1, ("drug", "Digoxin"));

    public static RewardContext Context() => new(Chart().Sample("prescriptions"), Graph("prescriptions-1-a"));

    public static ThinkingGraph Graph(string id) => new()
    {
        Id = id,
        Task = "prescriptions",
        SubjectId = 1,
        PredictionTime = HandMade.At(12),
        Targets = [new GraphTarget("Spironolactone", "D:1", "Spironolactone")],
        Facts = [new GraphFact("lasix", TermKind.Drug, "D:2", "Furosemide", "medrecon", HandMade.At(4), 3, 1)],
        Edges = [new GraphEdge(0, 0, 9, 5, [["Furosemide", "may treat", "Heart failure", "may be treated by", "Spironolactone"]])],
    };

    public static RewardFunction Grounded() => new(new RewardOptions { Weights = new RewardWeights { Grounding = 0.5 } });

    /// <summary>A workspace of the one patient, with the graph of its sample; its id comes back.</summary>
    public static string Build(string folder)
    {
        using var workspace = TinyWorkspace.Create(folder, ChartProfile.EhrBench, Chart().Build(ChartProfile.EhrBench));
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { TestShare = 0, FewShotShare = 0 });
        using var index = TaskIndexStore.Open(workspace);
        var id = index.ReadTask("prescriptions").Single().Id;
        Directory.CreateDirectory(workspace.PathOf("graphs"));
        // Characters of several bytes before it: places are counted in bytes.
        var before = Graph("labevents-1-ü") with { Facts = [new GraphFact("🙂 ß", TermKind.Drug, "D:2", "Fürosemid", "medrecon", HandMade.At(4), 3, 1)] };
        File.WriteAllText(workspace.PathOf("graphs", "train-0000.jsonl"), GraphJson.ToLine(before) + "\n" + GraphJson.ToLine(Graph(id)) + "\n");
        return id;
    }
}
