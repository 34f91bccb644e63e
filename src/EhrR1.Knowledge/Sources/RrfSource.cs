using System.Globalization;
using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>The UMLS Metathesaurus as its licence gives it: a folder with MRCONSO.RRF, and MRREL, MRSTY and MRDEF where they are there.</summary>
/// <remarks>
/// <para>Of names, those of the wanted languages that are not suppressed; of relations and definitions, those that are not
/// suppressed. Each file may be compressed with gzip (MRCONSO.RRF.gz).</para>
/// <para>Where MRFILES.RRF is there, the numbers of rows that it states are compared with those of the files.</para>
/// <para>A relation reads from CUI2 to CUI1, as its additional label (RELA) does; where there is none, the words of its general
/// label (REL) stand for it: CUI2 "is parent of" CUI1 for PAR.</para>
/// </remarks>
public sealed class RrfSource : ITerminologySource
{
    private const int ReportEvery = 1 << 17;
    private const int MostLabelBytes = 256;

    private readonly string _folder;
    private readonly RrfOptions _options;

    /// <summary>Names the folder.</summary>
    /// <param name="folder">The folder with the RRF files.</param>
    /// <param name="options">What is taken, or <see langword="null"/> for the defaults.</param>
    public RrfSource(string folder, RrfOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = folder;
        _options = options ?? new RrfOptions();
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Licences => _options.Licences;

    /// <inheritdoc/>
    public void Read(ITerminologyIntake intake, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(intake);
        var stated = StatedRows();
        // CUI|LAT|TS|LUI|STT|SUI|ISPREF|AUI|SAUI|SCUI|SDUI|SAB|TTY|CODE|STR|SRL|SUPPRESS|CVF
        using (var names = RrfFile.Open(_folder, "MRCONSO.RRF", 18)
            ?? throw new EhrR1Exception("The folder holds no MRCONSO.RRF", _folder, "Name the folder that MetamorphoSys wrote, usually META"))
        {
            Each(names, "MRCONSO", stated, () => ReadName(names, intake), progress, cancellationToken);
        }

        // CUI|TUI|STN|STY|ATUI|CVF
        using (var types = RrfFile.Open(_folder, "MRSTY.RRF", 6))
            Each(types, "MRSTY", stated, () => intake.SemanticType(types![0], types[3]), progress, cancellationToken);

        // CUI|AUI|ATUI|SATUI|SAB|DEF|SUPPRESS|CVF
        using (var definitions = RrfFile.Open(_folder, "MRDEF.RRF", 8))
        {
            Each(definitions, "MRDEF", stated, () =>
            {
                if (IsWanted(definitions!, 4) && !IsSuppressed(definitions!, 6))
                    intake.Definition(definitions![0], definitions[5]);
            }, progress, cancellationToken);
        }

        // CUI1|AUI1|STYPE1|REL|CUI2|AUI2|STYPE2|RELA|RUI|SRUI|SAB|SL|RG|DIR|SUPPRESS|CVF
        using (var relations = RrfFile.Open(_folder, "MRREL.RRF", 16))
            Each(relations, "MRREL", stated, () => ReadRelation(relations!, intake), progress, cancellationToken);
    }

    /// <summary>How many rows each file has, where the release's own table of its files says so.</summary>
    private Dictionary<string, string> StatedRows()
    {
        var stated = new Dictionary<string, string>(StringComparer.Ordinal);
        // FIL|DES|FMT|CLS|RWS|BTS
        using var files = RrfFile.Open(_folder, "MRFILES.RRF", 6);
        while (files?.TryRead() == true)
            stated[files.Text(0)] = files.Text(4);
        return stated;
    }

    private static void Each(RrfFile? file, string name, Dictionary<string, string> stated, Action read, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        while (file?.TryRead() == true)
        {
            read();
            if (file.Line % ReportEvery != 0)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new StageProgress($"Reading {name}", file.Line, null, "rows"));
        }

        // A file that was cut at the end of a row looks whole.
        if (file is not null && long.TryParse(stated.GetValueOrDefault(name + ".RRF"), CultureInfo.InvariantCulture, out long rows) && rows != file.Line)
            throw new EhrR1Exception($"The file has {file.Line} rows, and MRFILES.RRF says that it has {rows}", file.Path, "Get the file anew; if you chose rows of it yourself, remove MRFILES.RRF");
    }

    private static bool IsSuppressed(RrfFile row, int column) => !row.Is(column, "N"u8) && !row[column].IsEmpty;

    /// <summary>The best are the preferred form of the preferred term; see MRCONSO's TS, STT and ISPREF.</summary>
    private static int RankOf(RrfFile row) => (row.Is(2, "P"u8) ? 0 : 4) + (row.Is(4, "PF"u8) ? 0 : 2) + (row.Is(6, "Y"u8) ? 0 : 1);

    /// <summary>The words for REL: what CUI2 is to CUI1.</summary>
    private static ReadOnlySpan<byte> Words(RrfFile row)
    {
        var label = row[3];
        return label switch
        {
            _ when label.SequenceEqual("PAR"u8) => "is parent of"u8,
            _ when label.SequenceEqual("CHD"u8) => "is child of"u8,
            _ when label.SequenceEqual("RB"u8) => "is broader than"u8,
            _ when label.SequenceEqual("RN"u8) => "is narrower than"u8,
            _ when label.SequenceEqual("RO"u8) => "is related to"u8,
            _ when label.SequenceEqual("RQ"u8) => "is related to, possibly a synonym of"u8,
            _ when label.SequenceEqual("RL"u8) => "is similar to"u8,
            _ when label.SequenceEqual("SIB"u8) => "is sibling of"u8,
            _ when label.SequenceEqual("SY"u8) => "is synonym of"u8,
            _ when label.SequenceEqual("AQ"u8) => "is allowed qualifier of"u8,
            _ when label.SequenceEqual("QB"u8) => "can be qualified by"u8,
            _ => label,
        };
    }

    private static bool IsOneOf(IReadOnlyCollection<string> values, ReadOnlySpan<byte> value)
    {
        foreach (var one in values)
        {
            if (one.Length == value.Length && Ascii.Equals(value, one))
                return true;
        }

        return false;
    }

    private bool IsWanted(RrfFile row, int column) => _options.Vocabularies is null || IsOneOf(_options.Vocabularies, row[column]);

    private void ReadName(RrfFile row, ITerminologyIntake intake)
    {
        if (!IsOneOf(_options.Languages, row[1]) || IsSuppressed(row, 16) || !IsWanted(row, 11))
            return;
        intake.Name(row[0], row[14], RankOf(row));
        if (IsOneOf(_options.CodeVocabularies, row[11]) && !row.Is(13, "NOCODE"u8))
            intake.Code(row[0], row[11], row[13]);
    }

    private void ReadRelation(RrfFile row, ITerminologyIntake intake)
    {
        // Relations of a vocabulary's own objects, such as attributes of atoms, have no concept at an end.
        if (IsSuppressed(row, 14) || !IsWanted(row, 10) || row[0].IsEmpty || row[4].IsEmpty)
            return;
        var label = row[7];
        if (label.IsEmpty)
        {
            intake.Relation(row[4], Words(row), row[0], byName: false);
            return;
        }

        Span<byte> words = label.Length <= MostLabelBytes ? stackalloc byte[label.Length] : new byte[label.Length];
        label.CopyTo(words);
        words.Replace((byte)'_', (byte)' ');
        intake.Relation(row[4], words, row[0], byName: false);
    }
}
