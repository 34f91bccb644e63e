using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Reasoning;

namespace EhrR1.Training;

/// <summary>The data of an export: instruction sets as 'ins' writes them, and what an engine wants otherwise.</summary>
/// <remarks>TRL computes the loss on completions alone where a row has <c>prompt</c> and <c>completion</c>; verl takes <c>messages</c>. Memory does not grow with the number of cases.</remarks>
/// <param name="DirectCases">Direct cases.</param>
/// <param name="ReasoningCases">Reasoning cases that stage 2 has.</param>
/// <param name="Prompts">Prompts.</param>
/// <param name="Files">The files of each stage, as paths from the export's folder with slashes; stage 2 has none without reasoning cases.</param>
/// <param name="Stage2Cases">Reasoning and direct cases of stage 2.</param>
/// <param name="TooLong">Reasoning cases that were left out: an engine would cut off their answers.</param>
internal sealed record ExportedData(long DirectCases, long ReasoningCases, long Prompts, IReadOnlyList<IReadOnlyList<string>> Files, long Stage2Cases, long TooLong)
{
    private const string Direct = "data/ehr-ins-direct";
    private const string Rl = "data/ehr-ins-rl";

    // Of an MD5's first eight digits, so that the same cases are chosen wherever this runs.
    private const double Hashes = 4_294_967_296.0;

    /// <summary>Writes the data.</summary>
    public static ExportedData Write(Workspace workspace, string folder, TrainingExportOptions options, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var reasoning = options.Reasoning is { } named ? InstructionManifest.Read(named) : null;
        if (reasoning is { Kind: not "reasoning" })
            throw new EhrR1Exception("The folder holds no reasoning cases", options.Reasoning, "Name one that 'ehr-r1 ins reason' wrote");
        var direct = InstructionBuild.Write(workspace, Path.Combine(folder, Direct), InstructionKind.Direct, options.Direct with { MaxTokens = PublishedRecipe.Of(PaperStage.Sft).Length }, progress, cancellationToken);
        var prompts = InstructionBuild.Write(workspace, Path.Combine(folder, Rl), InstructionKind.Reinforcement, options.Prompts with { MaxTokens = PublishedRecipe.Of(PaperStage.Rl).PromptLength }, progress, cancellationToken);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        string[] directFiles = [.. direct.Files.Select(f => $"{Direct}/{f.Path}")];
        var first = options.Engine == ExportEngine.Verl
            ? directFiles
            : [.. directFiles.Select((f, i) => { cancellationToken.ThrowIfCancellationRequested(); return Copy(connection, folder, Path.Combine(folder, f), $"data/stage1/train-{i:00000}.parquet", options.Engine, where: ""); })];
        var second = new List<string>();
        long kept = 0;
        if (reasoning is not null)
        {
            foreach (var (i, file) in reasoning.Files.Index())
                second.Add(Copy(connection, folder, Path.Combine(options.Reasoning!, file.Path), $"data/stage2/train-reasoning-{i:00000}.parquet", options.Engine, $" WHERE tokens <= {PublishedRecipe.Of(PaperStage.Reason).Length}"));
            kept = second.Sum(f => Count(connection, Path.Combine(folder, f)));
            double share = direct.Cases == 0 ? 0 : Math.Min(1, (double)kept / direct.Cases);
            foreach (var (i, file) in directFiles.Index())
                second.Add(Copy(connection, folder, Path.Combine(folder, file), $"data/stage2/train-direct-{i:00000}.parquet", options.Engine, FormattableString.Invariant($" WHERE ('0x' || md5(id)[1:8])::BIGINT < {share * Hashes}")));
        }

        long both = second.Sum(f => Count(connection, Path.Combine(folder, f)));
        return new ExportedData(direct.Cases, kept, prompts.Cases, [first, second, [.. prompts.Files.Select(f => $"{Rl}/{f.Path}")]], both, (reasoning?.Cases ?? 0) - kept);
    }

    private static string Copy(DuckDBConnection connection, string folder, string from, string to, ExportEngine engine, string where)
    {
        var path = Path.Combine(folder, to);
        Workspace.CreateFolder(Path.GetDirectoryName(path)!);
        var source = from.EndsWith(".parquet", StringComparison.Ordinal)
            ? $"read_parquet({SqlText.Literal(from)})"
            : $"read_json({SqlText.Literal(from)}, format = 'newline_delimited', maximum_object_size = 268435456, columns = {{'id': 'VARCHAR', 'task': 'VARCHAR', 'tokens': 'BIGINT', 'messages': 'STRUCT(role VARCHAR, content VARCHAR)[]'}})";
        var columns = engine == ExportEngine.Trl ? "messages[1:2] AS prompt, messages[3:3] AS completion, id, task" : "messages, id, task";
        try
        {
            Run(connection, $"COPY (SELECT {columns} FROM {source}{where}) TO {SqlText.Literal(path + AtomicFile.TemporaryEnding)} (FORMAT parquet, COMPRESSION zstd)");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path + AtomicFile.TemporaryEnding, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            AtomicFile.Commit(path);
        }
        catch (Exception e) when (e is DuckDBException or IOException)
        {
            throw new EhrR1Exception($"The cases cannot be written: {e.Message.Split('\n')[0]}", path, "Free disk space, or look at the instruction set that they come from", e);
        }

        return to;
    }

    private static long Count(DuckDBConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM read_parquet({SqlText.Literal(path)})";
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
