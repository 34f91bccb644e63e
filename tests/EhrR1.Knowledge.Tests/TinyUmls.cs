using System.IO.Compression;
using System.Text;

namespace EhrR1.Knowledge.Tests;

/// <summary>A UMLS of a few concepts, in RRF, that a test can change.</summary>
internal sealed class TinyUmls : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.FullPath;

    public List<string> Names { get; } =
    [
        Name("C0018801", "ENG", "P", "PF", "Y", "SNOMEDCT_US", "84114007", "Heart failure"),
        Name("C0018801", "ENG", "S", "PF", "Y", "ICD10CM", "I50.9", "Heart failure, unspecified"),
        Name("C0018801", "SPA", "P", "PF", "Y", "MSHSPA", "D006333", "Insuficiencia cardíaca"),
        Name("C0018801", "ENG", "S", "VO", "N", "MSH", "D006333", "heart FAILURE"),
        Name("C0016860", "ENG", "P", "PF", "Y", "RXNORM", "4603", "Furosemide"),
        Name("C0016860", "ENG", "S", "PF", "Y", "ATC", "C03CA01", "furosemide"),
        Name("C0013404", "ENG", "P", "PF", "Y", "MSH", "D004417", "Dyspnea"),
        Name("C0013404", "ENG", "S", "PF", "Y", "LNC", "LP123-4", "Dyspnoea"),
        Name("C0999999", "ENG", "P", "PF", "Y", "SNOMEDCT_US", "1", "Suppressed thing", suppress: "O"),
        Name("C0888888", "GER", "P", "PF", "Y", "MSHGER", "D1", "Nur deutsch"),
    ];

    public List<string> Relations { get; } =
    [
        // Furosemide (CUI2) may treat heart failure (CUI1), and the same the other way round.
        Relation("C0018801", "RO", "C0016860", "may_treat"),
        Relation("C0016860", "RO", "C0018801", "may_be_treated_by"),
        Relation("C0018801", "PAR", "C0013404", ""),
        Relation("C0018801", "PAR", "C0013404", ""),
        Relation("C0018801", "SY", "C0018801", ""),
        Relation("C0018801", "RO", "C0888888", "is_a"),
        Relation("C0018801", "RO", "C0013404", "hidden", suppress: "O"),
    ];

    public List<string> Types { get; } = ["C0018801|T047|B2.2.1.2.1|Disease or Syndrome|AT1||", "C0016860|T121|A1.4.1.1.1|Pharmacologic Substance|AT2||"];

    public List<string> Definitions { get; } = ["C0018801|A1|AT3||MSH|The heart cannot pump enough: «élan» lost.|N||", "C0013404|A2|AT4||MSH|Hidden.|O||"];

    public static string Name(string cui, string language, string ts, string stt, string preferred, string sab, string code, string text, string suppress = "N") =>
        $"{cui}|{language}|{ts}|L1|{stt}|S1|{preferred}|A1||||{sab}|PT|{code}|{text}|0|{suppress}||";

    public static string Relation(string cui1, string rel, string cui2, string rela, string suppress = "N") =>
        $"{cui1}|A1|AUI|{rel}|{cui2}|A2|AUI|{rela}|R1||SNOMEDCT_US|SNOMEDCT_US||Y|{suppress}||";

    public RrfSource Write(RrfOptions? options = null, bool compressed = false)
    {
        foreach (var (name, rows) in new[] { ("MRCONSO.RRF", Names), ("MRREL.RRF", Relations), ("MRSTY.RRF", Types), ("MRDEF.RRF", Definitions) })
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(rows.Select(r => r + "\n")));
            using var file = File.Create(Path.Combine(Folder, name + (compressed ? ".gz" : "")));
            using Stream content = compressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
            content.Write(text);
        }

        return new RrfSource(Folder, options);
    }

    public void Dispose() => _folder.Dispose();
}
