using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The folder of a running build inside its workspace: what is finished of it, for this input and these settings only.</summary>
internal sealed class StagingFolder(Workspace workspace, string fingerprint)
{
    private readonly string _folder = workspace.PathOf("staging");

    private string TablesFolder => Path.Combine(_folder, "tables");

    private string SpillFolder => Path.Combine(_folder, "spill");

    public StagingPlace Place => new(TablesFolder, SpillFolder);

    private string ShardsFolder => Path.Combine(_folder, "shards");

    private string Mark => Path.Combine(_folder, "fingerprint.txt");

    private string ShardsMark => Path.Combine(_folder, "shards-begun.txt");

    /// <summary>Whether an interrupted build of the same input had begun to replace the charts.</summary>
    public bool ShardsBegun => File.Exists(ShardsMark);

    /// <summary>Keeps what an interrupted build of the same input left and clears what another left; finished charts stay.</summary>
    public void Prepare()
    {
        if (!File.Exists(Mark) || File.ReadAllText(Mark) != fingerprint)
        {
            Delete();
            Workspace.CreateFolder(_folder);
            AtomicFile.WriteText(Mark, fingerprint);
        }

        if (Directory.Exists(SpillFolder))
            Directory.Delete(SpillFolder, recursive: true);
        foreach (var folder in new[] { TablesFolder, ShardsFolder, SpillFolder })
            Workspace.CreateFolder(folder);
    }

    /// <summary>Clears the charts of an earlier build: the source has been read without fault, so they are about to be replaced.</summary>
    public void BeginShards()
    {
        foreach (var folder in new[] { ChartSchema.Folder, PublishedIndexSchema.Folder }.Select(f => workspace.PathOf(f)).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        Workspace.CreateFolder(workspace.PathOf(ChartSchema.Folder));
        AtomicFile.WriteText(ShardsMark, fingerprint);
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
