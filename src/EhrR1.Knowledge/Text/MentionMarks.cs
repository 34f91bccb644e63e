namespace EhrR1.Knowledge;

/// <summary>Why a mention does not say that the patient has, or is given, what it names.</summary>
[Flags]
public enum MentionMarks
{
    /// <summary>It says so.</summary>
    None = 0,

    /// <summary>It is denied: "no fever".</summary>
    Negated = 1,

    /// <summary>It is said of the patient's family: "mother had diabetes".</summary>
    OfFamily = 2,

    /// <summary>It is what the patient is allergic to.</summary>
    OfAllergy = 4,

    /// <summary>It is looked for, prevented or warned of: "evaluate for pneumonia", "call if you have fever".</summary>
    Hypothetical = 8,
}
