using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Reads the terms of an OBO file: names, synonyms, definitions, cross-references and relations; obsolete terms are left out.</summary>
/// <remarks>OBO Flat File Format 1.4, Syntax and Semantics. Synonyms count where they are EXACT; broader and narrower ones would link to the wrong concept.</remarks>
internal sealed class OboFile(string path, string? type)
{
    private readonly List<(string Tag, string Value, long Line)> _stanza = [];

    public void Read(ITerminologyIntake intake, CancellationToken cancellationToken)
    {
        using var lines = new ByteLines(path);
        bool isTerm = false;
        while (lines.TryRead(out var line))
        {
            if (line.IsEmpty || line[0] == '!')
                continue;
            if (line[0] == '[')
            {
                cancellationToken.ThrowIfCancellationRequested();
                Close(intake, isTerm);
                isTerm = line.SequenceEqual("[Term]"u8);
                continue;
            }

            int colon = line.IndexOf((byte)':');
            if (colon <= 0)
                throw lines.Error("The line is no tag with a value", "Check that the file is whole and of the OBO format");
            if (isTerm)
                _stanza.Add((Encoding.UTF8.GetString(line[..colon]), Encoding.UTF8.GetString(line[(colon + 1)..]).Trim(), lines.Line));
        }

        Close(intake, isTerm);
    }

    private void Close(ITerminologyIntake intake, bool isTerm)
    {
        if (isTerm && _stanza.Exists(t => t is { Tag: "is_obsolete", Value: "true" }))
            intake.LeftOut("obsolete terms");
        else if (isTerm)
            Say(intake);
        _stanza.Clear();
    }

    private void Say(ITerminologyIntake intake)
    {
        var id = Utf8(_stanza.Find(t => t.Tag == "id").Value ?? "");
        if (id.Length == 0)
            throw new EhrR1Exception("The term has no id", _stanza.Count > 0 ? $"{path}, line {_stanza[0].Line}" : path, "Check that the file is whole and of the OBO format");
        if (type is not null)
            intake.SemanticType(id, Utf8(type));
        foreach (var (tag, value, line) in _stanza)
        {
            switch (tag)
            {
                case "name":
                    intake.Name(id, Utf8(Unescape(value)), 0);
                    break;
                case "synonym" when Quoted(value, line) is var (text, rest) && rest.StartsWith("EXACT", StringComparison.Ordinal):
                    intake.Name(id, Utf8(text), 1);
                    break;
                case "def":
                    intake.Definition(id, Utf8(Quoted(value, line).Text));
                    break;
                case "xref" or "alt_id":
                    SayCode(intake, id, Bare(value));
                    break;
                case "is_a":
                    intake.Relation(id, "is a"u8, Utf8(Bare(value)), byName: false);
                    break;
                case "relationship":
                    SayRelation(intake, id, value, line);
                    break;
                default:
                    // Tags of no use here: subsets, comments, dates.
                    break;
            }
        }
    }

    private static void SayCode(ITerminologyIntake intake, byte[] id, string xref)
    {
        int colon = xref.IndexOf(':');
        if (colon > 0 && colon < xref.Length - 1)
            intake.Code(id, Utf8(xref[..colon]), Utf8(xref[(colon + 1)..]));
    }

    private void SayRelation(ITerminologyIntake intake, byte[] id, string value, long line)
    {
        var parts = value.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
            throw Wrong("The relationship names no term", line);
        intake.Relation(id, Utf8(parts[0].Replace('_', ' ')), Utf8(Bare(parts[1])), byName: false);
    }

    /// <summary>An identifier without the comment and the modifiers behind it.</summary>
    private static string Bare(string value)
    {
        int end = value.IndexOfAny([' ', '\t']);
        return Unescape(end < 0 ? value : value[..end]);
    }

    private (string Text, string After) Quoted(string value, long line)
    {
        if (value.StartsWith('"'))
        {
            for (int end = 1; end < value.Length; end++)
            {
                if (value[end] == '\\')
                    end++;
                else if (value[end] == '"')
                    return (Unescape(value[1..end]), value[(end + 1)..].TrimStart());
            }
        }

        throw Wrong("The text is not in quotes", line);
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\'))
            return text;
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
                plain.Append(text[i]);
            else
                plain.Append(text[++i] switch { 'n' => ' ', 't' => ' ', 'W' => ' ', var c => c });
        }

        return plain.ToString();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private EhrR1Exception Wrong(string what, long line) => new(what, $"{path}, line {line}", "Check that the file is whole and of the OBO format");
}
