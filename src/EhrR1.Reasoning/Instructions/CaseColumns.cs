using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>The values of a case that every format writes alike.</summary>
internal static class CaseColumns
{
    public const string SystemRole = "system";
    public const string UserRole = "user";
    public const string AssistantRole = "assistant";

    /// <summary>How verl names the way to a reward: by rule.</summary>
    public const string RewardStyle = "rule";

    public static string NameOf(InstructionKind kind) => kind switch
    {
        InstructionKind.Reasoning => "reasoning",
        InstructionKind.Reinforcement => "rl",
        _ => "direct",
    };

    /// <summary>What verl chooses a reward and groups its measures by.</summary>
    public static string DataSourceOf(InstructionCase of) => $"ehr-ins/{of.Task.Name}";

    /// <summary>The right answer as one text: the items as a JSON array, or yes or no.</summary>
    public static string GroundTruthOf(InstructionCase of) => of.Task.Kind == TaskKind.Risk ? of.Labels[0] : TaskTarget.ToJson(TaskKind.Decision, of.Labels);
}
