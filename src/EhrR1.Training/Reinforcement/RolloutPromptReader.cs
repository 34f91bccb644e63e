using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>Reads the prompts that <c>ins rl</c> writes.</summary>
public static class RolloutPromptReader
{
    /// <summary>Reads a set, in the order of its files and rows.</summary>
    /// <param name="path">A folder with <c>data/*.parquet</c> or <c>*.jsonl</c>, or one file.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="EhrR1Exception">There is nothing to read, or a row is no prompt of a known task.</exception>
    public static IReadOnlyList<RolloutPrompt> Read(string path, CancellationToken cancellationToken = default)
    {
        var prompts = new List<RolloutPrompt>();
        foreach (var file in ConversationReader.Files(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                ReadFile(file, prompts, cancellationToken);
            }
            catch (DuckDBException e)
            {
                throw new EhrR1Exception($"The prompts cannot be read: {e.Message.Split('\n')[0]}", file, "Give a set that 'ehr-r1 ins rl <workspace> --out <folder>' wrote", e);
            }
        }

        return prompts.Count > 0 ? prompts : throw new EhrR1Exception("The set holds no prompt", path, "Make one with more patients");
    }

    private static void ReadFile(string file, List<RolloutPrompt> prompts, CancellationToken cancellationToken)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id, task, labels, list_transform(prompt, m -> m.role), list_transform(prompt, m -> m.content), extra_info.subject_id FROM {ConversationReader.Source(file, "'id': 'VARCHAR', 'task': 'VARCHAR', 'labels': 'VARCHAR[]', 'prompt': 'STRUCT(role VARCHAR, content VARCHAR)[]', 'extra_info': 'STRUCT(subject_id BIGINT)'")}";
        using var reader = command.ExecuteReader();
        for (var row = 1; reader.Read(); row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.IsDBNull(0) || reader.IsDBNull(1) || reader.IsDBNull(2) || reader.IsDBNull(3) || reader.IsDBNull(4) || reader.IsDBNull(5) || !TaskCatalog.TryGet(reader.GetString(1), out var task))
                throw new EhrR1Exception("A row is no prompt of a known task", $"{file}, row {row}", "Give a set that 'ehr-r1 ins rl <workspace> --out <folder>' wrote");
            var (roles, contents) = (reader.GetFieldValue<List<string?>>(3), reader.GetFieldValue<List<string?>>(4));
            prompts.Add(new RolloutPrompt(
                reader.GetString(0),
                reader.GetInt64(5),
                task!,
                [.. reader.GetFieldValue<List<string?>>(2).Select(l => l ?? "")],
                [.. roles.Select((r, i) => new PromptMessage(r == "system" ? PromptRole.System : r == "assistant" ? PromptRole.Assistant : PromptRole.User, contents[i] ?? ""))]));
        }
    }
}
