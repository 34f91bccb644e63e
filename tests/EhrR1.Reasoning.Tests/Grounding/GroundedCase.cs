using System.Globalization;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Reasoning.Tests;

/// <summary>Hand-made samples with their graphs; each number gives another patient.</summary>
internal sealed record GroundedCase(Sample Sample, ThinkingGraph Graph)
{
    private static readonly (string Name, string Unit, double Low, double High)[] _labs =
    [
        ("Sodium", "mEq/L", 133, 145), ("Potassium", "mEq/L", 3.3, 5.1), ("Creatinine", "mg/dL", 0.5, 1.2), ("Hemoglobin", "g/dL", 12, 16), ("Platelet Count", "K/uL", 150, 400),
        ("Bilirubin, Total", "mg/dL", 0, 1.5), ("Lactate", "mmol/L", 0.5, 2), ("Troponin T", "ng/mL", 0, 0.01), ("Glucose", "mg/dL", 70, 100), ("Alanine Aminotransferase (ALT)", "IU/L", 0, 40),
    ];

    private static readonly (string Term, string Name, string Class)[] _homeDrugs =
    [
        ("lasix", "Furosemide", "loop diuretics"), ("entocort ec", "Budesonide", "gut-acting steroids"), ("keppra", "Levetiracetam", "other anticonvulsants"), ("zantac", "Ranitidine", "h2 receptor blockers"),
        ("lisinopril", "Lisinopril", "ace inhibitors"), ("humalog", "Insulin Lispro", "rapid-acting insulins"), ("xifaxan", "Rifaximin", "gut-acting antibiotics"), ("renvela", "Sevelamer", "phosphate binders"),
    ];

    private static readonly string[] _diseases = ["Heart failure", "Crohn's disease", "Epilepsy", "Gastric ulcer", "Hypertension", "Type 2 diabetes mellitus", "Hepatic encephalopathy", "End-stage renal disease"];
    private static readonly string[] _drugs = ["Potassium Chloride", "Prednisone", "Lorazepam", "Pantoprazole", "Amlodipine", "Metformin", "Lactulose", "Calcitriol", "Heparin Sodium", "Aspirin EC"];

    public static IReadOnlyList<string> Drugs => _drugs;

    public static IReadOnlyList<string> Labs { get; } = [.. _labs.Select(l => l.Name)];

    public static IReadOnlyList<string> HomeDrugs { get; } = [.. _homeDrugs.Select(d => d.Term)];

    public static IReadOnlyList<string> Diseases => _diseases;

    public static IReadOnlyList<string> Units { get; } = [.. _labs.Select(l => l.Unit).Distinct()];

    /// <summary>The labels that the vocabulary of the small hospital knows.</summary>
    public static GroundingVocabulary Vocabulary { get; } = MakeVocabulary();

    /// <summary>Makes one.</summary>
    public static GroundedCase Make(int number, ChartProfile profile = ChartProfile.EhrBench)
    {
        var random = new Random(number);
        var chart = new ChartBuilder(10_000_000 + number).Patient(40 + (number % 50))
            .Admission(1, 100).Emergency(2, 9, stay: 7, hadm: 1);
        chart.Add("triage", HandMade.At(2.5), 1, 7, HandMade.At(2.5), ("temperature", Math.Round(97.1 + (random.Next(30) / 10.0), 1)), ("heartrate", 60 + random.Next(60)), ("sbp", 101 + random.Next(70)), ("chiefcomplaint", "Abnormal labs, weakness"));
        int[] labs = Choose(random, _labs.Length, 6), later = Choose(random, _labs.Length, 4), home = Choose(random, _homeDrugs.Length, 4), target = Choose(random, _drugs.Length, 3);
        AddLabs(chart, 3 + random.NextDouble(), labs, random);
        foreach (int drug in home)
            chart.Add("medrecon", HandMade.At(4), 1, 7, HandMade.At(4), ("name", _homeDrugs[drug].Term), ("ATC Type", _homeDrugs[drug].Class));
        AddLabs(chart, 6 + random.NextDouble(), later, random);
        chart.Add("pharmacy", HandMade.At(7), 1, ("medication", "Sodium Chloride 0.9%  Flush"), ("proc_type", "Unit Dose"));
        foreach (int drug in target)
            chart.Add("prescriptions", HandMade.At(12), 1, ("drug", _drugs[drug]), ("prod_strength", "20mg Tab"), ("dose_val_rx", "20"), ("dose_unit_rx", "mg"));
        var row = chart.Index("prescriptions", profile).Single();
        var sample = new SampleBuilder(profile).Build(chart.Build(profile), row);
        return new GroundedCase(sample, GraphOf(sample, home, target, random));
    }

    private static void AddLabs(ChartBuilder chart, double hour, int[] labs, Random random)
    {
        var time = HandMade.At(Math.Round(hour * 60) / 60);
        foreach (int lab in labs)
        {
            var (name, unit, low, high) = _labs[lab];
            double value = Math.Round(low + (random.NextDouble() * 1.4 * (high - low)) + 0.001, high < 1 ? 3 : high < 20 ? 1 : 0);
            chart.Add("labevents", time, 1, null, time, ("item_name", name), ("valuenum", value), ("valueuom", unit), ("ref_range_lower", low), ("ref_range_upper", high));
        }
    }

    private static ThinkingGraph GraphOf(Sample sample, int[] home, int[] target, Random random)
    {
        var facts = home.Select((d, i) => new GraphFact(_homeDrugs[d].Term, TermKind.Drug, $"C:{d}", _homeDrugs[d].Name, "medrecon", HandMade.At(4), i, 1)).ToList();
        var edges = new List<GraphEdge>();
        for (int t = 0; t < target.Length; t++)
        {
            int fact = random.Next(home.Length);
            var disease = _diseases[home[fact]];
            string[] path = [facts[fact].Name, "may treat", disease, "may be treated by", _drugs[target[t]]];
            edges.Add(new GraphEdge(fact, t, 9.5, 4, [path]));
        }

        return new ThinkingGraph
        {
            Id = sample.Id,
            Task = "prescriptions",
            SubjectId = sample.Row.SubjectId,
            PredictionTime = sample.Row.PredictionTime,
            Targets = [.. target.Select(t => new GraphTarget(_drugs[t], $"D:{t}", _drugs[t]))],
            Facts = facts,
            Edges = edges,
        };
    }

    private static int[] Choose(Random random, int of, int count)
    {
        int[] all = [.. Enumerable.Range(0, of)];
        random.Shuffle(all);
        return all[..count];
    }

    private static GroundingVocabulary MakeVocabulary()
    {
        var vocabulary = new GroundingVocabulary();
        foreach (var lab in Labs)
            vocabulary.AddItem(EventCatalog.Get("labevents"), lab);
        foreach (var drug in _homeDrugs)
        {
            vocabulary.AddItem(EventCatalog.Get("medrecon"), drug.Term);
            vocabulary.AddConcept(drug.Term);
            vocabulary.AddConcept(drug.Name);
        }

        foreach (var name in _drugs.Concat(_diseases))
            vocabulary.AddConcept(name);
        return vocabulary;
    }

    public static string Time(DateTime? time) => time is { } t ? t.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "None";
}
