using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>A small terminology of our own that ships with the program: laboratory tests, findings, drugs, procedures and places of care, and what they have to do with diseases.</summary>
/// <remarks>
/// <para>The public sources are about diseases and drugs; without these basics most laboratory, microbiology and intensive-care
/// events name no concept. Its relations are textbook knowledge in our own words, under CC0 1.0.</para>
/// <para>The files are stanzas: <c>[creatinine] Creatinine | Laboratory Procedure</c>, then lines of a key and values between
/// semicolons: <c>names</c>, <c>codes</c> (VOCABULARY:code), <c>narrower</c> (terms and codes of charts that the concept is the
/// nearest broader one for), else a relation and the names of its objects. An identifier without
/// a colon is in the namespace EHRR1; one with a colon is another source's concept, to which only further names, codes and
/// relations are added, and nothing where that source is not built in.</para>
/// </remarks>
public sealed class ClinicalBasics : ITerminologySource
{
    private const string Prefix = "basics/";

    /// <inheritdoc/>
    public string Name => "EHR-R1 clinical basics";

    /// <inheritdoc/>
    public IReadOnlyList<string> Licences => ["EHR-R1 clinical basics: CC0 1.0"];

    /// <summary>The names of the files, in the order in which they are read.</summary>
    internal static IReadOnlyList<string> Files =>
        [.. typeof(ClinicalBasics).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Read(ITerminologyIntake intake, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(intake);
        foreach (var file in Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(EmbeddedTables.Lines(file), file, intake);
        }
    }

    /// <summary>Reads the lines of one file.</summary>
    /// <exception cref="InvalidDataException">A line is neither a stanza's head nor a key with values.</exception>
    internal static void Read(IEnumerable<string> lines, string file, ITerminologyIntake intake)
    {
        byte[]? concept = null;
        int number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] == '[')
                concept = Head(line, intake) ?? throw Wrong();
            else if (concept is null || !Say(concept, line, intake))
                throw Wrong();
        }

        InvalidDataException Wrong() => new($"{file}, line {number}: the line is neither the head of a concept nor a key with values.");
    }

    private static byte[]? Head(string line, ITerminologyIntake intake)
    {
        int close = line.IndexOf(']', StringComparison.Ordinal);
        if (close < 0)
            return null;
        var id = line[1..close].Trim();
        if (id.Contains(':', StringComparison.Ordinal))
            return Utf8(id);
        var said = line[(close + 1)..].Split('|', StringSplitOptions.TrimEntries);
        if (said.Length != 2 || id.Length == 0)
            return null;
        var concept = Utf8("EHRR1:" + id);
        intake.Name(concept, Utf8(said[0]), 0);
        intake.SemanticType(concept, Utf8(said[1]));
        return concept;
    }

    private static bool Say(byte[] concept, string line, ITerminologyIntake intake)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return false;
        var key = line[..colon].Trim();
        foreach (var value in line[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int cut = value.IndexOf(':', StringComparison.Ordinal);
            if (key == "narrower")
                intake.Code(concept, "NARROWER"u8, Utf8(Narrower(value, cut)));
            else if (key == "names")
                intake.Name(concept, Utf8(value), concept.AsSpan().StartsWith("EHRR1:"u8) ? 1 : ITerminologyIntake.FurtherName);
            else if (key == "codes" && cut <= 0)
                return false;
            else if (key == "codes")
                intake.Code(concept, Utf8(value[..cut]), Utf8(value[(cut + 1)..]));
            else
                intake.Relation(concept, Utf8(key), Utf8(value), byName: true);
        }

        return true;
    }

    private static string Narrower(string value, int colon) =>
        colon > 0 && value.AsSpan(0, colon).IndexOfAnyExceptInRange('A', 'Z') < 0 && value.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? value : NormalForm.Of(value);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
