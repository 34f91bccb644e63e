using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>Reads conversations out of instruction sets, ours or any other with a column <c>messages</c> of role and content.</summary>
/// <remarks>Rows come in the order of the files' names and of the rows in them; memory does not grow with their number.</remarks>
public static partial class ConversationReader
{
    /// <summary>Reads a set.</summary>
    /// <param name="path">A folder with <c>data/*.parquet</c> or <c>*.jsonl</c> (in itself or in <c>data</c>), or one file.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <exception cref="EhrR1Exception">There is nothing to read, a file is damaged, or a row is no conversation that ends with the model.</exception>
    public static IEnumerable<Conversation> Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Files(path).SelectMany(f => ReadFile(f, cancellationToken));
    }

    /// <summary>The files of a set, in order.</summary>
    /// <exception cref="EhrR1Exception">There are none.</exception>
    internal static IReadOnlyList<string> Files(string path)
    {
        if (File.Exists(path))
            return [path];
        foreach (var folder in (ReadOnlySpan<string>)[Path.Combine(path, "data"), path])
        {
            foreach (var pattern in (ReadOnlySpan<string>)["*.parquet", "*.jsonl"])
            {
                if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } files)
                    return files;
            }
        }

        throw new EhrR1Exception("There is no instruction set here: no data/*.parquet, no *.jsonl", path, "Make one with 'ehr-r1 ins direct <workspace> --out <folder>' or 'ehr-r1 ins reason …'");
    }

    /// <summary>A file as DuckDB reads it.</summary>
    /// <param name="file">Parquet or JSON Lines.</param>
    /// <param name="columns">Names and types of the columns that are read of JSON Lines.</param>
    internal static string Source(string file, string columns)
    {
        var literal = $"'{file.Replace("'", "''", StringComparison.Ordinal)}'";
        // A line may hold a long record.
        return file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)
            ? $"read_parquet({literal})"
            : $"read_json({literal}, format = 'newline_delimited', maximum_object_size = 268435456, columns = {{{columns}}})";
    }

    private static IEnumerable<Conversation> ReadFile(string file, CancellationToken cancellationToken)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        using var command = connection.CreateCommand();
        using var reader = Open(connection, command, file);
        var row = 0;
        while (Next(reader, file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            row++;
            yield return Of(reader, file, row);
        }
    }

    private static DuckDBDataReader Open(DuckDBConnection connection, DuckDBCommand command, string file)
    {
        try
        {
            connection.Open();
            command.UseStreamingMode = true;
            command.CommandText = $"SELECT list_transform(messages, m -> m.role), list_transform(messages, m -> m.content) FROM {Source(file, "'messages': 'STRUCT(role VARCHAR, content VARCHAR)[]'")}";
            return command.ExecuteReader();
        }
        catch (DuckDBException e)
        {
            throw Damaged(file, e);
        }
    }

    private static bool Next(DuckDBDataReader reader, string file)
    {
        try
        {
            return reader.Read();
        }
        catch (DuckDBException e)
        {
            throw Damaged(file, e);
        }
    }

    private static Conversation Of(DuckDBDataReader reader, string file, int row)
    {
        var roles = reader.IsDBNull(0) ? [] : reader.GetFieldValue<List<string?>>(0);
        var contents = reader.IsDBNull(1) ? [] : reader.GetFieldValue<List<string?>>(1);
        var messages = new List<PromptMessage>(roles.Count);
        for (var i = 0; i < roles.Count; i++)
        {
            if (contents[i] is not { } content || RoleOf(roles[i]) is not { } role)
                throw Wrong(file, row);
            messages.Add(new PromptMessage(role, content));
        }

        if (messages is not [.., { Role: PromptRole.Assistant } last])
            throw Wrong(file, row);
        return new Conversation(messages, Thought().Match(last.Text) is { Success: true } thought && !string.IsNullOrWhiteSpace(thought.Groups["chain"].Value));
    }

    private static PromptRole? RoleOf(string? role) => role switch { "system" => PromptRole.System, "user" => PromptRole.User, "assistant" => PromptRole.Assistant, _ => null };

    private static EhrR1Exception Wrong(string file, int row) => new("A row is no conversation that ends with the model's message", $"{file}, row {row}", "Give rows with 'messages': a list of role (system, user, assistant) and content, the last one the assistant's");

    private static EhrR1Exception Damaged(string file, DuckDBException e) => new($"The instruction set cannot be read: {e.Message.Split('\n')[0]}", file, "Make the set again, or restore the file", e);

    [GeneratedRegex("^<think>(?<chain>.*?)</think>", RegexOptions.Singleline)]
    private static partial Regex Thought();
}
