namespace EhrR1.Hospital;

/// <summary>The labels under which the hospital's relations stand in the terminology, and what each is the other way round.</summary>
/// <remarks>UMLS's labels (RELA, and relations of its Semantic Network) where there is one for it, else labels of our own in the same form.</remarks>
internal static class RelationLabels
{
    public const string IsA = "isa";
    public const string AssociatedWith = "associated_with";

    private static readonly Dictionary<string, (string Label, bool Turned)> Words = new(StringComparer.Ordinal)
    {
        ["treats"] = ("may_treat", false),
        ["prevents"] = ("may_prevent", false),
        ["diagnoses"] = ("may_diagnose", false),
        ["palliates"] = ("palliates", false),
        ["monitors"] = ("monitors", false),
        ["supports"] = ("supports_care_of", false),
        ["risk factor for"] = ("predisposes", false),
        ["protects from"] = ("protects_from", false),
        ["presents with"] = ("has_manifestation", false),
        ["presents_as"] = ("has_manifestation", false),
        ["shows on examination"] = ("has_finding", false),
        ["raises"] = ("raises", false),
        ["lowers"] = ("lowers", false),
        ["shows"] = ("may_show", false),
        ["ordered in"] = ("part_of", false),
        ["grows"] = ("may_grow", false),
        ["cared for by"] = ("cared_for_by", false),
        ["houses"] = ("location_of", false),
        ["complicated_by"] = ("complicated_by", false),
        ["occurs_with"] = ("co-occurs_with", false),
        ["progresses_to"] = ("precedes", false),
        ["treated_by_operation"] = ("may_treat", true),
    };

    private static readonly Dictionary<string, string> Inverses = new(StringComparer.Ordinal)
    {
        [IsA] = "inverse_isa",
        [AssociatedWith] = AssociatedWith,
        ["may_treat"] = "may_be_treated_by",
        ["may_prevent"] = "may_be_prevented_by",
        ["may_diagnose"] = "may_be_diagnosed_by",
        ["palliates"] = "palliated_by",
        ["monitors"] = "monitored_by",
        ["supports_care_of"] = "care_supported_by",
        ["predisposes"] = "has_risk_factor",
        ["protects_from"] = "has_protective_factor",
        ["has_manifestation"] = "manifestation_of",
        ["has_finding"] = "finding_of",
        ["raises"] = "raised_by",
        ["lowers"] = "lowered_by",
        ["may_show"] = "may_be_shown_by",
        ["part_of"] = "has_part",
        ["may_grow"] = "may_grow_in",
        ["cared_for_by"] = "cares_for",
        ["location_of"] = "has_location",
        ["complicated_by"] = "complicates",
        ["co-occurs_with"] = "co-occurs_with",
        ["precedes"] = "follows",
    };

    /// <summary>A true relation under its label, in the label's direction.</summary>
    public static KnownRelation Of(string word, Concept from, Concept to) => Words[word] is (var label, var turned) && turned ? new(to, label, from) : new(from, Words[word].Label, to);

    public static string InverseOf(string label) => Inverses[label];
}
