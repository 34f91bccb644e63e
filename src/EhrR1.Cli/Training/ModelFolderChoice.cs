using System.Text;
using EhrR1.Charts;
using EhrR1.Evaluation;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>A model folder in the place of an endpoint.</summary>
/// <param name="Folder">The folder's full path.</param>
internal sealed record ModelFolderChoice(string Folder)
{
    private const string TrainedHere = "training.json";

    // A folder of a model has one of these at least, whoever wrote it.
    private const string Configuration = "config.json";

    /// <summary>The model's name: the folder's.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder));

    /// <summary>What stands for an address while no server runs.</summary>
    public string Placeholder => $"http://127.0.0.1:9/v1#{Name}";

    /// <summary>The choice, where a path names a model folder.</summary>
    public static ModelFolderChoice? Find(string path) => File.Exists(Path.Combine(path, Configuration)) ? new ModelFolderChoice(path) : null;

    /// <summary>Fills in what the folder tells: its tokenizer, by which tokens are counted here; that the model was trained on EHR-Ins; and its hash in the place of an address that changes.</summary>
    public EndpointSourceOptions Complete(EndpointSourceOptions options) => options with
    {
        Tokenizer = options.Tokenizer ?? Folder,
        Profile = options.Profile ?? (File.Exists(Path.Combine(Folder, TrainedHere)) ? ModelProfiles.Of("ehr-r1").Name : null),
        Identity = $"model folder {Hash()}",
    };

    // Configuration, weights and tokenizer: what answers depend on.
    private string Hash()
    {
        var files = Directory.EnumerateFiles(Folder).Where(f => Path.GetExtension(f) is ".json" or ".jinja" or ".safetensors" or ".gz" && Path.GetFileName(f) != TrainedHere).Order(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var file in files)
            text.Append(Path.GetFileName(file)).Append(' ').Append(FileHash.OfFile(file)).Append('\n');
        return FileHash.OfText(text.ToString());
    }
}
