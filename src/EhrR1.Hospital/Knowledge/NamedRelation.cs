namespace EhrR1.Hospital;

/// <summary>A true relation of the hospital's world.</summary>
internal sealed record NamedRelation(string Source, string Relation, string Target)
{
    public static IReadOnlyList<NamedRelation> ReadAll() =>
        [.. ContentTable.Read("rules.tsv").Rows.Select(r => new NamedRelation(r[0], r[1], r[2]))];
}
