namespace EhrR1.Tasks;

/// <summary>The names of the splits; a split holds whole patients.</summary>
public static class SplitNames
{
    /// <summary>Patients whose samples models are fitted on.</summary>
    public const string Train = "train";

    /// <summary>Patients whose samples models are scored on.</summary>
    public const string Test = "test";

    /// <summary>Patients held out for examples in prompts.</summary>
    public const string FewShot = "few_shot";
}
