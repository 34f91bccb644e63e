using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>Folders and files as users have them.</summary>
public sealed class LayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mimiciv/3.1/hosp", "mimiciv/3.1/icu", "mimic-iv-ed/2.2/ed", "mimic-iv-note/2.2/note")]
    [InlineData("mimic-iv-clinical-database-demo-2.2/hosp", "mimic-iv-clinical-database-demo-2.2/icu", "mimic-iv-ed-demo-2.2/ed", "note")]
    [InlineData("hosp", "icu", "physionet.org/files/mimic-iv-ed/2.2/ed", "NOTE")]
    public async Task Source_NestedAsPhysioNetDoes_GivesTheSameCharts(string hosp, string icu, string ed, string note)
    {
        await Build.Run(SmallHospital.Make(), _folder);
        var nested = SmallHospital.Make();
        nested.FolderOf = module => module switch { "hosp" => hosp, "icu" => icu, "ed" => ed, _ => note };
        await Build.Run(nested.Write(_folder.PathOf("nested")), _folder.PathOf("nested-ws"));
        Build.Describe(_folder.PathOf("nested-ws")).ShouldBe(Build.Describe(_folder.PathOf("ws")));
    }

    [Fact]
    public async Task Source_UncompressedFiles_GiveTheSameCharts()
    {
        await Build.Run(SmallHospital.Make(), _folder);
        var plain = SmallHospital.Make();
        plain.Gzip = false;
        await Build.Run(plain.Write(_folder.PathOf("plain")), _folder.PathOf("plain-ws"));
        Build.Describe(_folder.PathOf("plain-ws")).ShouldBe(Build.Describe(_folder.PathOf("ws")));
    }

    [Fact]
    public void Discover_TablePlainAndCompressed_ReadsThePlainOneAndSaysSo()
    {
        var source = SmallHospital.Make().Write(_folder.PathOf("source"));
        File.WriteAllText(Path.Combine(source, "hosp", "omr.csv"), "x");
        var found = MimicSource.Discover(source);
        found.Find("hosp", "omr")!.IsGzip.ShouldBeFalse();
        found.Warnings.ShouldBe(["The table 'omr' (hosp) is there both plain and compressed: the plain file is read."]);
    }

    [Fact]
    public void Discover_ModuleTwice_NamesBothFolders()
    {
        var source = SmallHospital.Make().Write(_folder.PathOf("source"));
        Directory.CreateDirectory(Path.Combine(source, "old", "hosp"));
        Should.Throw<EhrR1Exception>(() => MimicSource.Discover(source)).Message
            .ShouldBe($"The source holds the module 'hosp' twice ({Path.Combine(source, "hosp")} and {Path.Combine(source, "old", "hosp")}). Give the folder of one version only.");
    }

    [Fact]
    public void Discover_NoFolder_IsAnError()
        => Should.Throw<EhrR1Exception>(() => MimicSource.Discover(_folder.PathOf("none"))).Message
            .ShouldBe($"The source folder does not exist ({_folder.PathOf("none")}). Give the folder that holds hosp/, icu/, ed/ and note/ as unpacked from PhysioNet.");

    [Theory]
    [InlineData("patients")]
    [InlineData("admissions")]
    public async Task Build_RequiredTableMissing_IsAnError(string table)
    {
        var error = await Build.Fails(SmallHospital.Make().Without($"hosp/{table}"), _folder);
        error.What.ShouldBe($"The source has no table '{table}'");
        error.Where.ShouldBe(_folder.PathOf("source", "hosp", $"{table}.csv.gz"));
    }

    [Theory]
    [InlineData("ed")]
    [InlineData("icu")]
    [InlineData("note")]
    public async Task Build_OptionalModuleMissing_WarnsOnceAndLeavesItsEventsOut(string module)
    {
        var result = await Build.Run(SmallHospital.Make().WithoutModule(module), _folder);
        result.Record.Warnings.ShouldBe([$"The source has no module '{module}': its events and tasks are left out."]);
        Build.Chart(_folder, 10).Events.Count(e => e.Type.Module.ToString().Equals(module, StringComparison.OrdinalIgnoreCase)).ShouldBe(0);
        Build.Chart(_folder, 10).Events.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Build_EveryOptionalTableMissing_WarnsOfEachOnce()
    {
        var source = SmallHospital.Make();
        foreach (var type in EventCatalog.Types.Where(t => t.Name is not ("patients" or "admissions" or "icustays" or "edstays" or "radiology")))
            source.Without($"{MimicSource.ModuleName(type.Module)}/{type.Name}");
        var result = await Build.Run(source, _folder);
        result.Record.Warnings.Count.ShouldBe(25);
        result.Record.Warnings.ShouldBeUnique();
        result.Record.Warnings.ShouldContain("The source has no table 'labevents' (hosp): its events and the tasks on them are left out.");
        Build.Chart(_folder, 10).Events.Select(e => e.Type.Name).ShouldBe(["patients", "edstays", "radiology", "admissions", "icustays"]);
    }

    [Theory]
    [InlineData("hosp/d_labitems", "The source has no table 'd_labitems' (hosp): the names of laboratory items stay unknown.", "labevents", "item_name")]
    [InlineData("icu/d_items", "The source has no table 'd_items' (icu): the names of ICU items stay unknown.", "chartevents", "item_name")]
    [InlineData("hosp/d_icd_diagnoses", "The source has no table 'd_icd_diagnoses' (hosp): the titles of diagnoses stay unknown.", "diagnoses_icd", "diagnoses")]
    [InlineData("hosp/d_icd_procedures", "The source has no table 'd_icd_procedures' (hosp): the titles of procedures stay unknown.", "procedures_icd", "procedures")]
    [InlineData("note/radiology_detail", "The source has no table 'radiology_detail' (note): the names of imaging examinations stay unknown.", "radiology", "exam_name")]
    public async Task Build_DictionaryMissing_WarnsAndShowsNone(string table, string warning, string type, string column)
    {
        var result = await Build.Run(SmallHospital.Make().Without(table), _folder);
        result.Record.Warnings.ShouldBe([warning]);
        Build.Values(_folder, type, column).ShouldAllBe(v => v == "None");
    }

    [Fact]
    public async Task Build_LimitOfPatients_TakesTheSmallestIds()
    {
        var result = await Build.Run(SmallHospital.Make(), _folder, o => o with { LimitPatients = 2 });
        Build.Charts(_folder.PathOf("ws")).Select(c => c.SubjectId).ShouldBe([10, 11]);
        result.Patients.ShouldBe(2);
        Build.Counts(result, "labevents")["rows_in"]!.ToString().ShouldBe("3");
    }

    [Fact]
    public async Task Build_SubjectsAskedFor_TakesThemAlone()
    {
        var result = await Build.Run(SmallHospital.Make(), _folder, o => o with { Subjects = [11, 999] });
        var chart = Build.Charts(_folder.PathOf("ws")).ShouldHaveSingleItem();
        chart.SubjectId.ShouldBe(11);
        Build.Counts(result, "labevents")["rows_in"]!.ToString().ShouldBe("2");
        Build.Counts(result, "omr")["rows_in"]!.ToString().ShouldBe("0");
    }

    [Fact]
    public async Task Build_NoSubjectAskedForIsThere_IsAnError()
        => (await Build.Fails(SmallHospital.Make(), _folder, o => o with { Subjects = [999] })).Message
            .ShouldBe($"None of the 1 subjects asked for is in the source ({_folder.PathOf("source", "hosp", "patients.csv.gz")}). Check the file of subject ids.");

    [Fact]
    public async Task Build_SourceOfTheSyntheticHospital_IsMarked()
    {
        SmallHospital.Make().Write(_folder.PathOf("source"));
        Directory.CreateDirectory(_folder.PathOf("source", "truth"));
        File.WriteAllText(_folder.PathOf("source", "truth", "relations.csv"), "x");
        await Build.Run(_folder.PathOf("source"), _folder.PathOf("ws"));
        using var workspace = Workspace.Open(_folder.PathOf("ws"));
        workspace.Manifest.Synthetic.ShouldBeTrue();
    }

    [Fact]
    public async Task Build_MemoryLimitTooSmall_IsAnError()
        => (await Build.Fails(SmallHospital.Make(), _folder, o => o with { MemoryBytes = 100 << 20 })).Message.ShouldBe("The memory limit is below 512 MiB. Give at least --memory 512MiB.");
}
