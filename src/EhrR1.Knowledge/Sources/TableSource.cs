using System.Text;
using System.Text.RegularExpressions;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>A folder of open tables, described by its sources.json or by the built-in description.</summary>
public sealed class TableSource : ITerminologySource
{
    private const int CancellationEvery = 1 << 12;

    private readonly string _folder;
    private readonly TerminologyTables _tables;
    private readonly List<(Regex Pattern, string Prefix)> _prefixes = [];

    /// <summary>Names the folder.</summary>
    /// <param name="folder">The folder with the tables.</param>
    /// <param name="tables">What they are, or <see langword="null"/> for what the folder's sources.json says, or else the built-in description.</param>
    /// <exception cref="EhrR1Exception">The description is not valid.</exception>
    public TableSource(string folder, TerminologyTables? tables = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = folder;
        _tables = tables ?? TerminologyTables.Of(folder);
        foreach (var (pattern, prefix) in _tables.IdPrefixes)
        {
            try
            {
                _prefixes.Add((new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture), prefix));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw new EhrR1Exception($"The pattern {pattern} for identifiers is not valid: {e.Message}", Path.Combine(folder, TerminologyTables.FileName), "Write a regular expression without look-around and back-references", e);
            }
        }
    }

    /// <inheritdoc/>
    public string Name => _tables.Name.Length > 0 ? _tables.Name : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_folder)));

    /// <inheritdoc/>
    public IReadOnlyList<string> Licences => [.. Present().Select(t => t.Licence).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Read(ITerminologyIntake intake, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(intake);
        var present = Present();
        if (present.Count == 0)
            throw new EhrR1Exception("The folder holds none of the tables", _folder, $"They are {string.Join(", ", _tables.Tables.Select(t => t.File))}; describe others in a {TerminologyTables.FileName} in the folder");
        for (int i = 0; i < present.Count; i++)
        {
            progress?.Report(new StageProgress($"Reading {present[i].File}", i, present.Count, "tables"));
            var path = Path.Combine(_folder, present[i].File);
            if (present[i].Kind == "obo")
                new OboFile(path, present[i].Type).Read(intake, cancellationToken);
            else
                ReadTable(present[i], path, intake, cancellationToken);
        }
    }

    private List<TerminologyTable> Present()
    {
        var present = new List<TerminologyTable>();
        foreach (var table in _tables.Tables)
        {
            if (File.Exists(Path.Combine(_folder, table.File)))
                present.Add(table);
            else if (!table.Optional)
                throw new EhrR1Exception($"The folder holds no {table.File}", _folder, $"Add the file, or mark it as optional in {TerminologyTables.FileName}");
        }

        return present;
    }

    private void ReadTable(TerminologyTable table, string path, ITerminologyIntake intake, CancellationToken cancellationToken)
    {
        using var file = new DelimitedFile(path, table.Kind == "csv" ? ',' : '\t');
        var steps = new List<Action>();
        steps.AddRange(table.Concepts.Select(c => ConceptStep(file, c, intake)));
        steps.AddRange(table.Codes.Select(c => CodeStep(file, c, intake)));
        steps.AddRange(table.Relations.Select(r => RelationStep(file, r, table, intake)));
        while (file.TryRead())
        {
            if (file.Line % CancellationEvery == 0)
                cancellationToken.ThrowIfCancellationRequested();
            foreach (var step in steps)
                step();
        }
    }

    private Action ConceptStep(DelimitedFile file, ConceptColumns columns, ITerminologyIntake intake)
    {
        int id = file.Column(columns.Id), name = file.Column(columns.Name);
        int type = columns.TypeColumn is null ? -1 : file.Column(columns.TypeColumn);
        var fixedType = columns.Type is null ? null : Encoding.UTF8.GetBytes(columns.Type);
        return () =>
        {
            if (IdOf(file[id]) is not { } concept)
            {
                intake.LeftOut("concepts without an identifier");
                return;
            }

            intake.Name(concept, file[name], columns.Rank);
            if (fixedType is not null)
                intake.SemanticType(concept, fixedType);
            if (type >= 0 && !file[type].IsEmpty)
                intake.SemanticType(concept, file[type]);
        };
    }

    private Action CodeStep(DelimitedFile file, CodeColumns columns, ITerminologyIntake intake)
    {
        int id = file.Column(columns.Id), code = file.Column(columns.Code);
        var vocabulary = columns.Vocabulary is null ? null : Encoding.UTF8.GetBytes(columns.Vocabulary);
        return () =>
        {
            var text = file[code];
            int colon = text.IndexOf((byte)':');
            if (IdOf(file[id]) is not { } concept || text.IsEmpty || (vocabulary is null && (colon <= 0 || colon == text.Length - 1)))
                intake.LeftOut("codes without a vocabulary or a concept");
            else if (vocabulary is not null)
                intake.Code(concept, vocabulary, text);
            else
                intake.Code(concept, text[..colon], text[(colon + 1)..]);
        };
    }

    private Action RelationStep(DelimitedFile file, RelationColumns columns, TerminologyTable table, ITerminologyIntake intake)
    {
        int subject = file.Column(columns.Subject), other = file.Column(columns.Object ?? columns.ObjectName!);
        int relation = columns.RelationColumn is null ? -1 : file.Column(columns.RelationColumn);
        var fixedName = columns.Relation is null ? null : Encoding.UTF8.GetBytes(columns.Relation);
        var names = columns.Names?.ToDictionary(p => p.Key, p => Encoding.UTF8.GetBytes(p.Value), StringComparer.Ordinal);
        return () =>
        {
            var name = fixedName ?? (names is null ? file[relation].ToArray() : names.GetValueOrDefault(Encoding.UTF8.GetString(file[relation])));
            if (name is null)
            {
                intake.LeftOut($"relations of {table.File} whose value is not named in {TerminologyTables.FileName}");
                return;
            }

            var ends = columns.Object is null ? file[other].ToArray() : IdOf(file[other]);
            if (IdOf(file[subject]) is not { } from || ends is null || ends.Length == 0 || name.Length == 0)
                intake.LeftOut("relations without a subject, a name or an object");
            else
                intake.Relation(from, name, ends, byName: columns.Object is null);
        };
    }

    /// <summary>An identifier with its namespace, or <see langword="null"/> for an empty one.</summary>
    private byte[]? IdOf(ReadOnlySpan<byte> field)
    {
        var id = Encoding.UTF8.GetString(field).Trim();
        int cut = _tables.IdCut.Length == 0 ? -1 : id.LastIndexOf(_tables.IdCut, StringComparison.Ordinal);
        if (cut >= 0)
            id = id[(cut + _tables.IdCut.Length)..];
        foreach (var (pattern, prefix) in _prefixes)
        {
            if (pattern.IsMatch(id))
            {
                id = prefix + id;
                break;
            }
        }

        return id.Length == 0 ? null : Encoding.UTF8.GetBytes(id);
    }
}
