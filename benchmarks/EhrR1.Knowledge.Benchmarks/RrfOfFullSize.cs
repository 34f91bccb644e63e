using System.Text;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>Makes a UMLS up: RRF files with as many rows as a release has, and relations whose degrees have its heavy tail.</summary>
/// <remarks>
/// 3.4 million concepts with 10 million English names and 3.5 million rows more that are not taken (other languages, suppressed);
/// 40 million relations, each there in both directions as UMLS has them: most join concepts that stand near each other in a
/// hierarchy, the others draw one end by a power law, so that the greatest hubs have more than 100,000 neighbours. The same
/// scale gives the same bytes.
/// </remarks>
internal sealed class RrfOfFullSize(double scale)
{
    private static readonly string[] _syllables =
        ["car", "di", "o", "my", "pa", "thy", "neph", "ri", "tis", "hep", "a", "to", "gas", "tro", "en", "te", "der", "ma", "lo", "gy", "os", "te", "ar", "thro", "neu", "ral", "gia", "pul", "mo", "na", "ry", "he", "mat", "ome", "tri", "um", "cyt", "ic", "al", "ine", "ol", "ate", "phos", "chlo", "ride", "meth", "yl", "ben", "zo", "fur", "sul", "fa", "pen", "i", "cil", "lin", "ser", "glu", "cose", "in", "su"];

    private static readonly string[] _vocabularies = ["SNOMEDCT_US", "SNOMEDCT_US", "SNOMEDCT_US", "MSH", "RXNORM", "LNC", "ICD10CM", "NCI", "MTH", "MEDCIN", "NCBI", "NCBI", "OMIM", "MMSL", "FMA", "HPO"];

    private static readonly (string Rel, string Rela, string InverseRel, string Inverse, int Share)[] _relations =
    [
        ("PAR", "inverse_isa", "CHD", "isa", 300), ("PAR", "", "CHD", "", 200), ("SIB", "", "SIB", "", 120), ("RB", "mapped_from", "RN", "mapped_to", 60),
        ("RO", "finding_site_of", "RO", "has_finding_site", 50), ("RO", "associated_morphology_of", "RO", "has_associated_morphology", 40),
        ("RO", "has_ingredient", "RO", "ingredient_of", 40), ("RO", "method_of", "RO", "has_method", 40), ("RO", "has_component", "RO", "component_of", 40),
        ("RO", "has_part", "RO", "part_of", 30), ("RO", "may_be_treated_by", "RO", "may_treat", 12), ("RO", "contraindicated_with_disease", "RO", "has_contraindicated_drug", 8),
        ("RO", "concept_in_subset", "RO", "subset_includes_concept", 40), ("RO", "causative_agent_of", "RO", "has_causative_agent", 10), ("RQ", "", "RQ", "", 10),
    ];

