namespace EhrR1.Ingest;

/// <summary>What a build does with a source row that does not fit its table.</summary>
public enum BadRowRule
{
    /// <summary>Stop with an error that names the row. The default.</summary>
    Fail,

    /// <summary>Leave the row out, count it and list it.</summary>
    Skip,
}
