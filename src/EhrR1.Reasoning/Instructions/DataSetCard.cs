using System.Globalization;
using System.Text;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Writes the card of an instruction set, as Hugging Face's data sets have one: a YAML header, then what the set is and where it comes from.</summary>
public static class DataSetCard
{
    private static readonly (long Below, string Name)[] _sizes =
    [
        (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"), (long.MaxValue, "10M<n<100M"),
    ];

    /// <summary>The card's text.</summary>
    /// <param name="manifest">What the set says of itself.</param>
    /// <param name="split">The split that its patients are of.</param>
    public static string Text(InstructionManifest manifest, string split)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var isSynthetic = (bool?)manifest.Source["synthetic"] == true;
        var text = new StringBuilder();
        AppendHeader(text, manifest, split, isSynthetic);
        text.Append(CultureInfo.InvariantCulture, $"\n# {TitleOf(manifest)}\n\n{Purpose(manifest)}\n\n");
        text.Append("## Where it comes from\n\n").Append(isSynthetic
            ? "The patients are made up: a causal model wrote them, no record of a person stands behind any of it. The set may be used and shared freely (CC0).\n\n"
            : "The texts are parts of patients' records. **They must not be shared**: the agreement under which you hold the records covers this set as well. For MIMIC-IV it is PhysioNet's "
                + "credentialed data use agreement; whoever works with the set must have signed it, and it must not be sent to services of third parties.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Made by {manifest.Program}, profile `{manifest.Source["profile"]}`, seed {manifest.Source["seed"]}, from patients of the split `{split}`. ");
        text.Append("Settings and a hash of each file stand in `manifest.json`. Tasks, questions and form are those of the EHR-R1 paper (arXiv 2510.25628).\n\n");
        AppendColumns(text, manifest);
        AppendCounts(text, manifest);
        AppendAttrition(text, manifest);
        return text.ToString();
    }

    private static void AppendHeader(StringBuilder to, InstructionManifest manifest, string split, bool isSynthetic)
    {
        var ending = Path.GetExtension(manifest.Files[0].Path);
        to.Append("---\nlanguage:\n  - en\n");
        to.Append(isSynthetic
            ? "license: cc0-1.0\n"
            : "license: other\nlicense_name: physionet-credentialed-health-data-license-1.5.0\nlicense_link: https://physionet.org/content/mimiciv/view-license/3.1/\n");
        to.Append(CultureInfo.InvariantCulture, $"pretty_name: {TitleOf(manifest)}\ntask_categories:\n  - text-generation\n  - question-answering\n");
        to.Append("tags:\n  - medical\n  - electronic-health-records\n");
        if (isSynthetic)
            to.Append("  - synthetic\n");
        to.Append(CultureInfo.InvariantCulture, $"size_categories:\n  - {_sizes.First(s => manifest.Cases < s.Below).Name}\n");
        to.Append(CultureInfo.InvariantCulture, $"configs:\n  - config_name: default\n    data_files:\n      - split: {split}\n        path: data/{split}-*{ending}\n---\n");
    }

    private static string TitleOf(InstructionManifest manifest) => manifest.Kind switch
    {
        "rl" => "EHR-Ins prompts for reinforcement learning",
        "reasoning" => "EHR-Ins reasoning cases",
        _ => "EHR-Ins direct cases",
    };

    private static string Purpose(InstructionManifest manifest) => manifest.Kind switch
    {
        "rl" => "Prompts with the right answer beside them. A policy writes its answers to them and is rewarded by rule; decisions are thought about first, risks are answered at once.",
        "reasoning" => "Each case shows a part of a patient's record, a question, a chain of reasoning and the answer. Of each sample one chain was kept: the best that passes the published filter and a check against the record.",
        _ => "Each case shows a part of a patient's record, a question and the answer, without reasoning: training on it adapts a model to the domain.",
    };

    private static void AppendColumns(StringBuilder to, InstructionManifest manifest)
    {
        to.Append("## Columns\n\n| column | what it holds |\n|---|---|\n");
        to.Append(manifest.Kind == "rl"
            ? """
            | data_source, prompt, ability, reward_model, extra_info | what verl reads; `prompt` is a list of {role, content}, `ground_truth` a JSON list of items, or yes or no |
            | id, task, labels, tokens | the sample, its task, its answer, the prompt's tokens: TRL hands them to reward functions |

            """
            : """
            | messages | the conversation, a list of {role, content}: system, user, assistant |
            | id, sample_id | the case and the sample it was made of |
            | subject_id, task, task_type, split | the patient, the task, its family, the patient's split |
            | kind, teacher | `direct` or `reasoning`; who wrote the chain |
            | labels | the answer's items, or yes or no |
            | tokens | the tokens of all messages |

            """);
        var counted = manifest.TokensBy == "estimate" ? "estimated" : "counted by the model's tokenizer";
        to.Append(CultureInfo.InvariantCulture, $"\nTokens are {counted}, without a chat template's own. Cases stand in the order of the patients: shuffle them for training.\n\n");
    }

    private static void AppendCounts(StringBuilder to, InstructionManifest manifest)
    {
        var mean = (double)manifest.Characters / Math.Max(1, manifest.Cases);
        to.Append(CultureInfo.InvariantCulture, $"## Counts\n\n{manifest.Cases:#,0} cases in {manifest.Files.Count:#,0} file{(manifest.Files.Count == 1 ? "" : "s")}, {manifest.Tokens:#,0} tokens, {mean:#,0} characters a question in the mean.");
        if (manifest.TooLong > 0)
            to.Append(CultureInfo.InvariantCulture, $" {manifest.TooLong:#,0} samples were left out: question and answer alone are longer than the budget.");
        to.Append("\n\n| task | family | cases |\n|---|---|---|\n");
        foreach (var (task, cases) in manifest.Tasks)
            to.Append(CultureInfo.InvariantCulture, $"| {task} | {TaskCatalog.Get(task).TaskType.Replace('_', ' ')} | {cases:#,0} |\n");
    }

    private static void AppendAttrition(StringBuilder to, InstructionManifest manifest)
    {
        if (manifest.Attrition is not { } attrition || manifest.Cost is not { } cost)
            return;
        to.Append(CultureInfo.InvariantCulture, $"\n## How the chains came about\n\nTeacher: {string.Join(", ", cost.Select(c => $"{c.Teacher} ({c.Requests:#,0} requests, {c.PromptTokens:#,0} tokens read, {c.CompletionTokens:#,0} written)"))}. ");
        to.Append("Samples left after each step:\n\n| task | samples | with graph | asked | answered | readable | passed filter | passed measures | passed grounding | kept |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var task in attrition)
            to.Append(CultureInfo.InvariantCulture, $"| {task.Task} | {task.Samples:#,0} | {task.WithGraph:#,0} | {task.Asked:#,0} | {task.Answered:#,0} | {task.Readable:#,0} | {task.PassedFilter:#,0} | {task.PassedMeasures:#,0} | {task.PassedGrounding:#,0} | {task.Kept:#,0} |\n");
        if (manifest.EvidenceCut > 0)
            to.Append(CultureInfo.InvariantCulture, $"\n{manifest.EvidenceCut:#,0} samples were left out because the budget of tokens cuts off what their chains cite.\n");
    }
}
