using System.Text.Json.Nodes;
using EhrR1.Charts;
using YamlDotNet.RepresentationModel;

namespace EhrR1.Reasoning.Tests;

public sealed class DataSetCardTests
{
    [Theory]
    [InlineData(InstructionKind.Direct, InstructionFormat.Parquet, "data/train-*.parquet")]
    [InlineData(InstructionKind.Reinforcement, InstructionFormat.JsonLines, "data/train-*.jsonl")]
    public void Header_OfAWrittenSet_IsYamlThatNamesLicenceAndFiles(InstructionKind kind, InstructionFormat format, string pattern)
    {
        using var workspace = new InsWorkspace(2);
        workspace.Write("set", new InstructionOptions { Format = format }, kind);

        var header = HeaderOf(File.ReadAllText(workspace.PathOf("set/README.md")));

        header["license"].ToString().ShouldBe("other");
        header["license_name"].ToString().ShouldContain("physionet-credentialed");
        header["task_categories"][0].ToString().ShouldBe("text-generation");
        header["size_categories"][0].ToString().ShouldBe("n<1K");
        var files = header["configs"][0]["data_files"][0];
        files["split"].ToString().ShouldBe("train");
        files["path"].ToString().ShouldBe(pattern);
        Directory.EnumerateFiles(workspace.PathOf("set/data"), Path.GetFileName(pattern)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Text_OfMadeUpPatients_IsFree()
    {
        var manifest = Manifest(synthetic: true, cases: 1_234_567);

        var header = HeaderOf(DataSetCard.Text(manifest, "train"));

        header["license"].ToString().ShouldBe("cc0-1.0");
        header["tags"].ToString().ShouldContain("synthetic");
        header["size_categories"][0].ToString().ShouldBe("1M<n<10M");
        Snapshot.ShouldMatch(DataSetCard.Text(manifest, "train"), "Card.expected.md");
    }

    [Fact]
    public void Text_OfRecords_SaysThatTheyMustNotBeShared() =>
        DataSetCard.Text(Manifest(synthetic: false, cases: 10), "train").ShouldContain("must not be shared");

    private static InstructionManifest Manifest(bool synthetic, long cases) => new()
    {
        Kind = "direct",
        Program = "ehr-r1 0.0.0",
        Fingerprint = "f",
        Settings = [],
        Source = new JsonObject { ["profile"] = "ehr-bench", ["seed"] = 7, ["synthetic"] = synthetic },
        Cases = cases,
        Tasks = new Dictionary<string, long> { ["poe"] = cases - 10, ["Inpatient_Mortality"] = 10 },
        TooLong = 3,
        Characters = cases * 40_000,
        Tokens = cases * 16_000,
        TokensBy = "estimate",
        Files = [new OutputFile("data/train-00000-of-00001.parquet", 1, "0", cases)],
    };

    private static YamlMappingNode HeaderOf(string card)
    {
        var parts = card.Split("---\n");
        parts[0].ShouldBeEmpty();
        var yaml = new YamlStream();
        using var text = new StringReader(parts[1]);
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }
}
