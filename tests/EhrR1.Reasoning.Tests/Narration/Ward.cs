using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests.Narration;

/// <summary>A hand-made patient with most kinds of events, and samples and graphs over the record.</summary>
internal static class Ward
{
    public static readonly DateTime Midnight = new(2150, 3, 10);

    /// <summary>The record up to the question, as a model reads it.</summary>
    public static string Input { get; } = new ChartMarkdown(ChartProfile.EhrBench).Render(Chart().Events);

    /// <summary>The same in the strict profile.</summary>
    public static string StrictInput { get; } = new ChartMarkdown(ChartProfile.Strict).Render(Chart(ChartProfile.Strict).Events);

    public static DateTime At(double hours) => Midnight.AddHours(hours);

    public static Sample Sample(string task, params string[] labels) => new()
    {
        Row = new TaskIndexRow
        {
            Id = $"{task}-1", SubjectId = 1, Task = task, Event = TaskCatalog.Get(task).AnchorEvent!, AnchorTime = At(40), PredictionTime = At(40), ContextEvents = 20, Labels = labels, Split = "train", PatientEvents = 30,
        },
        Profile = ChartProfile.EhrBench,
        Input = Input,
        Candidates = [],
        Items = [],
    };

    public static GraphFact Fact(string term, TermKind kind, string name, string source, double? hours) => new(term, kind, "C" + name, name, source, hours is { } h ? At(h) : null, (int)(hours ?? 0), 1);

    /// <summary>A graph of edges, each from a fact over a path to an item; names and relations of a path are parted by arrows.</summary>
    public static ThinkingGraph Graph(Sample sample, params (GraphFact Fact, string Item, string Path)[] edges)
    {
        var facts = edges.Select(e => e.Fact).Distinct().OrderBy(f => f.Time).ThenBy(f => f.Term, StringComparer.Ordinal).ToList();
        var targets = edges.Select(e => new GraphTarget(e.Item, "C", e.Path.Split(" > ")[^1])).Distinct().ToList();
        return new ThinkingGraph
        {
            Id = sample.Id,
            Task = sample.Task.Name,
            SubjectId = 1,
            PredictionTime = sample.Row.PredictionTime,
            Targets = targets,
            Facts = facts,
            Edges = [.. edges.Select(e => (e, Path: e.Path.Split(" > "))).Select(e => new GraphEdge(facts.IndexOf(e.e.Fact), targets.FindIndex(t => t.Term == e.e.Item && t.Name == e.Path[^1]), 8.5, 12, [e.Path]))],
        };
    }

    private static PatientChart Chart(ChartProfile profile = ChartProfile.EhrBench) => new ChartBuilder(1).Patient()
        .Add("discharge", At(-700), 9, ("note_type", "DS"), ("text", "## Hospital course\nPatient with COPD and chronic kidney disease.\nDischarged on lasix."))
        .Add("medrecon", At(0), null, 3, At(0), ("name", "lasix"), ("ATC Type", "loop diuretics"))
        .Add("medrecon", At(0), null, 3, At(0), ("name", "Coumadin"), ("ATC Type", "vitamin K antagonists"))
        .Add("diagnosis", At(3), null, 3, At(3), ("icd_title", "Sepsis, unspecified organism"), ("CCS Type", "Septicemia (except in labor)"))
        .Add("admissions", At(4), 1, ("admission_type", "EW EMER."), ("admission_location", "EMERGENCY ROOM"), ("admission_info", "Chief complaint: thunderclap headache. Neck pain since yesterday."))
        .Add("services", At(5), 1, ("curr_service", "NMED"))
        .Add("transfers", At(6), 1, ("eventtype", "admit"), ("careunit", "Neurology"))
        .Add("labevents", At(8), 1, ("item_name", "Creatinine"), ("valuenum", 2.1), ("valueuom", "mg/dL"), ("ref_range_lower", 0.4), ("ref_range_upper", 1.1), ("flag", "abnormal"))
        .Add("labevents", At(8), 1, ("item_name", "Sodium"), ("valuenum", 121), ("valueuom", "mEq/L"), ("ref_range_lower", 133), ("ref_range_upper", 145), ("flag", "abnormal"))
        .Add("labevents", At(8), 1, ("item_name", "Potassium"), ("valuenum", 4.0), ("valueuom", "mEq/L"), ("ref_range_lower", 3.3), ("ref_range_upper", 5.1))
        .Add("labevents", At(8), 1, ("item_name", "Teardrop Cells"), ("flag", "abnormal"), ("comments", "1+ | few"))
        .Add("radiology", At(10), 1, ("note_type", "RR"), ("exam_name", """["CT HEAD W/O CONTRAST"]"""), ("text", "FINDINGS:\n## Technique\nSubarachnoid hemorrhage in the basal cisterns."))
        .Add("prescriptions", At(12), 1, ("drug", "NiMODipine"), ("ATC Type", "dihydropyridine derivatives"), ("prod_strength", "30mg Cap"), ("dose_val_rx", "60"), ("dose_unit_rx", "mg"))
        .Add("prescriptions", At(12), 1, ("drug", "Heparin"), ("ATC Type", "heparin group"), ("dose_val_rx", "5000"), ("dose_unit_rx", "UNIT"))
        .Add("emar", At(14), 1, ("medication", "NiMODipine"), ("event_txt", "Administered"))
        .Add("procedures_icd", At(15), 1, ("procedures", "Insertion of external ventricular drain"), ("CCS Type", "Other intracranial procedures"))
        .Add("omr", At(16), null, ("result_name", "Weight (Lbs)"), ("result_value", "210"))
        .Add("microbiologyevents", At(18), 1, ("test_name", "Blood Culture, Routine"))
        .Add("poe", At(19), 1, ("order_type", "Hemodialysis"))
        .Add("chartevents", At(20), 1, 5, At(20), ("item_name", "Heart Rate"), ("valuenum", 118), ("valueuom", "bpm"))
        .Add("datetimeevents", At(22), 1, 5, At(22), ("item_name", "ICP Line Insertion Date"))
        .Add("inputevents", At(24), 1, 5, At(24), ("item_name", "NaCl 3% (Hypertonic)"), ("amount", 250.5), ("amountuom", "ml"), ("rate", 30), ("rateuom", "mL/hour"))
        .Add("outputevents", At(26), 1, 5, At(26), ("item_name", "Foley"), ("value", 40), ("valueuom", "ml"))
        .Build(profile);
}
