using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The weights in a model folder: one safetensors file, or shards with an index.</summary>
internal sealed class WeightFiles : IDisposable
{
    public const string OneFile = "model.safetensors";
    public const string Index = "model.safetensors.index.json";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n" };

    private readonly Dictionary<string, SafetensorsFile> _fileOf = new(StringComparer.Ordinal);
    private readonly List<SafetensorsFile> _files = [];

    private WeightFiles()
    {
    }

    public IReadOnlyCollection<string> Names => _fileOf.Keys;

    /// <summary>Opens all files; a shard that the index names and the folder lacks is an error.</summary>
    public static WeightFiles Open(string folder)
    {
        var weights = new WeightFiles();
        try
        {
            var index = Path.Combine(folder, Index);
            if (File.Exists(Path.Combine(folder, OneFile)))
                weights.Add(Path.Combine(folder, OneFile));
            else if (File.Exists(index))
                weights.AddShards(folder, index);
            else
                throw new EhrR1Exception($"The folder has no weights: neither {OneFile} nor {Index}", folder, "Give the folder of a model as Hugging Face has it; files named pytorch_model.bin must be converted to safetensors first");
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    public SafetensorsEntry EntryOf(string name) => _fileOf[name].Entries[name];

    public string FileOf(string name) => _fileOf[name].FullPath;

    public Tensor Read(string name) => _fileOf[name].Read(name);

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    /// <summary>Writes tensors as one file, or as shards of at most some bytes with their index; files of an earlier writing are removed last.</summary>
    public static void Write(string folder, IReadOnlyList<(string Name, Tensor Tensor)> tensors, ScalarType type, long shardBytes)
    {
        var shards = new List<List<(string Name, Tensor Tensor)>> { new() };
        long inShard = 0, total = 0;
        foreach (var tensor in tensors)
        {
            var bytes = tensor.Tensor.numel() * SafetensorsTypes.BytesOf(type);
            if (inShard > 0 && inShard + bytes > shardBytes)
            {
                shards.Add([]);
                inShard = 0;
            }

            shards[^1].Add(tensor);
            inShard += bytes;
            total += bytes;
        }

        var written = new HashSet<string>(StringComparer.Ordinal);
        if (shards.Count == 1)
        {
            SafetensorsWriter.Write(Path.Combine(folder, OneFile), shards[0], type);
            written.Add(OneFile);
        }
        else
        {
            var map = new JsonObject();
            for (var i = 0; i < shards.Count; i++)
            {
                var name = $"model-{i + 1:00000}-of-{shards.Count:00000}.safetensors";
                SafetensorsWriter.Write(Path.Combine(folder, name), shards[i], type);
                written.Add(name);
                foreach (var tensor in shards[i])
                    map[tensor.Name] = name;
            }

            AtomicFile.WriteText(Path.Combine(folder, Index), new JsonObject { ["metadata"] = new JsonObject { ["total_size"] = total }, ["weight_map"] = map }.ToJsonString(_indented) + "\n");
            written.Add(Index);
        }

        foreach (var old in Directory.EnumerateFiles(folder, "model*.safetensors*").Where(f => !written.Contains(Path.GetFileName(f))).ToList())
            File.Delete(old);
    }

    private void AddShards(string folder, string index)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(index));
        var map = json.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
        foreach (var shard in map.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(shard) != shard)
                throw new EhrR1Exception($"The index of weights names a file outside of its folder, {shard}", index, "Copy the model's files again, all of one version");
            var path = Path.Combine(folder, shard);
            if (!File.Exists(path))
                throw new EhrR1Exception($"The file of weights {shard} is missing", path, "Copy the model's files again; the index names every one that is needed");
            Add(path);
        }

        foreach (var (name, shard) in map)
        {
            if (!_fileOf.TryGetValue(name, out var file) || Path.GetFileName(file.FullPath) != shard)
                throw new EhrR1Exception($"The tensor {name} is not in {shard}, where the index has it", index, "Copy the model's files again, all of one version");
        }
    }

    private void Add(string path)
    {
        var file = SafetensorsFile.Open(path);
        _files.Add(file);
        foreach (var name in file.Entries.Keys)
        {
            if (!_fileOf.TryAdd(name, file))
                throw new EhrR1Exception($"Two files of weights have a tensor {name}", path, "Copy the model's files again, all of one version");
        }
    }
}
