using EhrR1.Charts;

namespace EhrR1.Models.Tests;

/// <summary>A small made-up benchmark: what is ordered next, and whether the patient dies, hang on what the input shows.</summary>
internal static class Made
{
    public static readonly string Input = Text(50, "Furosemide", "Aspirin");

    public static IEnumerable<TrainingSample> Samples(int patients, string split = "train", int seed = 1, bool flip = false)
    {
        for (var subject = 1; subject <= patients; subject++)
        {
            var random = new Random((seed * 100_000) + subject);
            var heart = random.NextDouble() < 0.4;
            var noise = random.NextDouble();
            var text = Text(40 + random.Next(40), heart ? "Furosemide" : "Insulin", noise < 0.5 ? "Aspirin" : "Heparin");
            var dies = (heart ? noise < 0.6 : noise < 0.1) != flip;
            string[] next = (heart != flip) ? ["Furosemide", "Potassium Chloride"] : noise < 0.5 ? ["Insulin", "Acetaminophen"] : ["Acetaminophen"];
            yield return new(new($"prescriptions-{subject}", "prescriptions", text), subject, split, next);
            yield return new(new($"Inpatient_Mortality-{subject}", "Inpatient_Mortality", text), subject, split, [dies ? "yes" : "no"]);
        }
    }

    public static string Text(int age, params string[] drugs)
    {
        var builder = new ChartBuilder(1).Patient(age);
        foreach (var drug in drugs)
            builder.Add("prescriptions", new DateTime(2150, 1, 1), 1, ("drug", drug));
        return new ChartMarkdown(ChartProfile.EhrBench).Render(builder.Build().Events) + "\n\nGiven the sequence of events that have occurred in a hospital, please go on.";
    }

    public static async Task<string[]> Items(ILanguageModel model, string task, string text)
    {
        var response = await model.GenerateAsync(new() { Prompt = ModelPrompt.Of(new("x", task, text)) }, TestContext.Current.CancellationToken);
        return response.Completions.Single().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static async Task<double?> Risk(ILanguageModel model, string task, string text)
        => (await model.ScoreAnswersAsync(new(ModelPrompt.Of(new("x", task, text)), ["yes", "no"]), TestContext.Current.CancellationToken))?.ShareOfFirst();

    public static string BytesOf(BaselineModel model)
    {
        var folder = Directory.CreateTempSubdirectory("ehr-r1-");
        try
        {
            model.Save(folder.FullName);
            return string.Join('\n', folder.EnumerateFiles("*", SearchOption.AllDirectories)
                .OrderBy(f => f.FullName, StringComparer.Ordinal)
                .Select(f => Path.GetRelativePath(folder.FullName, f.FullName) + "\n" + File.ReadAllText(f.FullName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
