using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Evaluation.Tests;

/// <summary>A benchmark of a few lines: two decision tasks, an extra one, two risk tasks; patients have two samples a task.</summary>
internal static class TinyBench
{
    public static readonly string[] Tasks = ["labevents", "services", "pyxis", "Inpatient_Mortality", "ICU_Readmission"];

    /// <summary>Writes the files and gives their folder.</summary>
    public static string Write(string folder, int patients = 12, bool namesPatients = true, bool discharge = false)
    {
        Directory.CreateDirectory(folder);
        var decisions = new List<string>();
        var risks = new List<string>();
        for (var subject = 1; subject <= patients; subject++)
        {
            for (var n = 0; n < 2; n++)
            {
                foreach (var task in Tasks)
                {
                    var definition = TaskCatalog.Get(task);
                    string[] labels = definition.Kind == TaskKind.Risk
                        ? [(subject + n) % 3 == 0 ? "yes" : "no"]
                        : [.. new[] { "Sodium", "Potassium", "Glucose" }.Where((_, i) => (subject + n + i) % 3 != 0)];
                    (definition.Kind == TaskKind.Risk ? risks : decisions).Add(Line(definition, subject, n, labels, namesPatients));
                }

                if (discharge)
                    decisions.Add(Line(TaskCatalog.Get("discharge"), subject, n, ["The patient did well."], namesPatients));
            }
        }

        File.WriteAllText(Path.Combine(folder, BenchmarkFiles.Decisions), string.Join("\n", decisions) + "\n");
        File.WriteAllText(Path.Combine(folder, BenchmarkFiles.Risks), string.Join("\n", risks) + "\n");
        return folder;
    }

    private static string Line(TaskDefinition task, long subject, int n, string[] labels, bool namesPatients) => JsonSerializer.Serialize(new
    {
        id = namesPatients ? $"{task.Name}-{subject}-{n}" : null,
        idx = (subject * 2) + n,
        subject_id = namesPatients ? (long?)subject : null,
        instruction = task.Instruction,
        input = Input(subject),
        output = string.Join('\n', labels),
        task_info = new { task = task.Name, task_type = task.TaskType, label = labels },
    });

    private static string Input(long subject) => new ChartMarkdown(ChartProfile.EhrBench).Render(new ChartBuilder(subject)
        .Patient(30 + (int)(subject * 5 % 60), subject % 2 == 0 ? "F" : "M")
        .Add("admissions", new DateTime(2150, 1, 1), 1, ("admission_type", subject % 3 == 0 ? "URGENT" : "ELECTIVE"))
        .Add("labevents", new DateTime(2150, 1, 2), 1, ("item_name", "Sodium"), ("valuenum", 140.0))
        .Build().Events);
}
