using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Loads the dictionaries, code maps and stays that event tables are joined to.</summary>
/// <remarks>Where a map has several rows for one code, the last row counts. Every table has each key once.</remarks>
internal sealed class LookupTables
{
    private readonly DuckDb _database;
    private readonly MimicSource _source;
    private readonly CodeMaps _maps;
    private readonly LookupFiles _files;

    private LookupTables(DuckDb database, MimicSource source, CodeMaps maps, LookupFiles files)
    {
        _files = files;
        _database = database;
        _source = source;
        _maps = maps;
    }

    /// <summary>Loads all of them, several at a time.</summary>
    public static void LoadAll(DuckDb database, MimicSource source, CodeMaps maps, LookupFiles files, int threads, CancellationToken cancellationToken)
    {
        Action<LookupTables>[] loads =
        [
            t => t.LoadCategories("ccs_diagnosis", "CCS_DX"),
            t => t.LoadCategories("ccs_procedure", "CCS_PCS"),
            t => t.LoadDrugClasses(),
            t => t.LoadTitles("d_icd_diagnosis", source.Find("hosp", "d_icd_diagnoses")),
            t => t.LoadTitles("d_icd_procedure", source.Find("hosp", "d_icd_procedures")),
            t => t.LoadItems("lab_item", source.Find("hosp", "d_labitems")),
            t => t.LoadItems("icu_item", source.Find("icu", "d_items")),
            t => t.LoadStays(),
            t => t.LoadExamNames(),
            t => new AdmissionHistoryLoader(t._database, source).Load(cancellationToken),
        ];
        ParallelWork.For(loads.Length, threads, i =>
        {
            using var own = database.Duplicate();
            loads[i](new LookupTables(own, source, maps, files));
        }, cancellationToken);
    }

    private void LoadItems(string table, SourceFile? file)
    {
        if (file is null)
            _database.Execute($"CREATE TABLE {table} (itemid BIGINT, label VARCHAR)");
        else
            Create(table, file, "itemid", "itemid", ("itemid", "BIGINT"), ("label", "VARCHAR"));
    }

    private void LoadTitles(string table, SourceFile? file)
    {
        if (file is null)
            _database.Execute($"CREATE TABLE {table} (icd_code VARCHAR, icd_version BIGINT, long_title VARCHAR)");
        else
            Create(table, file, "icd_code, icd_version", "icd_code", ("icd_code", "VARCHAR"), ("icd_version", "BIGINT"), ("long_title", "VARCHAR"));
    }

    private void LoadCategories(string table, string prefix)
    {
        if (!_maps.Files.TryGetValue(prefix + "_mapping", out var mapping) || !_maps.Files.TryGetValue(prefix + "_categories", out var categories))
        {
            _database.Execute($"CREATE TABLE {table} (code VARCHAR, version BIGINT, name VARCHAR)");
            return;
        }

        _files.Load(_database, table + "_row", mapping, ("category_code", "VARCHAR"), ("code", "VARCHAR"), ("vocabulary_id", "VARCHAR"));
        Create(table + "_name", categories, "category_code", "category_code", ("category_code", "VARCHAR"), ("category_desc", "VARCHAR"));
        _database.Execute(
            $"CREATE TABLE {table} AS SELECT m.code, m.version, n.category_desc AS name "
            + $"FROM (SELECT code, CASE WHEN vocabulary_id LIKE 'ICD9%' THEN 9 ELSE 10 END AS version, arg_max(category_code, n) AS category_code FROM {table}_row WHERE code IS NOT NULL GROUP BY ALL) m "
            + $"JOIN {table}_name n USING (category_code)");
    }

