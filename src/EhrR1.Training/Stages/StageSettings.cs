using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>All settings of one training stage, as a configuration file holds them.</summary>
public sealed record StageSettings
{
    /// <summary>How settings are written: snake case, and a name that is not known is an error.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Stages 1 and 2. The default value is that of stage 1.</summary>
    public FineTuningOptions FineTuning { get; init; } = new();

    /// <summary>Stage 3.</summary>
    public ReinforcementOptions Reinforcement { get; init; } = new();

    /// <summary>The weights of the reward of stage 3. The default value is the published reward: accuracy and format.</summary>
    public RewardWeights Reward { get; init; } = new();

    /// <summary>LoRA, which is trained in place of the whole model; <see langword="null"/>, the default value, trains the whole model, as published.</summary>
    public LowRankOptions? Lora { get; init; }

    /// <summary>Where and how it is computed.</summary>
    public ComputeSettings Compute { get; init; } = new();

    /// <summary>The published settings of a stage.</summary>
    public static StageSettings Published(TrainingStageKind stage) => stage == TrainingStageKind.ReasoningEnhancement
        ? new StageSettings { FineTuning = new FineTuningOptions { Epochs = 5, BatchSize = 512, MaxTokens = 12_288, PackTokens = 12_288 } }
        : new StageSettings();

    /// <summary>The settings with LoRA, and with learning rates that are <see cref="LowRankOptions.RateFactor"/> times as high.</summary>
    public StageSettings With(LowRankOptions lora)
    {
        ArgumentNullException.ThrowIfNull(lora);
        return this with
        {
            Lora = lora,
            FineTuning = FineTuning with { LearningRate = FineTuning.LearningRate * LowRankOptions.RateFactor },
            Reinforcement = Reinforcement with { LearningRate = Reinforcement.LearningRate * LowRankOptions.RateFactor },
        };
    }

    /// <summary>Reads a configuration file; what it leaves out is as given.</summary>
    /// <param name="path">The file, JSON with comments.</param>
    /// <param name="otherwise">What holds where the file says nothing.</param>
    /// <exception cref="EhrR1Exception">The file cannot be read, names a setting that is not known or one twice, or has one that is out of its range.</exception>
    public static StageSettings Read(string path, StageSettings otherwise)
    {
        try
        {
            var given = JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false }) as JsonObject
                ?? throw new JsonException("It is no JSON object.");
            var all = (JsonObject)JsonSerializer.SerializeToNode(otherwise, Json)!;
            Overlay(all, given);
            var settings = all.Deserialize<StageSettings>(Json)!;
            settings.Check(path);
            return settings;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new EhrR1Exception($"The configuration cannot be read: {e.Message}", path, "Correct it; 'ehr-r1 train sft --show-config' prints a whole one", e);
        }
    }

    /// <summary>Checks that all settings are in their ranges.</summary>
    /// <param name="where">What to name in the error, such as a configuration file.</param>
    /// <exception cref="EhrR1Exception">One is not; the message names it with its range.</exception>
    public void Check(string? where = null)
    {
        FineTuning.Check(where);
        Reinforcement.Check(where);
        Reward.Check(where);
        Lora?.Check(where);
        Compute.Check(where);
    }

    /// <summary>The settings as a configuration file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    private static void Overlay(JsonObject below, JsonObject above)
    {
        foreach (var (name, value) in above.ToList())
        {
            // LoRA alone is a group of settings that may be absent.
            if (value is null && below[name] is JsonObject && name != "lora")
                throw new JsonException($"{name} is null, and is a group of settings: leave it out, or write them in braces.");
            if (value is JsonObject inner && below[name] is JsonObject old)
                Overlay(old, inner);
            else
                below[name] = value?.DeepClone();
        }
    }
}
