using System.Text.Json;

namespace EhrR1.Cli.Tests;

public sealed class ConceptsTests
{
    [Fact]
    public async Task Concepts_OfAText_AreMarkedUpAndListed()
    {
        using var folder = await BuiltAsync();
        var shown = await Runner.SucceedInAsync(folder.FullPath, "concepts", "--text", "note.txt", "--terminology", "my.terminology");
        shown.Out.ShouldStartWith("Past Medical History:\n[Heart failure → Heart failure], no [heart\ndisease → Heart disease, negated].\n\nFamily History: [heart failure → Heart failure, of family]\n");
        shown.Out.ShouldContain("3 mentions of 2 concepts; 1 of the patient, 2 with a mark");
        var rows = shown.Out.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        rows.ShouldContain("2 19 heart disease DOID:114 Heart disease 1.00 Past Medical History negated");
        rows.ShouldContain("5 17 heart failure DOID:6000 Heart failure 1.00 Family History of family");

        using var json = JsonDocument.Parse((await Runner.SucceedInAsync(folder.FullPath, "concepts", "--text", "note.txt", "--terminology", "my.terminology", "--json")).Out);
        var mentions = json.RootElement.EnumerateArray().ToList();
        mentions.Select(m => m.GetProperty("asserted").GetBoolean()).ShouldBe([true, false, false]);
        mentions.Select(m => m.GetProperty("start").GetInt32()).ShouldBe([22, 40, 72]);
        mentions[1].GetProperty("text").GetString().ShouldBe("heart\ndisease");
        mentions[2].GetProperty("family").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Concepts_OfATextThatNamesNone_SaysSo()
    {
        using var folder = await BuiltAsync();
        var ran = await Runner.SucceedInAsync(folder.FullPath, "concepts", "--text", "note.txt", "--terminology", "my.terminology", "--types", "Amino Acid, Peptide, or Protein");
        ran.Out.ShouldContain("The text names no concept of the terminology.");
        ran.Error.ShouldNotContain("has the semantic type");
        (await Runner.SucceedInAsync(folder.FullPath, "concepts", "--text", "note.txt", "--terminology", "my.terminology", "--types", "Amino Acids")).Error
            .ShouldContain("no concept of the terminology has the semantic type \"Amino Acids\"");
    }

    [Theory]
    [InlineData("Name either a workspace or a text", "--terminology", "my.terminology")]
    [InlineData("No terminology is named", "--text", "note.txt")]
    [InlineData("The text cannot be read", "--text", "no.txt", "--terminology", "my.terminology")]
    [InlineData("cannot be opened", "--text", "note.txt", "--terminology", "no.terminology")]
    [InlineData("must be above 0", "--text", "note.txt", "--terminology", "my.terminology", "--similarity", "0")]
    public async Task Concepts_UsedWrongly_SaysWhatIsWrong(string message, params string[] arguments)
    {
        using var folder = await BuiltAsync();
        var ran = await Runner.RunInAsync(folder.FullPath, ["concepts", .. arguments]);
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(message);
    }

    private static async Task<TemporaryFolder> BuiltAsync()
    {
        var folder = new TemporaryFolder();
        TerminologyTests.Tables(folder);
        File.WriteAllText(folder.PathOf("note.txt"), "Past Medical History:\nHeart failure, no heart\ndisease.\n\nFamily History: heart failure\n");
        await Runner.SucceedInAsync(folder.FullPath, "terminology", "build", "--tables", "k", "--out", "my.terminology");
        return folder;
    }
}
