using EhrR1.Knowledge;
using EhrR1.Tasks;
using static EhrR1.Reasoning.Tests.Narration.Ward;

namespace EhrR1.Reasoning.Tests.Narration;

/// <summary>Samples of a dozen tasks over the hand-made record, each with its graph.</summary>
internal static class WardCases
{
    public static readonly GraphFact Neck = Fact("Neck pain", TermKind.Note, "neck pain", "admissions", 4);
    public static readonly GraphFact Thunderclap = Fact("thunderclap headache", TermKind.Note, "thunderclap headache", "admissions", 4);
    public static readonly GraphFact Hemorrhage = Fact("Subarachnoid hemorrhage", TermKind.Note, "Subarachnoid hemorrhage", "radiology", 10);
    public static readonly GraphFact Lasix = Fact("lasix", TermKind.Drug, "Furosemide", "medrecon", 0);
    public static readonly GraphFact Coumadin = Fact("Coumadin", TermKind.Drug, "Warfarin", "medrecon", 0);
    public static readonly GraphFact Loop = Fact("loop diuretics", TermKind.DrugClass, "loop diuretics", "medrecon", 0);
    public static readonly GraphFact Kidney = Fact("chronic kidney disease", TermKind.Note, "Chronic kidney disease", "discharge", -700);
    public static readonly GraphFact Copd = Fact("COPD", TermKind.Note, "chronic obstructive pulmonary disease", "discharge", -700);
    public static readonly GraphFact Sepsis = Fact("Sepsis, unspecified organism", TermKind.Diagnosis, "Sepsis", "diagnosis", 3);
    public static readonly GraphFact Septicemia = Fact("Septicemia (except in labor)", TermKind.DiagnosisCategory, "Sepsis", "diagnosis", 3);
    public static readonly GraphFact Service = Fact("NMED", TermKind.Care, "Neurology service", "services", 5);
    public static readonly GraphFact Creatinine = Fact("Creatinine", TermKind.Laboratory, "Creatinine level", "labevents", 8);
    public static readonly GraphFact Sodium = Fact("Sodium", TermKind.Laboratory, "Sodium level", "labevents", 8);
    public static readonly GraphFact Potassium = Fact("Potassium", TermKind.Laboratory, "Potassium level", "labevents", 8);
    public static readonly GraphFact Teardrops = Fact("Teardrop Cells", TermKind.Laboratory, "Teardrop cells", "labevents", 8);
    public static readonly GraphFact Head = Fact("CT HEAD W/O CONTRAST", TermKind.Imaging, "CT of head", "radiology", 10);
    public static readonly GraphFact Nimodipine = Fact("NiMODipine", TermKind.Drug, "NiMODipine", "emar", 14);
    public static readonly GraphFact Ordered = Fact("NiMODipine", TermKind.Drug, "NiMODipine", "prescriptions", 12);
    public static readonly GraphFact HeparinGroup = Fact("heparin group", TermKind.DrugClass, "Heparins", "prescriptions", 12);
    public static readonly GraphFact Drain = Fact("Insertion of external ventricular drain", TermKind.Procedure, "External ventricular drainage", "procedures_icd", 15);
    public static readonly GraphFact Weight = Fact("Weight (Lbs)", TermKind.Observation, "Weight", "omr", 16);
    public static readonly GraphFact Culture = Fact("Blood Culture, Routine", TermKind.Microbiology, "Blood culture", "microbiologyevents", 18);
    public static readonly GraphFact Dialysis = Fact("Hemodialysis", TermKind.Order, "Hemodialysis", "poe", 19);
    public static readonly GraphFact Pulse = Fact("Heart Rate", TermKind.Observation, "Heart rate", "chartevents", 20);
    public static readonly GraphFact IcpLine = Fact("ICP Line Insertion Date", TermKind.IntensiveCare, "External ventricular drain", "datetimeevents", 22);
    public static readonly GraphFact Saline = Fact("NaCl 3% (Hypertonic)", TermKind.Drug, "Hypertonic saline", "inputevents", 24);
    public static readonly GraphFact Foley = Fact("Foley", TermKind.Observation, "Urine volume", "outputevents", 26);

    /// <summary>All facts that the record holds.</summary>
    public static IReadOnlyList<GraphFact> Facts { get; } =
    [
        Neck, Thunderclap, Hemorrhage, Lasix, Coumadin, Loop, Kidney, Copd, Sepsis, Septicemia, Service, Creatinine, Sodium, Potassium, Teardrops, Head, Nimodipine, Ordered, HeparinGroup, Drain, Weight, Culture, Dialysis, Pulse,
        IcpLine, Saline, Foley,
    ];

