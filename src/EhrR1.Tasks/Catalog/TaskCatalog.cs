using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>The paper's 42 tasks and the release's 4 extra ones, as data; adding a task of an existing kind is one entry.</summary>
/// <remarks>
/// Source: the EHR-R1 paper (arXiv 2510.25628), its release and data cards; instructions, metrics and caps are the published ones,
/// full stops and misspellings included, because models were trained on them. Safe for use by any number of threads.
/// </remarks>
public static class TaskCatalog
{
    private const string Given = "Given the sequence of events that have occurred in a hospital, please ";

    private static readonly string[] _noDischarge = ["discharge"];

    private static readonly TaskDefinition[] _tasks =
    [
        Next("admissions", "admissions", "admission_type", "Admissions", "em", 100_000) with { ShowsAdmission = false },
        Next("transfers", "transfers", "careunit", "Transfers", "em", 100_000) with { TargetFields = ["careunit", "eventtype"], ReleasedTargetKey = "eventtype" },
        Next("services", "services", "curr_service", "Services", "em", 20_000),
        Next("omr", "omr", "result_name", "Online Medical Record", "em", 20_000),
        Next("labevents", "labevents", "item_name", "Labotary Test Events", "em", 100_000),
        Next("microbiologyevents", "microbiologyevents", "test_name", "Microbiology Test Events", "em", 100_000),
        Next("radiology", "radiology", "exam_name", "Radiology Examinations", "em", 100_000),
        Next("diagnoses_icd", "diagnoses_icd", "diagnoses", "Diagnoses International Classification of Diseases Item", "recall", 200_000) with { ExcludedEvents = _noDischarge, ReachesAdmission = true },
        Next("diagnoses_ccs", "diagnoses_icd", "CCS Type", "Diagnoses Clinical Classifications Software Item", "recall", 200_000) with { ExcludedEvents = _noDischarge, ReachesAdmission = true },
        Next("procedures_icd", "procedures_icd", "procedures", "Procedures International Classification of Diseases Item", "recall", 200_000) with { ReachesAdmission = true },
        Next("procedures_ccs", "procedures_icd", "CCS Type", "Procedures Clinical Classifications Software Item", "recall", 200_000) with { ReachesAdmission = true },
        Next("poe", "poe", "order_type", "Provider Order Entry", "em", 100_000),
        Next("emar", "emar", "medication", "Electronic Medicine Administration Record", "em", 100_000) with { DrawsByWeight = true },
        Next("prescriptions", "prescriptions", "drug", "Prescriptions", "recall", 200_000),
        Next("prescriptions_atc", "prescriptions", "ATC Type", "Anatomical Therapeutic Chemical Classification Prescriptions", "recall", 200_000),
        Next("medrecon", "medrecon", "name", "ED Medrecon", "recall", 200_000),
        Next("medrecon_atc", "medrecon", "ATC Type", "ED Medrecon on Anatomical Therapeutic Chemical (ATC) Classification", "recall", 200_000),
        Next("diagnosis", "diagnosis", "icd_title", "ED Diagnoses on International Classification of Diseases", "recall", 100_000) with { ExcludedEvents = _noDischarge },
        Next("diagnosis_ccs", "diagnosis", "CCS Type", "ED Diagnoses on Clinical Classifications Software Item", "recall", 200_000) with { ExcludedEvents = _noDischarge },
        Next("ingredientevents", "ingredientevents", "item_name", "Ingredient Events", "em", 20_000),
        Next("datetimeevents", "datetimeevents", "item_name", "Datetime Events", "em", 20_000),
        Next("procedureevents", "procedureevents", "item_name", "Procedure Events", "em", 20_000),
        Next("inputevents", "inputevents", "item_name", "Input Events", "em", 20_000),
        Next("outputevents", "outputevents", "item_name", "Output Events", "em", 20_000),

        Next("pyxis", "pyxis", "name", "ED Pyxis", "em", 200_000) with { IsExtra = true },
        Next("chartevents", "chartevents", "item_name", "Chart Events", "em", 200_000) with { IsExtra = true, DrawsByWeight = true, LabelsBelow = 10 },
        Next("next_event", null, null, "event", "acc", 100_000) with { IsExtra = true, DrawsByWeight = true },
        Next("discharge", "discharge", "text", "Discharge Report", "rouge", 0) with { IsExtra = true, IsFreeText = true, ShowsLastDischarge = false },

        Risk("ED_Hospitalization", "edstays", "will be hospitalized after the emergency room visit.", f => f.Hospitalized),
        Risk("ED_Inpatient_Mortality", "edstays", "will die during hospitalization.", f => f.DiedInHospital),
        Risk("ED_ICU_Tranfer_12hour", "edstays", "will be transferred to the ICU within 12 hours after the emergency room.", f => f.ToIntensiveCare < Hours(12)),
        Risk("ED_Reattendance_3day", "edstays", "will return to the emergency department within 72 hours after the emergency visit.", f => f.ToNextEmergencyVisit < Hours(72)),
        Risk("ED_Critical_Outcomes", "edstays", "will die during hospitalization or will be transferred to the ICU within 12 hours after the emergency room.", f => f.DiedInHospital == true || f.ToIntensiveCare < Hours(12)),
        Risk("Inpatient_Mortality", "admissions", "will die during hospitalization.", f => f.DiedInHospital),
        Risk("LengthOfStay_3day", "admissions", "'s hospital stay will exceed 3 days.", f => f.LengthOfStay is { } stay ? stay > Days(3) : null),
        Risk("LengthOfStay_7day", "admissions", "'s hospital stay will exceed 7 days", f => f.LengthOfStay is { } stay ? stay > Days(7) : null),
        Risk("ICU_Mortality_1day", "icustays", "will die within 1 day.", f => f.ToDeath < Days(1)) with { InstructionCap = 20_000 },
        Risk("ICU_Mortality_2day", "icustays", "will die within 2 day.", f => f.ToDeath < Days(2)) with { InstructionCap = 20_000 },
        Risk("ICU_Mortality_3day", "icustays", "will die within 3 day.", f => f.ToDeath < Days(3)) with { InstructionCap = 20_000 },
        Risk("ICU_Mortality_7day", "icustays", "will die within 7 day.", f => f.ToDeath < Days(7)),
        Risk("ICU_Mortality_14day", "icustays", "will die within 14 day.", f => f.ToDeath < Days(14)) with { InstructionCap = 20_000 },
        Risk("ICU_Stay_7day", "icustays", "will stay in the ICU for more than 7 days.", f => f.LengthOfStay is { } stay ? stay >= Days(7) : null),
        Risk("ICU_Stay_14day", "icustays", "will stay in the ICU for more than 14 days.", f => f.LengthOfStay is { } stay ? stay >= Days(14) : null),
        Risk("ICU_Readmission", "icustays", "will be admitted to the ICU again during this hospitalization", f => f.ReturnsToIntensiveCare),
        Risk("Readmission_30day", "discharge", "will be readmitted to the hospital within 30 days", f => f.ToReadmission < Days(30)) with { ShowsLastDischarge = false },
        Risk("Readmission_60day", "discharge", "will be readmitted to the hospital within 60 days", f => f.ToReadmission < Days(60)) with { ShowsLastDischarge = false },
    ];