    private void LoadDrugClasses()
    {
        if (!_maps.Has("ATC"))
        {
            _database.Execute("CREATE TABLE ndc_class (ndc VARCHAR, code VARCHAR, name VARCHAR)");
            _database.Execute("CREATE TABLE gsn_class (gsn VARCHAR, code VARCHAR, name VARCHAR)");
            return;
        }

        Create("atc_name", _maps.Files["atc_coding"], "atc_code", "atc_code", ("atc_code", "VARCHAR"), ("atc_name", "VARCHAR"));
        _files.Load(_database, "drug_row", _maps.Files["gsn_atc_ndc_mapping"], ("gsn", "VARCHAR"), ("atc", "VARCHAR"), ("ndc", "VARCHAR"));
        _database.Execute($"CREATE TABLE drug_map AS SELECT n, {Padded("gsn", 6)} AS gsn, left(trim(atc), 5) AS code, {Padded("ndc", 11)} AS ndc, trim(ndc, '0 ') <> '' AS has_ndc FROM drug_row");
        _database.Execute("CREATE TABLE ndc_known AS SELECT ndc, arg_max(code, n) AS code FROM drug_map WHERE has_ndc AND code <> '' GROUP BY ndc");
        _database.Execute("CREATE TABLE gsn_known AS SELECT gsn, min(code) AS code FROM drug_map WHERE gsn IS NOT NULL AND code <> '' GROUP BY gsn");

        // Codes are joined as the source writes them; a cell of several GSNs gets the first one that maps.
        _database.Execute("CREATE TABLE drug_cell (gsn VARCHAR, ndc VARCHAR)");
        foreach (var file in new[] { _source.Find("hosp", "prescriptions"), _source.Find("ed", "medrecon") })
        {
            if (file is not null)
                _database.Execute($"INSERT INTO drug_cell SELECT DISTINCT gsn, ndc FROM {ReadEvents(file, ("gsn", "VARCHAR"), ("ndc", "VARCHAR"))}");
        }

        _database.Execute("CREATE TABLE ndc_class AS SELECT DISTINCT d.ndc, k.code, n.atc_name AS name FROM (SELECT DISTINCT ndc FROM drug_cell WHERE trim(ndc, '0 ') <> '') d "
            + $"JOIN ndc_known k ON k.ndc = {Padded("d.ndc", 11)} JOIN atc_name n ON n.atc_code = k.code");
        _database.Execute("CREATE TABLE gsn_class AS SELECT t.gsn, arg_min(k.code, t.place) AS code, arg_min(n.atc_name, t.place) AS name "
            + "FROM (SELECT gsn, unnest(parts) AS part, unnest(range(len(parts))) AS place FROM (SELECT DISTINCT gsn, regexp_extract_all(gsn, '[0-9]+') AS parts FROM drug_cell WHERE gsn IS NOT NULL)) t "
            + $"JOIN gsn_known k ON k.gsn = {Padded("t.part", 6)} JOIN atc_name n ON n.atc_code = k.code GROUP BY t.gsn");
    }

    private void LoadStays()
    {
        CreateStays("stay_end", _source.Find("hosp", "admissions")!, "hadm_id", ("hadm_id", "BIGINT"), ("dischtime", "TIMESTAMP"));
        if (_source.Find("ed", "edstays") is { } edstays)
            CreateStays("ed_stay", edstays, "stay_id", ("stay_id", "BIGINT"), ("hadm_id", "BIGINT"), ("intime", "TIMESTAMP"), ("outtime", "TIMESTAMP"));
        else
            _database.Execute("CREATE TABLE ed_stay (stay_id BIGINT, hadm_id BIGINT, intime TIMESTAMP, outtime TIMESTAMP)");
    }

    private void LoadExamNames()
    {
        if (_source.Find("note", "radiology_detail") is not { } detail)
        {
            _database.Execute("CREATE TABLE exam_name (note_id VARCHAR, names VARCHAR[])");
            return;
        }

        _files.Load(_database, "exam_row", detail, ("note_id", "VARCHAR"), ("field_name", "VARCHAR"), ("field_value", "VARCHAR"));
        _database.Execute("CREATE TABLE exam_name AS SELECT note_id, list(field_value ORDER BY n) AS names FROM (SELECT note_id, field_value, min(n) AS n "
            + "FROM exam_row WHERE field_name = 'exam_name' AND field_value IS NOT NULL GROUP BY note_id, field_value) GROUP BY note_id");
        _database.Execute("DROP TABLE exam_row");
    }

    private void Create(string table, SourceFile file, string key, string notNull, params (string Name, string SqlType)[] columns)
    {
        _files.Load(_database, table + "_all", file, columns);
        Create(table, table + "_all", key, notNull, columns);
        _database.Execute($"DROP TABLE {table}_all");
    }

    private void Create(string table, string rows, string key, string notNull, (string Name, string SqlType)[] columns)
    {
        var others = columns.Where(c => !key.Split(", ").Contains(c.Name, StringComparer.Ordinal)).Select(c => $"arg_max({c.Name}, n) FILTER ({c.Name} IS NOT NULL) AS {c.Name}");
        _database.Execute($"CREATE TABLE {table} AS SELECT {string.Join(", ", others.Prepend(key))} FROM {rows} WHERE {notNull} IS NOT NULL GROUP BY {key}");
    }

    private void CreateStays(string table, SourceFile file, string key, params (string Name, string SqlType)[] columns)
        => Create(table, $"(SELECT row_number() OVER () AS n, * FROM {ReadEvents(file, columns)})", key, key, columns);

    private static string Padded(string code, int length) => $"lpad(trim({code}), greatest({length}, len(trim({code})))::INTEGER, '0')";

    // A row that does not fit is reported where the table itself becomes events.
    private static string ReadEvents(SourceFile file, params (string Name, string SqlType)[] columns)
        => CsvScan.For(file, columns.Select(c => (c.Name, c.SqlType, true))).SqlPassingOverBadRows();
}
