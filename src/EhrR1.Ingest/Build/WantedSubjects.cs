using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Loads the patients that were asked for, if not all are wanted.</summary>
internal static class WantedSubjects
{
    public static void Load(DuckDb database, MimicSource source, BuildOptions options)
    {
        if (options.Subjects is null && options.LimitPatients is null)
            return;
        var patients = source.Find("hosp", "patients")!;
        SourceCheck.Verify(patients);

        // A row that does not fit is reported when the table itself is read.
        var scan = CsvScan.For(patients, [("subject_id", "BIGINT", true)]).SqlPassingOverBadRows();
        database.Execute("CREATE TABLE asked (subject_id BIGINT)");
        if (options.Subjects is { } subjects)
        {
            using var appender = database.Appender("asked");
            foreach (var subject in subjects)
                appender.CreateRow().AppendValue(subject).EndRow();
        }

        var among = options.Subjects is null ? "" : " AND subject_id IN (SELECT subject_id FROM asked)";
        var limit = options.LimitPatients is { } count ? $" LIMIT {count}" : "";
        database.Execute($"CREATE TABLE wanted AS SELECT DISTINCT subject_id FROM {scan} WHERE subject_id IS NOT NULL{among} ORDER BY subject_id{limit}");
        if (options.Subjects is { Count: > 0 } asked && database.Scalar("SELECT count(*) FROM wanted") == 0)
            throw new EhrR1Exception($"None of the {asked.Count} subjects asked for is in the source", patients.Path, "Check the file of subject ids");
    }
}