    public static IEnumerable<(Sample Sample, ThinkingGraph Graph)> All()
    {
        yield return Of("emar", ["NiMODipine", "Acetaminophen"],
            (Neck, "NiMODipine", "neck pain > manifestation of > Subarachnoid hemorrhage > may be prevented by > NiMODipine"),
            (Thunderclap, "NiMODipine", "thunderclap headache > manifestation of > Subarachnoid hemorrhage > may be prevented by > NiMODipine"),
            (Hemorrhage, "NiMODipine", "Subarachnoid hemorrhage > may be prevented by > NiMODipine"));
        yield return Of("prescriptions", ["Furosemide", "Phytonadione"],
            (Lasix, "Furosemide", "Furosemide"),
            (Kidney, "Furosemide", "Chronic kidney disease > may be treated by > Furosemide"),
            (Coumadin, "Phytonadione", "Warfarin > is reversed by > Phytonadione"));
        yield return Of("prescriptions_atc", ["loop diuretics", "phosphate binders"],
            (Lasix, "loop diuretics", "Furosemide > is in class > loop diuretics"),
            (Kidney, "phosphate binders", "Chronic kidney disease > is treated by > Sevelamer > is a > phosphate binders"));
        yield return Of("labevents", ["Macrophage", "RBC, Ascites", "Lactate"],
            (Sepsis, "Macrophage", "Sepsis > may result from > Spontaneous bacterial peritonitis > is diagnosed with the help of > Ascitic fluid analysis"),
            (Sepsis, "RBC, Ascites", "Sepsis > may result from > Spontaneous bacterial peritonitis > is diagnosed with the help of > Ascitic fluid analysis"),
            (Septicemia, "Lactate", "Sepsis > raises > Lactate level"),
            (Culture, "Lactate", "Blood culture > helps diagnose > Sepsis > raises > Lactate level"));
        yield return Of("diagnoses_icd", ["Acute kidney failure, unspecified", "Hyposmolality and/or hyponatremia", "Anemia, unspecified"],
            (Creatinine, "Acute kidney failure, unspecified", "Creatinine level > is raised in > Acute kidney failure"),
            (Foley, "Acute kidney failure, unspecified", "Urine volume > is lowered in > Acute kidney failure"),
            (Sodium, "Hyposmolality and/or hyponatremia", "Sodium level > is lowered in > Hyponatremia"),
            (Teardrops, "Anemia, unspecified", "Teardrop cells > is seen in > Myelofibrosis > has symptom > Anemia"));
        yield return Of("diagnosis_ccs", ["Fluid and electrolyte disorders"], (Loop, "Fluid and electrolyte disorders", "loop diuretics > has member drug > Furosemide > may cause > Hypokalemia > is a > Fluid and electrolyte disorders"));
        yield return Of("procedures_icd", ["Hemodialysis"], (Dialysis, "Hemodialysis", "Hemodialysis"), (Potassium, "Hemodialysis", "Potassium level > is raised in > Hyperkalemia > is treated by > Hemodialysis"));
        yield return Of("transfers", ["Neuro Intermediate"], (Service, "Neuro Intermediate", "Neurology service > has location > Neuro Intermediate"), (Hemorrhage, "Neuro Intermediate", "Subarachnoid hemorrhage > cared for by > Neuro Intermediate"));
        yield return Of("services", ["NSURG"], (Drain, "NSURG", "External ventricular drainage > may treat > Hydrocephalus > cared for by > Neurosurgery service"), (Head, "NSURG", "CT of head > may show > Hydrocephalus > cared for by > Neurosurgery service"));
        yield return Of("medrecon", ["spiriva"], (Copd, "spiriva", "chronic obstructive pulmonary disease > is treated by > Tiotropium"), (Weight, "spiriva", "Weight > is lowered in > chronic obstructive pulmonary disease > is treated by > Tiotropium"));
        yield return Of("datetimeevents", ["ICP Line Dressing Change", "ICP Line Tubing Change"], (IcpLine, "ICP Line Dressing Change", "External ventricular drain"), (IcpLine, "ICP Line Tubing Change", "External ventricular drain"));
        yield return Of("inputevents", ["Norepinephrine"], (Pulse, "Norepinephrine", "Heart rate > is raised in > Septic shock > is treated by > Norepinephrine"), (Saline, "Norepinephrine", "Hypertonic saline > frobnicates_with > Norepinephrine"));
        yield return Of("outputevents", ["Void"], (Ordered, "Void", "NiMODipine > lowers > Blood pressure > assesses > Shock > lowers > Urine volume"), (HeparinGroup, "Void", "Heparins > may cause > Bleeding > may lead to > Shock > lowers > Urine volume"));
    }

    private static (Sample Sample, ThinkingGraph Graph) Of(string task, string[] labels, params (GraphFact Fact, string Item, string Path)[] edges)
    {
        var sample = Ward.Sample(task, labels);
        return (sample, Graph(sample, edges));
    }
}
