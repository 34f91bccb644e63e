using System.Text;
using EhrR1.Charts;

namespace EhrR1.Hospital.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public async Task WriteAsync_OneOrThreeThreads_SameBytes()
    {
        using var one = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 50, Threads = 1 });
        using var three = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 50, Threads = 3 });
        var files = Directory.GetFiles(one.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(one.Path, f)).ToArray();
        files.Length.ShouldBeGreaterThan(45);
        foreach (var file in files)
            File.ReadAllBytes(one.File(file)).AsSpan().SequenceEqual(File.ReadAllBytes(three.File(file))).ShouldBeTrue(file);
    }

    [Fact]
    public async Task WriteAsync_MorePatients_BeginsWithTheSamePatients()
    {
        using var few = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 50 });
        using var many = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 100 });
        foreach (var file in HospitalFiles.OfPatients)
        {
            var first = Text(few.File(file));
            var second = Text(many.File(file));
            second.StartsWith(first, StringComparison.Ordinal).ShouldBeTrue(file);
        }
    }

    [Fact]
    public async Task WriteAsync_AnotherSeed_OtherPatients()
    {
        using var one = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 20, Seed = 1 });
        using var other = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 20, Seed = 2 });
        Text(one.File("hosp/patients.csv.gz")).ShouldNotBe(Text(other.File("hosp/patients.csv.gz")));
    }

    [Fact]
    public async Task WriteAsync_FolderOfSomethingElse_Refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("thesis.txt"), "mine");
        var error = await Should.ThrowAsync<EhrR1Exception>(() => new SyntheticHospital().WriteAsync(folder.Path, new HospitalOptions { Patients = 5 }, null, TestContext.Current.CancellationToken));
        error.Message.ShouldContain(folder.Path);
        Directory.GetFileSystemEntries(folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WriteAsync_OwnFolder_Replaced()
    {
        using var folder = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 8 });
        await new SyntheticHospital().WriteAsync(folder.Path, new HospitalOptions { Patients = 5 }, null, TestContext.Current.CancellationToken);
        CsvFile.Rows(folder.File("hosp/patients.csv.gz")).Count().ShouldBe(5);
        Directory.GetFiles(folder.Path, "*.partial", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesNoFinishedFile()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var progress = new StopAtOnce(stop);
        await Should.ThrowAsync<OperationCanceledException>(() => new SyntheticHospital().WriteAsync(folder.Path, new HospitalOptions { Patients = 5000 }, progress, stop.Token));
        Directory.GetFiles(folder.Path, "*.gz", SearchOption.AllDirectories).ShouldBeEmpty();
        File.ReadAllText(folder.File("manifest.json")).ShouldContain("\"complete\": false");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 0)]
    public async Task WriteAsync_ImpossibleOption_SaysSo(long patients, int threads)
    {
        using var folder = new TemporaryFolder();
        await Should.ThrowAsync<EhrR1Exception>(() => new SyntheticHospital().WriteAsync(folder.Path, new HospitalOptions { Patients = patients, Threads = threads }, null, TestContext.Current.CancellationToken));
    }

    private static string Text(string path) => string.Join('\n', CsvFile.Read(path).Select(row => new StringBuilder().AppendJoin('\u001f', row).ToString()));

    private sealed class StopAtOnce(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value) => stop.Cancel();
    }
}
