namespace EhrR1.Hospital;

/// <summary>Further names of a thing that another table names.</summary>
internal sealed record OtherNames(string Kind, string Name, IReadOnlyList<string> Synonyms)
{
    public static ILookup<string, OtherNames> ReadAll() =>
        ContentTable.Read("names.tsv").Rows.Select(r => new OtherNames(r["kind"], r["name"], r.List("synonyms"))).ToLookup(n => n.Kind, StringComparer.Ordinal);
}
