namespace EhrR1.Ingest;

/// <summary>Fills the lookup from stays to the histories in their discharge notes.</summary>
internal sealed class AdmissionHistoryLoader(DuckDb database, MimicSource source)
{
    public void Load(CancellationToken cancellationToken)
    {
        database.Execute("CREATE TABLE admission_history (hadm_id BIGINT, admission_info VARCHAR)");
        if (source.Find("note", "discharge") is not { } notes)
            return;
        var rows = CsvScan.For(notes, [("hadm_id", "BIGINT", true), ("text", "VARCHAR", true)]).SqlPassingOverBadRows();
        using var second = database.Duplicate();
        using (var appender = second.Appender("admission_history"))
        {
            // A stay with several notes has the history of its first.
            var seen = new HashSet<long>();
            database.Read($"SELECT hadm_id, text FROM {rows} WHERE hadm_id IS NOT NULL AND text IS NOT NULL", row =>
            {
                if (AdmissionHistory.From(row.GetString(1)) is { } history && seen.Add(row.GetInt64(0)))
                    appender.CreateRow().AppendValue(row.GetInt64(0)).AppendValue(history).EndRow();
            }, cancellationToken);
        }
    }
}
