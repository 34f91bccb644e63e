using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The folder of a running build inside its workspace: what is finished of it, for this input and these settings only.</summary>
internal sealed class StagingFolder(Workspace workspace, string fingerprint)
{
    private readonly string _folder = workspace.PathOf("staging");

    public string TablesFolder => Path.Combine(_folder, "tables");

    public string SpillFolder => Path.Combine(_folder, "spill");

    private string ShardsFolder => Path.Combine(_folder, "shards");

    private string Mark => Path.Combine(_folder, "fingerprint.txt");

    /// <summary>Keeps what an interrupted build of the same input left; clears everything else, old charts included.</summary>
    public void Prepare()
    {
        if (!File.Exists(Mark) || File.ReadAllText(Mark) != fingerprint)
        {
            Delete();
            if (Directory.Exists(workspace.PathOf(ChartSchema.Folder)))
                Directory.Delete(workspace.PathOf(ChartSchema.Folder), recursive: true);
            Workspace.CreateFolder(_folder);
            AtomicFile.WriteText(Mark, fingerprint);
        }

        if (Directory.Exists(SpillFolder))
            Directory.Delete(SpillFolder, recursive: true);
        foreach (var folder in new[] { TablesFolder, ShardsFolder, SpillFolder, workspace.PathOf(ChartSchema.Folder) })
            Workspace.CreateFolder(folder);
    }

    public JsonObject? FindShard(int number) => File.Exists(ShardNote(number)) ? JsonNode.Parse(File.ReadAllText(ShardNote(number)))!.AsObject() : null;

    public JsonObject KeepShard(int number, JsonObject note)
    {
        AtomicFile.WriteText(ShardNote(number), note.ToJsonString());
        return note;
    }

    public void Delete()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private string ShardNote(int number) => Path.Combine(ShardsFolder, $"{number:D5}.json");
}