    private static readonly Dictionary<string, TaskDefinition> _byName = _tasks.ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>All tasks: 24 decisions, 4 extra ones, 18 risks; the order of reports and index rows.</summary>
    public static IReadOnlyList<TaskDefinition> Tasks => _tasks;

    /// <summary>The task of a name.</summary>
    /// <exception cref="EhrR1Exception">There is no such task.</exception>
    public static TaskDefinition Get(string name) => _byName.TryGetValue(name, out var task)
        ? task
        : throw new EhrR1Exception($"There is no task '{name}'", null, "Use a name that 'ehr-r1 tasks --help' lists");

    /// <summary>Finds the task of a name.</summary>
    public static bool TryGet(string name, out TaskDefinition? task) => _byName.TryGetValue(name, out task);

    private static TaskDefinition Next(string name, string? anchor, string? field, string subject, string metric, int cap) => new()
    {
        Name = name,
        Kind = TaskKind.Decision,
        AnchorEvent = anchor,
        TargetFields = field is null ? [] : [field],
        Instruction = $"{Given}give the next {subject} suggestion for the patients.",
        Metric = metric,
        InstructionCap = cap,
    };

    private static TaskDefinition Risk(string name, string anchor, string what, RiskQuestion question) => new()
    {
        Name = name,
        Kind = TaskKind.Risk,
        AnchorEvent = anchor,
        Instruction = $"{Given}predict whether the patient{(what[0] == '\'' ? "" : " ")}{what}",
        Metric = "aucroc",
        InstructionCap = 40_000,
        DrawsByWeight = true,
        Question = question,
    };

    private static TimeSpan Hours(int hours) => TimeSpan.FromHours(hours);

    private static TimeSpan Days(int days) => TimeSpan.FromDays(days);
}
