namespace EhrR1.Hospital;

/// <summary>All clinical content, read once and shared by all threads.</summary>
internal sealed class HospitalContent
{
    private static readonly string[] CommonPanels = ["BMP", "CBC", "DIFF", "CHEM10", "COAG", "LFT"];

    private HospitalContent()
    {
        Labs = LabItem.ReadAll();
        Panels = LabPanel.ReadAll(Labs);
        Drugs = Drug.ReadAll();
        Conditions = Condition.ReadAll();
        Effects = ConditionEffect.ReadAll();
        Treatments = Treatment.ReadAll();
        Procedures = ProcedureCode.ReadAll();
        Diagnoses = DiagnosisCode.ReadAll();
        Imaging = ImagingExam.ReadAll();
        Microbiology = MicrobiologyTest.ReadAll();
        IcuItems = IcuItem.ReadAll();
        Rules = NamedRelation.ReadAll();
        Names = OtherNames.ReadAll();
        Definitions = ContentTable.Read("definitions.tsv").Rows.ToDictionary(r => r["condition"], r => r["definition"], StringComparer.Ordinal);
        Hospital = HospitalLists.Read();
        Chronic = [.. Conditions.Where(c => c.IsChronic)];
        Acute = [.. Conditions.Where(c => !c.IsChronic)];
        LabByLabel = FirstBy(Labs, l => l.Label);
        DrugByName = FirstBy(Drugs, d => d.Name);
        PanelByName = FirstBy(Panels, p => p.Name);
        ProcedureByTitle = FirstBy(Procedures.SelectMany(p => new[] { (Key: p.Title10, p), (Key: p.Title9, p), (Key: p.Icd10, p), (Key: p.Icd9, p) }).Where(x => x.Key.Length > 0), x => x.Key)
            .ToDictionary(x => x.Key, x => x.Value.p, StringComparer.Ordinal);
        RarePanels = new Weighted<LabPanel>(Panels.Where(p => !CommonPanels.Contains(p.Name)).Select(p => (p, 0.001 + p.Weight)));
        var ofConditions = Conditions.SelectMany(c => c.Icd10.Concat(c.Icd9)).ToHashSet(StringComparer.Ordinal);
        OtherDiagnoses10 = [.. Diagnoses.Where(d => d.Version == 10 && !ofConditions.Contains(d.Code))];
        OtherDiagnoses9 = [.. Diagnoses.Where(d => d.Version == 9 && !ofConditions.Contains(d.Code))];
        IcuInputs = FirstBy(IcuItems.Where(i => i.LinksTo == "inputevents"), i => i.Label);
        IcuIngredients = FirstBy(IcuItems.Where(i => i.LinksTo == "ingredientevents"), i => i.Label);
        WardDrugs = [.. Drugs.Where(d => d.IsFor("ward"))];
        EdDrugs = [.. Drugs.Where(d => d.IsFor("ed"))];
        TitleOf = Diagnoses.DistinctBy(d => (d.Code, d.Version)).ToDictionary(d => (d.Code, d.Version), d => d.Title);
    }

    public static HospitalContent Shared { get; } = new();

    public IReadOnlyList<LabItem> Labs { get; }
    public IReadOnlyList<LabPanel> Panels { get; }
    public IReadOnlyList<Drug> Drugs { get; }
    public IReadOnlyList<Condition> Conditions { get; }
    public IReadOnlyList<Condition> Chronic { get; }
    public IReadOnlyList<Condition> Acute { get; }
    public ILookup<string, ConditionEffect> Effects { get; }
    public ILookup<string, Treatment> Treatments { get; }
    public IReadOnlyList<ProcedureCode> Procedures { get; }
    public IReadOnlyList<DiagnosisCode> Diagnoses { get; }
    public IReadOnlyList<ImagingExam> Imaging { get; }
    public IReadOnlyList<MicrobiologyTest> Microbiology { get; }
    public IReadOnlyList<IcuItem> IcuItems { get; }
    public IReadOnlyList<NamedRelation> Rules { get; }
    public ILookup<string, OtherNames> Names { get; }
    /// <summary>One sentence on each condition.</summary>
    public IReadOnlyDictionary<string, string> Definitions { get; }
    public HospitalLists Hospital { get; }
    /// <summary>Panels that are ordered for a reason of their own.</summary>
    public Weighted<LabPanel> RarePanels { get; }

    public IReadOnlyList<DiagnosisCode> OtherDiagnoses10 { get; }
    public IReadOnlyList<DiagnosisCode> OtherDiagnoses9 { get; }
    public IReadOnlyDictionary<string, IcuItem> IcuInputs { get; }
    public IReadOnlyDictionary<string, IcuItem> IcuIngredients { get; }
    public IReadOnlyList<Drug> WardDrugs { get; }
    public IReadOnlyList<Drug> EdDrugs { get; }
    public IReadOnlyDictionary<string, LabItem> LabByLabel { get; }
    public IReadOnlyDictionary<string, Drug> DrugByName { get; }
    public IReadOnlyDictionary<string, LabPanel> PanelByName { get; }
    public IReadOnlyDictionary<string, ProcedureCode> ProcedureByTitle { get; }
    public IReadOnlyDictionary<(string Code, int Version), string> TitleOf { get; }

    private static Dictionary<string, T> FirstBy<T>(IEnumerable<T> items, Func<T, string> key)
    {
        var found = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
            found.TryAdd(key(item), item);
        return found;
    }
}
