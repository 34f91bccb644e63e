using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Hospital;

/// <summary>Writes a hospital that never was: a causal model of patients in the file layout of MIMIC-IV 3.1, with the truth behind it.</summary>
/// <remarks>
/// The folder gets <c>hosp</c>, <c>icu</c>, <c>ed</c> and <c>note</c> with gzipped CSV tables, <c>maps</c> with the code maps, <c>truth</c> with the relations used and
/// the true probability of each risk outcome, and <c>manifest.json</c>. A patient follows from the seed and the patient's id alone, so the files depend neither on the
/// number of threads nor, for the patients they share, on the number of patients. Memory does not grow with the number of patients. Safe for several threads.
/// </remarks>
public sealed class SyntheticHospital
{
    private const string ManifestName = "manifest.json";
    private const string Generator = "ehr-r1 synthetic hospital";
    private const int GeneratorVersion = 1;

    // Fixed, so that the bytes of a file follow from its patients and not from how the work was split.
    private const int PatientsAPiece = 20;
    private static readonly string[] Folders = ["hosp", "icu", "ed", "note", "maps", "truth"];

    /// <summary>Writes the hospital.</summary>
    /// <param name="folder">The folder; made if missing; must be empty or an earlier synthetic hospital, which is then replaced.</param>
    /// <param name="options">What to write.</param>
    /// <param name="patientsDone">Told the number of patients written so far; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; what was written stays under temporary names.</param>
    /// <returns>Counts of what was written.</returns>
    /// <exception cref="EhrR1Exception">The folder holds something else, cannot be written, or an option is out of range.</exception>
    public async Task<HospitalSummary> WriteAsync(string folder, HospitalOptions options, IProgress<long>? patientsDone = null, CancellationToken cancellationToken = default)
    {
        Check(options);
        try
        {
            Prepare(folder, options);
            return await Task.Run(() => WriteAll(folder, options, patientsDone, cancellationToken), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception("The synthetic hospital could not be written: " + error.Message.TrimEnd('.'), folder, "Check the permissions of the folder and the space left on the disk", error);
        }
    }

    private static void Check(HospitalOptions options)
    {
        if (options.Patients is < 1 or > 600_000)
            throw new EhrR1Exception($"{options.Patients} patients cannot be made", null, "Choose a number from 1 to 600000");
        if (options.StartYear is < 1 or > 9000 || options.Years is < 1 or > 500)
            throw new EhrR1Exception($"The calendar {options.StartYear} + {options.Years} years is out of range", null, "Choose a start year from 1 to 9000 and 1 to 500 years");
        if (options.Threads < 1)
            throw new EhrR1Exception($"{options.Threads} threads cannot work", null, "Choose at least one thread");
    }

    private static void Prepare(string folder, HospitalOptions options)
    {
        if (File.Exists(folder))
            throw new EhrR1Exception("The target is a file", folder, "Name a folder");
        OwnerOnly.CreateFolder(folder);
        var manifest = Path.Combine(folder, ManifestName);
        if (Directory.EnumerateFileSystemEntries(folder).Any() && !(File.Exists(manifest) && File.ReadAllText(manifest).Contains(Generator, StringComparison.Ordinal)))
            throw new EhrR1Exception("The folder is not empty and holds no synthetic hospital", folder, "Name an empty or a new folder");
        WriteManifest(folder, options, null);
        foreach (var name in Folders)
        {
            OwnerOnly.CreateFolder(Path.Combine(folder, name));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, name)).Where(f => f.EndsWith(".csv", StringComparison.Ordinal) || f.EndsWith(".csv.gz", StringComparison.Ordinal) || f.EndsWith(".partial", StringComparison.Ordinal)))
                File.Delete(file);
        }
    }

    private static HospitalSummary WriteAll(string folder, HospitalOptions options, IProgress<long>? patientsDone, CancellationToken cancellationToken)
    {
        var content = HospitalContent.Shared;
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var files = new List<TableFile>();
        try
        {
            foreach (var table in Dictionaries.All(content).Concat(CodeMaps.All(content)).Concat(TrueRelations.Files(content, HospitalConcepts.Shared)))
            {
                rows[table.Path] = table.Write(folder, out var file);
                files.Add(file);
            }
            var tables = TableSchema.All.Select(s => new TableFile(Path.Combine(folder, s.Path), s.Header)).ToArray();
            files.AddRange(tables);
            var counts = new PatientPipeline(content, options, PatientsAPiece).Run(tables, patientsDone, cancellationToken);
            foreach (var schema in TableSchema.All)
                rows[schema.Path] = counts[(int)schema.Table];
            foreach (var file in files)
                file.Publish();
        }
        finally
        {
            foreach (var file in files)
                file.Dispose();
        }
        var summary = new HospitalSummary(folder, options.Patients, rows["hosp/admissions.csv.gz"], rows["ed/edstays.csv.gz"], rows["icu/icustays.csv.gz"], rows);
        WriteManifest(folder, options, summary);
        return summary;
    }

    private static void WriteManifest(string folder, HospitalOptions options, HospitalSummary? summary)
    {
        using var stream = OwnerOnly.Create(Path.Combine(folder, ManifestName + ".partial"));
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("generator", Generator);
            json.WriteNumber("generator_version", GeneratorVersion);
            json.WriteBoolean("synthetic", true);
            json.WriteBoolean("complete", summary is not null);
            json.WriteString("layout", "MIMIC-IV 3.1");
            json.WriteNumber("seed", options.Seed);
            json.WriteNumber("patients", options.Patients);
            json.WriteNumber("start_year", options.StartYear);
            json.WriteNumber("years", options.Years);
            json.WriteStartObject("rows");
            foreach (var (path, count) in summary?.Rows ?? new Dictionary<string, long>())
                json.WriteNumber(path, count);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        stream.Dispose();
        File.Move(Path.Combine(folder, ManifestName + ".partial"), Path.Combine(folder, ManifestName), overwrite: true);
    }
}
