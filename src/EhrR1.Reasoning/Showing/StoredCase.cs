using System.Text.Json;
using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>A case of an instruction set as it is read back from its files.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="SampleId">The sample's id.</param>
/// <param name="Kind">What it teaches: <c>direct</c>, <c>reasoning</c> or <c>rl</c>.</param>
/// <param name="Teacher">Who wrote the chain; empty where there is none.</param>
/// <param name="Labels">The right answer.</param>
/// <param name="User">The user's message.</param>
/// <param name="Assistant">The assistant's message; empty for a prompt.</param>
public sealed record StoredCase(string Id, string SampleId, string Kind, string Teacher, IReadOnlyList<string> Labels, string User, string Assistant)
{
    private const string Opens = "<think>";
    private const string Closes = "</think>";

    /// <summary>The chain between the <c>think</c> tags; empty where there is none.</summary>
    public string Chain => Assistant.StartsWith(Opens, StringComparison.Ordinal) && Assistant.IndexOf(Closes, StringComparison.Ordinal) is > 0 and var end ? Assistant[Opens.Length..end].Trim() : "";

    /// <summary>Finds a case by its id, or the first of a sample.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="id">The case's id, or the sample's.</param>
    /// <returns>The case, or <see langword="null"/> where the set has none of that id.</returns>
    /// <exception cref="EhrR1Exception">The folder holds no finished instruction set, or a file is damaged.</exception>
    public static StoredCase? Find(string folder, string id)
    {
        var files = InstructionFiles.Of(folder);
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT id, sample_id, kind, teacher, to_json(labels), to_json(messages) FROM {files.Source} WHERE id = {SqlText.Literal(id)} OR sample_id = {SqlText.Literal(id)} ORDER BY (id = {SqlText.Literal(id)}) DESC, id LIMIT 1";
            using var reader = command.ExecuteReader();
            return reader.Read() ? Read(reader) : null;
        }
        catch (DuckDBException e)
        {
            throw new EhrR1Exception($"The instruction set cannot be read: {e.Message.Split('\n')[0]}", folder, "Make the set again in a new folder, or restore its files", e);
        }
    }

    /// <summary>A sample with what the case shows of it, for cases whose workspace is not at hand; the times around it are not known.</summary>
    /// <returns>The sample, or <see langword="null"/> where the case is of a task that this program does not have.</returns>
    public Sample? ToSample()
    {
        if (SampleId.Split('-') is not [var task, ..] || !TaskCatalog.TryGet(task, out var definition))
            return null;
        int end = User.LastIndexOf("\n" + definition!.Instruction, StringComparison.Ordinal);
        return new Sample
        {
            Row = new TaskIndexRow
            {
                Id = SampleId, Task = task, SubjectId = ChainBatches.SubjectOf(SampleId) ?? 0, Event = "", AnchorTime = DateTime.MaxValue, PredictionTime = DateTime.MaxValue,
                ContextEvents = 0, PatientEvents = 0, Labels = Labels, Split = "",
            },
            Profile = ChartProfile.EhrBench,
            Input = end < 0 ? User : User[..end],
            Candidates = [],
            Items = [],
        };
    }

    private static StoredCase Read(DuckDBDataReader row)
    {
        var messages = JsonSerializer.Deserialize<Dictionary<string, string>[]>(row.GetString(5))!;
        string Said(string role) => messages.FirstOrDefault(m => m["role"] == role)?["content"] ?? "";
        return new StoredCase(
            row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? "" : row.GetString(3), JsonSerializer.Deserialize<string[]>(row.GetString(4))!, Said(CaseColumns.UserRole), Said(CaseColumns.AssistantRole));
    }
}
