namespace EhrR1.Cli.Tests;

public sealed class TrainingProgramTests
{
    [Theory]
    [InlineData("ehr-r1-train")]
    [InlineData("train/ehr-r1-train.exe")]
    [InlineData("train/ehr-r1-train")]
    [InlineData("train/ehr-r1-train.dll")]
    public void FindIn_ProgramBesideOrInItsFolder_IsFound(string place)
    {
        using var folder = new TemporaryFolder();
        TrainingProgram.FindIn(folder.FullPath).ShouldBeNull();
        Directory.CreateDirectory(folder.PathOf("train"));
        TrainingProgram.FindIn(folder.FullPath).ShouldBeNull();
        var file = Path.Combine(folder.FullPath, Path.Combine(place.Split('/')));
        File.WriteAllText(file, "");
        TrainingProgram.FindIn(folder.FullPath).ShouldBe(file);
    }

    [Fact]
    public void FindIn_Both_TakesTheOneBeside()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("train"));
        File.WriteAllText(folder.PathOf("train", "ehr-r1-train"), "");
        File.WriteAllText(folder.PathOf("ehr-r1-train.dll"), "");
        TrainingProgram.FindIn(folder.FullPath).ShouldBe(folder.PathOf("ehr-r1-train.dll"));
    }
}
