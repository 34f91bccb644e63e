namespace EhrR1.Hospital;

/// <summary>Semantic types by the names of the UMLS Semantic Network, with its identifiers.</summary>
internal static class SemanticTypes
{
    public const string Disease = "Disease or Syndrome";
    public const string Mental = "Mental or Behavioral Dysfunction";
    public const string Neoplasm = "Neoplastic Process";
    public const string Injury = "Injury or Poisoning";
    public const string Finding = "Finding";
    public const string Symptom = "Sign or Symptom";
    public const string Drug = "Pharmacologic Substance";
    public const string Food = "Food";
    public const string BodySubstance = "Body Substance";
    public const string Laboratory = "Laboratory Procedure";
    public const string Diagnostic = "Diagnostic Procedure";
    public const string Therapeutic = "Therapeutic or Preventive Procedure";
    public const string Attribute = "Clinical Attribute";
    public const string Activity = "Health Care Activity";
    public const string Organization = "Health Care Related Organization";
    public const string Device = "Medical Device";
    public const string Bacterium = "Bacterium";
    public const string Fungus = "Fungus";
    public const string Classification = "Classification";

    private static readonly Dictionary<string, string> Identifiers = new(StringComparer.Ordinal)
    {
        [Disease] = "T047", [Mental] = "T048", [Neoplasm] = "T191", [Injury] = "T037", [Finding] = "T033", [Symptom] = "T184",
        [Drug] = "T121", [Food] = "T168", [BodySubstance] = "T031", [Laboratory] = "T059", [Diagnostic] = "T060",
        [Therapeutic] = "T061", [Attribute] = "T201", [Activity] = "T058", [Organization] = "T093", [Device] = "T074",
        [Bacterium] = "T007", [Fungus] = "T004", [Classification] = "T185",
    };

    public static string IdentifierOf(string type) => Identifiers[type];

    /// <summary>The type of what a diagnosis code stands for, by the code's chapter.</summary>
    public static string OfDiagnosis(string code, int version) => version == 10
        ? code[0] switch
        {
            'C' => Neoplasm,
            'D' when code[1] is >= '0' and <= '4' => Neoplasm,
            'F' => Mental,
            'R' => Symptom,
            'S' or 'T' or 'V' or 'W' or 'X' or 'Y' => Injury,
            'Z' => Finding,
            _ => Disease,
        }
        : code[0] switch
        {
            'E' => Injury,
            'V' => Finding,
            '1' when code[1] >= '4' => Neoplasm,
            '2' when code[1] <= '3' => Neoplasm,
            '2' when code[1] == '9' => Mental,
            '3' when code[1] <= '1' => Mental,
            '7' when code[1] >= '8' => Symptom,
            '8' or '9' => Injury,
            _ => Disease,
        };

    /// <summary>The type of an item of the ICU's flowsheet, by the table it is written to and its category.</summary>
    public static string OfIcuItem(IcuItem item) => item.LinksTo switch
    {
        "inputevents" when item.Category.StartsWith("Nutrition", StringComparison.Ordinal) || item.Label.EndsWith("Intake", StringComparison.Ordinal) => Food,
        "inputevents" => Drug,
        // What is charted is how much of it was taken in.
        "ingredientevents" => Attribute,
        "outputevents" => BodySubstance,
        "procedureevents" when item.Category.StartsWith("Access", StringComparison.Ordinal) => Device,
        "procedureevents" when item.Category is "5-Imaging" or "6-Cultures" => Diagnostic,
        "procedureevents" when item.Category is "7-Communication" or "3-Significant Events" => Activity,
        "procedureevents" => Therapeutic,
        "datetimeevents" => Activity,
        _ => Attribute,
    };
}
