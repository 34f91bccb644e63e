namespace EhrR1.Knowledge;

/// <summary>The names of an index's arrays in its file; docs/terminology.md describes them.</summary>
internal static class NameSections
{
    public const string Text = "name.text";
    public const string Starts = "name.start";
    public const string Signatures = "name.signature";
    public const string Grams = "token.gram";
    public const string Repetitions = "token.repetition";
    public const string Slots = "token.slot";
    public const string Lists = "token.list";
    public const string RunSizes = "run.size";
    public const string RunStarts = "run.start";
    public const string Postings = "posting";
}
