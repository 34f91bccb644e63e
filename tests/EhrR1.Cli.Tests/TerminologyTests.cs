using System.Text.Json;

namespace EhrR1.Cli.Tests;

public sealed class TerminologyTests
{
    [Fact]
    public async Task Terminology_BuildAndLookUp_FindByNameNearlyAndByCode()
    {
        using var folder = new TemporaryFolder();
        Tables(folder);
        var built = await Runner.SucceedInAsync(folder.FullPath, "terminology", "build", "--tables", "k", "--without-basics", "--out", "my.terminology");
        built.Out.ShouldStartWith("2 concepts with 2 names, 3 codes, 0 definitions and 1 relations from k: ");
        built.Out.ShouldContain("Licence: CC0");

        var exact = await Runner.SucceedInAsync(folder.FullPath, "terminology", "lookup", "HEART failure", "--terminology", "my.terminology");
        Squeezed(exact.Out).ShouldContain("1.00 exact heart failure DOID:6000 Heart failure 1");
        exact.Out.ShouldContain("Codes: DOID:6000, ICD10CM:I509");

        using var nearly = JsonDocument.Parse((await Runner.SucceedInAsync(folder.FullPath, "terminology", "lookup", "heart failures", "--terminology", "my.terminology", "--json")).Out);
        var found = nearly.RootElement.GetProperty("concepts").EnumerateArray().ShouldHaveSingleItem();
        found.GetProperty("way").GetString().ShouldBe("approximate");
        found.GetProperty("similarity").GetDouble().ShouldBe(0.9167);
        found.GetProperty("relations").GetInt32().ShouldBe(1);

        Squeezed((await Runner.SucceedInAsync(folder.FullPath, "terminology", "lookup", "icd10cm:I50.9", "--terminology", "my.terminology")).Out).ShouldContain("code ICD10CM:I509 DOID:6000");
        (await Runner.SucceedInAsync(folder.FullPath, "terminology", "lookup", "kidney", "--terminology", "my.terminology")).Out.ShouldContain("Nothing in the terminology is similar to \"kidney\"");
        (await Runner.SucceedInAsync(folder.FullPath, "terminology", "lookup", "heart failures", "--terminology", "my.terminology", "--similarity", "0.95")).Out.ShouldContain("Nothing");
    }

    [Fact]
    public async Task Terminology_Path_NamesTheConceptsAndTheWay()
    {
        using var folder = new TemporaryFolder();
        Tables(folder);
        await Runner.SucceedInAsync(folder.FullPath, "terminology", "build", "--tables", "k", "--without-basics", "--out", "my.terminology");
        var ran = await Runner.SucceedInAsync(folder.FullPath, "terminology", "path", "heart diseases", "ICD10CM:I50.9", "--terminology", "my.terminology");
        ran.Out.ReplaceLineEndings("\n").ShouldBe("""
            "heart diseases" is taken for Heart disease (DOID:114), approximate by heart disease at 0.92
            "ICD10CM:I50.9" is taken for Heart failure (DOID:6000), code by ICD10CM:I509
               1.0  Heart disease – has subtype – Heart failure

            """.ReplaceLineEndings("\n"));

        using var json = JsonDocument.Parse((await Runner.SucceedInAsync(folder.FullPath, "terminology", "path", "heart failure", "heart disease", "--terminology", "my.terminology", "--json")).Out);
        var path = json.RootElement.GetProperty("paths").EnumerateArray().ShouldHaveSingleItem();
        path.GetProperty("words").EnumerateArray().Select(w => w.GetString()).ShouldBe(["Heart failure", "is a", "Heart disease"]);
        path.GetProperty("concepts").EnumerateArray().Select(w => w.GetString()).ShouldBe(["DOID:6000", "DOID:114"]);
        json.RootElement.GetProperty("from").GetProperty("way").GetString().ShouldBe("exact");

        (await Runner.SucceedInAsync(folder.FullPath, "terminology", "path", "heart failure", "DOID:6000", "--terminology", "my.terminology")).Out.ShouldContain("Both are one concept.");
        var none = await Runner.RunInAsync(folder.FullPath, ["terminology", "path", "heart failure", "kidney", "--terminology", "my.terminology"]);
        none.Code.ShouldBe(ExitCode.User);
        none.Error.ShouldContain("Nothing in the terminology is similar to \"kidney\"");
    }

    [Theory]
    [InlineData("No source is named", "build", "--out", "t")]
    [InlineData("No file to write is named", "build", "--tables", "k")]
    [InlineData("MRCONSO.RRF", "build", "--umls", "k", "--out", "t")]
    [InlineData("No text is given", "lookup", "--terminology", "t")]
    [InlineData("No terminology is named", "lookup", "x")]
    [InlineData("Two texts are needed", "path", "x", "--terminology", "t")]
    [InlineData("cannot be opened", "lookup", "x", "--terminology", "t")]
    [InlineData("must be above 0", "lookup", "x", "--terminology", "t", "--similarity", "2")]
    [InlineData("'search'", "search", "x")]
    public async Task Terminology_UsedWrongly_SaysWhatIsWrong(string message, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Tables(folder);
        var ran = await Runner.RunInAsync(folder.FullPath, ["terminology", .. arguments]);
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(message);
        File.Exists(folder.PathOf("t")).ShouldBeFalse();
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    internal static void Tables(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.PathOf("k"));
        File.WriteAllText(folder.PathOf("k", "sources.json"), """
            { "tables": [{ "file": "d.tsv", "licence": "CC0",
                "concepts": [{ "id": "id", "name": "name" }, { "id": "parent", "name": "parent_name" }],
                "codes": [{ "id": "id", "code": "xref" }],
                "relations": [{ "subject": "id", "object": "parent", "relation": "is a" }] }] }
            """);
        File.WriteAllText(folder.PathOf("k", "d.tsv"), "id\tname\txref\tparent\tparent_name\nDOID:6000\tHeart failure\tICD10CM:I50.9\tDOID:114\tHeart disease\n");
    }
}
