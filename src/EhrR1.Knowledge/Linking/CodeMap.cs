using System.Collections.Frozen;
using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Codes of other vocabularies that stand for a chart's codes.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed class CodeMap
{
    private readonly FrozenDictionary<ConceptCode, ConceptCode[]> _codes;

    /// <summary>Makes a map of pairs; codes keep the order of their pairs.</summary>
    public CodeMap(IEnumerable<KeyValuePair<ConceptCode, ConceptCode>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        _codes = pairs.GroupBy(p => p.Key, p => p.Value).ToFrozenDictionary(g => g.Key, g => g.Distinct().ToArray());
    }

    /// <summary>The map that holds nothing.</summary>
    public static CodeMap Empty { get; } = new([]);

    /// <summary>The codes for a code, or none.</summary>
    public IReadOnlyList<ConceptCode> this[ConceptCode code] => _codes.GetValueOrDefault(code) ?? [];

    /// <summary>Reads what a folder of maps says of MIMIC's laboratory items: the column "itemid (omop_source_code)" and LOINC's "omop_concept_code" of d_labitems_to_loinc.csv.</summary>
    /// <param name="folder">The user's folder; where it has no such file, the map is empty.</param>
    /// <exception cref="EhrR1Exception">The file is damaged or has no such columns.</exception>
    public static CodeMap Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = new[] { "d_labitems_to_loinc.csv", "d_labitems_to_loinc.csv.gz" }.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists);
        if (path is null)
            return Empty;
        using var file = new DelimitedFile(path, ',');
        int item = file.Column("itemid (omop_source_code)"), vocabulary = file.Column("omop_vocabulary_id"), code = file.Column("omop_concept_code");
        var pairs = new List<KeyValuePair<ConceptCode, ConceptCode>>();
        while (file.TryRead())
        {
            if (!file[item].IsEmpty && !file[code].IsEmpty && !file[vocabulary].IsEmpty)
                pairs.Add(new(new("MIMICLAB", Text(file[item])), new(Text(file[vocabulary]), Text(file[code]))));
        }

        return new CodeMap(pairs);
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