    private readonly int _concepts = (int)(3_400_000 * scale);
    private readonly long _names = (long)(10_000_000 * scale);
    private readonly long _pairs = (long)(20_000_000 * scale);
    private readonly string[] _words = Words(90_000);
    private Random _random = new(1);

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        WriteNames(Path.Combine(folder, "MRCONSO.RRF"));
        WriteTypes(Path.Combine(folder, "MRSTY.RRF"));
        WriteDefinitions(Path.Combine(folder, "MRDEF.RRF"));
        WriteRelations(Path.Combine(folder, "MRREL.RRF"));
    }

    /// <summary>Words of syllables; the first are the shortest and will be the most frequent.</summary>
    private static string[] Words(int count)
    {
        var random = new Random(5);
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; words.Count < count; i++)
            words.Add(string.Concat(Enumerable.Range(0, 2 + (words.Count * 4 / count) + random.Next(2)).Select(_ => _syllables[random.Next(_syllables.Length)])));
        return [.. words];
    }

    private void WriteNames(string path)
    {
        _random = new Random(2);
        using var rows = new RrfWriter(path);
        var text = new StringBuilder();
        for (long i = 0; i < _names; i++)
        {
            // Each concept has one name first, then the others get more, some many.
            int concept = i < _concepts ? (int)i : Skewed(1.6);
            Name(text, i);
            NameRow(rows, concept, "ENG", i, i < _concepts, text, "N");
            if (i % 4 == 0)
                NameRow(rows, concept, i % 8 == 0 ? "SPA" : "GER", i, false, text, "N");
            if (i % 10 == 0)
                NameRow(rows, concept, "ENG", i, false, text.Append(" retired"), "O");
        }
    }

    private void NameRow(RrfWriter rows, int concept, string language, long number, bool preferred, StringBuilder name, string suppress)
    {
        var vocabulary = _vocabularies[_random.Next(_vocabularies.Length)];
        rows.Text("C"u8).Number(concept).Text("|"u8).Text(language).Text(preferred ? "|P|L"u8 : "|S|L"u8).Number(number).Text("|PF|S"u8).Number(number).Text("|Y|A"u8).Number(number)
            .Text("||"u8).Number(number).Text("||"u8).Text(vocabulary).Text("|PT|"u8).Number(number * 7 / 10, "D6").Text("|"u8).Text(name.ToString()).Text("|0|"u8).Text(suppress).Text("||"u8).End();
    }

    /// <summary>Some words by a power law, and often a number: about 36 characters, nearly always new.</summary>
    private void Name(StringBuilder text, long number)
    {
        text.Clear();
        int words = 2 + _random.Next(5);
        for (int i = 0; i < words; i++)
        {
            if (i > 0)
                text.Append(' ');
            text.Append(_words[(int)(_words.Length * Math.Pow(_random.NextDouble(), 2.5))]);
        }

        if (number % 5 == 0)
            text.Append(' ').Append(_random.Next(1000)).Append(" MG");
        if (number % 3 == 0)
            text[0] = char.ToUpperInvariant(text[0]);
        if (number % 50 == 0)
            text.Append(" é");
    }

    private void WriteTypes(string path)
    {
        _random = new Random(3);
        using var rows = new RrfWriter(path);
        for (int concept = 0; concept < _concepts; concept++)
        {
            int type = (int)(127 * Math.Pow(_random.NextDouble(), 2));
            rows.Text("C"u8).Number(concept).Text("|T"u8).Number(type, "D3").Text("|A1.1|Semantic Type "u8).Number(type, "D3").Text("|AT"u8).Number(concept).Text("||"u8).End();
        }
    }

    private void WriteDefinitions(string path)
    {
        _random = new Random(4);
        using var rows = new RrfWriter(path);
        for (int i = 0; i < _concepts / 10; i++)
        {
            rows.Text("C"u8).Number(_random.Next(_concepts)).Text("|A"u8).Number(i).Text("|AT"u8).Number(i).Text("||MSH|"u8);
            for (int word = 0; word < 25; word++)
                rows.Text(_words[_random.Next(_words.Length)]).Text(" "u8);
            rows.Text(i % 20 == 0 ? "|O||"u8 : "|N||"u8).End();
        }
    }

    private void WriteRelations(string path)
    {
        _random = new Random(6);
        var kinds = _relations.SelectMany((r, i) => Enumerable.Repeat(i, r.Share)).ToArray();
        using var rows = new RrfWriter(path);
        for (long i = 0; i < _pairs; i++)
        {
            int one = Skewed(1.5);
            int other = _random.Next(10) < 6 ? Near(one) : Skewed(4);
            var (rel, rela, inverseRel, inverse, _) = _relations[kinds[_random.Next(kinds.Length)]];
            RelationRow(rows, one, rel, other, rela, i);
            RelationRow(rows, other, inverseRel, one, inverse, i);
        }
    }

    private static void RelationRow(RrfWriter rows, int one, string rel, int other, string rela, long number) =>
        rows.Text("C"u8).Number(one).Text("|A"u8).Number(number).Text("|AUI|"u8).Text(rel).Text("|C"u8).Number(other).Text("|A"u8).Number(number).Text("|AUI|"u8).Text(rela)
            .Text("|R"u8).Number(number).Text("||SNOMEDCT_US|SNOMEDCT_US|||N||"u8).End();

    /// <summary>A concept by a power law, the frequent ones strewn over all numbers.</summary>
    private int Skewed(double power) => Strewn((long)(_concepts * Math.Pow(_random.NextDouble(), power)));

    private int Strewn(long rank) => (int)(rank * 2_654_435_761 % _concepts);

    /// <summary>A concept nearby: the nearer the likelier.</summary>
    private int Near(int concept)
    {
        int distance = 1 + (int)(20_000 * scale * Math.Pow(_random.NextDouble(), 6));
        return (concept + (_random.Next(2) == 0 ? distance : _concepts - (distance % _concepts))) % _concepts;
    }
}
