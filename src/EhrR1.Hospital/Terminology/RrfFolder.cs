using System.Text;
using EhrR1.Charts;

namespace EhrR1.Hospital;

/// <summary>Writes concepts and relations as UMLS's Rich Release Format has them: columns that each end in a vertical bar, no header.</summary>
/// <remarks>UMLS Reference Manual (NLM), chapter 3. A relation stands twice, once from each end; RELA reads from CUI2 to CUI1.</remarks>
internal sealed class RrfFolder(string folder)
{
    // CUI|LAT|TS|LUI|STT|SUI|ISPREF|AUI|SAUI|SCUI|SDUI|SAB|TTY|CODE|STR|SRL|SUPPRESS|CVF
    public void WriteNames(IEnumerable<Concept> concepts) => Write("MRCONSO.RRF", rows =>
    {
        var atom = 0;
        foreach (var concept in concepts)
        {
            foreach (var (at, name) in concept.Names.Index())
                rows.Append(Row(concept.Id, "ENG", at == 0 ? "P" : "S", "", "PF", "", "Y", $"A{++atom:0000000}", "", "", "", name.Vocabulary, at == 0 ? "PT" : "SY", name.Code.Length > 0 ? name.Code : "NOCODE", name.Text, "0", "N", ""));
        }
    });

    // CUI|TUI|STN|STY|ATUI|CVF
    public void WriteTypes(IEnumerable<Concept> concepts) => Write("MRSTY.RRF", rows =>
    {
        foreach (var concept in concepts)
            rows.Append(Row(concept.Id, SemanticTypes.IdentifierOf(concept.SemanticType), "", concept.SemanticType, "", ""));
    });

    // CUI|AUI|ATUI|SATUI|SAB|DEF|SUPPRESS|CVF
    public void WriteDefinitions(IEnumerable<Concept> concepts) => Write("MRDEF.RRF", rows =>
    {
        foreach (var concept in concepts.Where(c => c.Definition.Length > 0))
            rows.Append(Row(concept.Id, "", "", "", Concept.Vocabulary, concept.Definition, "N", ""));
    });

    // CUI1|AUI1|STYPE1|REL|CUI2|AUI2|STYPE2|RELA|RUI|SRUI|SAB|SL|RG|DIR|SUPPRESS|CVF
    public void WriteRelations(IEnumerable<KnownRelation> relations) => Write("MRREL.RRF", rows =>
    {
        var number = 0;
        foreach (var (from, label, to) in relations)
        {
            var (there, back) = label == RelationLabels.IsA ? ("CHD", "PAR") : ("RO", "RO");
            rows.Append(Row(to.Id, "", "CUI", there, from.Id, "", "CUI", label, $"R{++number:00000000}", "", Concept.Vocabulary, Concept.Vocabulary, "", "Y", "N", ""));
            rows.Append(Row(from.Id, "", "CUI", back, to.Id, "", "CUI", RelationLabels.InverseOf(label), $"R{++number:00000000}", "", Concept.Vocabulary, Concept.Vocabulary, "", "N", "N", ""));
        }
    });

    private static string Row(params ReadOnlySpan<string> columns)
    {
        var row = new StringBuilder();
        foreach (var column in columns)
            row.Append(column).Append('|');
        return row.Append('\n').ToString();
    }

    private void Write(string name, Action<StringBuilder> fill)
    {
        var rows = new StringBuilder();
        fill(rows);
        AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(rows.ToString())));
    }
}
