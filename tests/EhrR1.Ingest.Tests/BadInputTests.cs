using System.Text;
using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>Files as they should not be: each a clear error that names the place and never quotes a patient's row, or the stated skip.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hosp/patients")]
    [InlineData("hosp/admissions")]
    [InlineData("hosp/labevents")]
    [InlineData("hosp/d_labitems")]
    [InlineData("icu/d_items")]
    [InlineData("note/discharge")]
    [InlineData("note/radiology_detail")]
    [InlineData("ed/edstays")]
    [InlineData("maps/atc_coding")]
    public async Task Gzip_Truncated_NamesTheFile(string table)
    {
        var source = SmallHospital.Make();
        var whole = SourceWriter.Compress(Encoding.UTF8.GetBytes(source.TextOf(table)));
        foreach (var length in new[] { whole.Length - 1, whole.Length * 2 / 3, 12 })
        {
            var error = await Build.Fails(source.Raw(table, whole[..length]), _folder);
            error.What.ShouldStartWith("The gzip file is truncated or damaged: ");
            error.Where.ShouldBe(source.PathOf(_folder.PathOf("source"), table));
            error.WhatToDo.ShouldBe("Download it again and compare it with the checksums that came with it");
        }
    }

    [Fact]
    public async Task Gzip_TruncatedWhereASkippedRowWouldHideIt_IsStillAnError()
    {
        var source = SmallHospital.Make().Only("hosp/labevents");
        var whole = SourceWriter.Compress(Encoding.UTF8.GetBytes(source.TextOf("hosp/labevents")));
        var error = await Build.Fails(source.Raw("hosp/labevents", whole[..(whole.Length * 2 / 3)]), _folder, Skip);
        error.What.ShouldStartWith("The gzip file is truncated or damaged: ");
    }

    [Fact]
    public async Task Gzip_Damaged_NamesTheFile()
    {
        var source = SmallHospital.Make();
        var bytes = SourceWriter.Compress(Encoding.UTF8.GetBytes(source.TextOf("hosp/omr")));
        bytes[bytes.Length / 2] ^= 0xff;
        var error = await Build.Fails(source.Raw("hosp/omr", bytes), _folder);
        error.What.ShouldStartWith("The gzip file is truncated or damaged: ");
        error.Where.ShouldBe(_folder.PathOf("source", "hosp", "omr.csv.gz"));
    }

    [Theory]
    [InlineData("hosp/labevents", "charttime")]
    [InlineData("hosp/patients", "anchor_age")]
    [InlineData("hosp/prescriptions", "ndc")]
    [InlineData("hosp/d_labitems", "label")]
    [InlineData("ed/edstays", "stay_id")]
    [InlineData("maps/CCS_DX_mapping", "code")]
    public async Task Column_RequiredOneMissing_NamesTableColumnAndLine(string table, string column)
    {
        var source = SmallHospital.Make().Columns(table, c => c.Where(n => n != column));
        var error = await Build.Fails(source, _folder);
        error.What.ShouldBe($"The table '{table.Split('/')[1]}' has no column '{column}'");
        error.Where.ShouldBe($"{source.PathOf(_folder.PathOf("source"), table)}, line 1");
        error.WhatToDo.ShouldStartWith("The file has the columns ");
    }

    [Fact]
    public async Task Column_GivenTwice_IsAnError()
    {
        var error = await Build.Fails(SmallHospital.Make().Only("hosp/omr").Columns("hosp/omr", c => [.. c, "result_value"]), _folder);
        (error.What, error.Where).ShouldBe(("The table 'omr' has the column 'result_value' twice", $"{_folder.PathOf("source", "hosp", "omr.csv.gz")}, line 1"));
    }

    [Fact]
    public async Task Columns_InAnotherOrderWithOthersBetween_GiveTheSameCharts()
    {
        var source = SmallHospital.Make();
        await Build.Run(source, _folder);
        foreach (var table in MimicColumns.Of.Keys)
            source.Columns(table, c => c.Reverse());
        await Build.Run(source.Write(_folder.PathOf("other")), _folder.PathOf("other-ws"));
        Build.Describe(_folder.PathOf("other-ws")).ShouldBe(Build.Describe(_folder.PathOf("ws")));
    }

    [Theory]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    public async Task File_WithWindowsLineEndsOrByteOrderMark_GivesTheSameCharts(string lineEnd, bool mark)
    {
        var source = SmallHospital.Make();
        await Build.Run(source, _folder);
        (source.LineEnd, source.ByteOrderMark) = (lineEnd, mark);
        await Build.Run(source.Write(_folder.PathOf("other")), _folder.PathOf("other-ws"));
        Build.Describe(_folder.PathOf("other-ws")).ShouldBe(Build.Describe(_folder.PathOf("ws")));
    }

    [Fact]
    public async Task File_WithoutALineEndAfterItsLastRow_IsReadWhole()
    {
        var source = SmallHospital.Make().Only("hosp/labevents");
        await Build.Run(source.Raw("hosp/labevents", SourceWriter.Compress(Encoding.UTF8.GetBytes(source.TextOf("hosp/labevents").TrimEnd('\n')))), _folder);
        Build.Items(_folder, "labevents").Count.ShouldBe(3);
    }

    [Fact]
    public async Task Text_WithQuotesLineBreaksAndWordsForMissing_ArrivesUntouched()
    {
        string[] texts =
        [
            "a \"quoted\" word, and a comma", "two\nlines", "two\r\nlines and\n\nan empty one", "\"", " blanks around ", "N/A", "NULL", "nan", "µ – 日本", "back\\slash \\N 'apostrophe'", "# no comment",
        ];
        var source = SmallHospital.Make().Only("hosp/labevents");
        foreach (var text in texts)
            source.Row("hosp/labevents", ("subject_id", 12), ("charttime", "2150-03-01 12:00:00"), ("comments", text));
        await Build.Run(source, _folder);
        Build.Chart(_folder, 12).Events[1].Select(i => i.Text("comments")).ShouldBe(texts);
        Build.Items(_folder, "labevents").Count.ShouldBe(3 + texts.Length);
    }

    [Fact]
    public async Task Text_OfALongNote_ArrivesWhole()
    {
        var note = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"word {i}, \"so\"\n"));
        await Build.Run(SmallHospital.Make().Only("note/discharge").Cell("note/discharge", 0, "text", note), _folder);
        Build.Values(_folder, "discharge", "text").ShouldBe([note]);
    }

    [Theory]
    [InlineData("hosp/labevents", "charttime", "02/03/2150")]
    [InlineData("hosp/labevents", "charttime", "2150-02-30 00:00:00")]
    [InlineData("hosp/labevents", "valuenum", "3,9")]
    [InlineData("hosp/labevents", "valuenum", "secret-text")]
    [InlineData("hosp/labevents", "hadm_id", "stay 20")]
    [InlineData("hosp/patients", "anchor_age", "old")]
    [InlineData("hosp/admissions", "dischtime", "soon")]
    [InlineData("ed/edstays", "intime", "x")]
    [InlineData("hosp/d_labitems", "itemid", "x")]
    public async Task Cell_ThatCannotBeRead_NamesFileLineAndColumnAndNothingElse(string table, string column, string value)
    {
        var error = await Build.Fails(SmallHospital.Make().Only(table).Cell(table, 0, column, value), _folder);
        var name = table.Split('/')[1];
        error.Message.ShouldBe($"A row of the table '{name}' does not fit (1 in all) ({SmallHospital.Make().PathOf(_folder.PathOf("source"), table)}, line 2, column {column}: the value cannot be read as its column's type). "
            + "Mend the row, or leave such rows out with --on-bad-row skip.");
    }

    [Fact]
    public async Task Cell_AfterFieldsOfSeveralLines_IsNamedByTheLineOfAnEditor()
    {
        var source = SmallHospital.Make().Only("hosp/labevents").Cell("hosp/labevents", 0, "comments", "one\ntwo\r\nthree\n\nfive").Cell("hosp/labevents", 1, "comments", "a\nb");
        source.Cell("hosp/labevents", 2, "valuenum", "x");
        var error = await Build.Fails(source, _folder);
        var line = source.TextOf("hosp/labevents").Split('\n').ToList().FindIndex(l => l.StartsWith("3,", StringComparison.Ordinal)) + 1;
        line.ShouldBe(9);
        error.Where.ShouldBe($"{_folder.PathOf("source", "hosp", "labevents.csv.gz")}, line 9, column valuenum: the value cannot be read as its column's type");
    }

    [Theory]
    [InlineData("10,2150-03-03", "the row has too few columns")]
    [InlineData("10,2150-03-03,1,Blood,110,one too many", "the row has too many columns")]
    [InlineData("10,2150-03-03,1,\"never closed,110", "a quotation mark is not closed, or text follows it")]
    public async Task Row_OfAnotherShape_NamesItsLine(string row, string expected)
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        source.Raw("hosp/omr", SourceWriter.Compress(Encoding.UTF8.GetBytes(source.TextOf("hosp/omr") + row + "\n")));
        var error = await Build.Fails(source, _folder);
        error.Where.ShouldBe($"{_folder.PathOf("source", "hosp", "omr.csv.gz")}, line 3: {expected}");
        error.Message.ShouldNotContain("Blood");
    }

    [Fact]
    public async Task Row_ThatIsNotUtf8_NamesItsLine()
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        source.Raw("hosp/omr", SourceWriter.Compress([.. Encoding.UTF8.GetBytes(source.TextOf("hosp/omr")), .. Encoding.Latin1.GetBytes("10,2150-03-03,1,Größe,180\n")]));
        (await Build.Fails(source, _folder)).Where.ShouldBe($"{_folder.PathOf("source", "hosp", "omr.csv.gz")}, line 3: the text is not UTF-8");
    }

    [Fact]
    public async Task Subject_InNoPatientsRow_IsNamed()
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        source.Row("hosp/omr", ("subject_id", 99), ("chartdate", "2150-01-01"), ("result_name", "secret"));
        (await Build.Fails(source, _folder)).Message.ShouldBe(
            $"1 rows of the table 'omr' have a subject that is in no row of 'patients' ({_folder.PathOf("source", "hosp", "omr.csv.gz")}, first in record 3, subject 99). Restore 'patients', or leave such rows out with --on-bad-row skip.");
    }

    [Fact]
    public async Task Subject_Missing_IsAnError()
        => (await Build.Fails(SmallHospital.Make().Only("hosp/omr").Cell("hosp/omr", 0, "subject_id", ""), _folder)).Where.ShouldBe($"{_folder.PathOf("source", "hosp", "omr.csv.gz")}, first in record 2");

    [Fact]
    public async Task Skip_RowsOfEveryKindOfFault_AreCountedListedAndLeaveTheRestWhole()
    {
        var source = SmallHospital.Make();
        await Build.Run(source, _folder);
        var whole = Build.Describe(_folder.PathOf("ws"));
        source.Row("hosp/omr", ("subject_id", 99), ("chartdate", "2150-01-01"), ("result_name", "secret"));
        source.Row("hosp/omr", ("subject_id", 10), ("chartdate", "secret"), ("result_name", "secret"));
        source.Row("hosp/omr", ("chartdate", "2150-01-01"), ("result_name", "secret"));
        source.Row("hosp/prescriptions", ("subject_id", 10), ("starttime", "secret"));
        source.Row("hosp/d_labitems", ("itemid", "secret"));
        var file = source.PathOf(_folder.PathOf("bad"), "hosp/omr");
        var result = await Build.Run(source.Write(_folder.PathOf("bad")), _folder.PathOf("bad-ws"), Skip);
        Build.Describe(_folder.PathOf("bad-ws")).ShouldBe(whole);
        Build.Counts(result, "omr").ToJsonString().ShouldBe("""{"rows_in":4,"rows_out":1,"left_out":{"row does not fit":1,"subject in no row of \u0027patients\u0027":2}}""");
        result.Skipped.ShouldContain($"{file}, line 4, column chartdate: the value cannot be read as its column's type");
        result.Skipped.ShouldContain($"{file}, record 3: subject 99 is in no row of 'patients'");
        result.Skipped.ShouldContain(s => s.EndsWith(": the row has no subject"));
        result.Skipped.ShouldContain(s => s.Contains("d_labitems"));
        result.Skipped.Count.ShouldBe(5);
        result.Skipped.ShouldAllBe(s => !s.Contains("secret"));
        result.Record.Warnings.ShouldBe(["1 rows of dictionaries and maps do not fit and are left out."]);
    }

    [Fact]
    public async Task Skip_PatientsRowThatDoesNotFit_LeavesThatPatientOutAndNoOtherOnes()
    {
        var result = await Build.Run(SmallHospital.Make().Only("hosp/labevents").Cell("hosp/patients", 0, "anchor_age", "secret"), _folder, Skip);
        Build.Charts(_folder.PathOf("ws")).Select(c => (c.SubjectId, c.ItemCount)).ShouldBe([(11, 4), (12, 1)]);
        Build.Counts(result, "labevents").ToJsonString().ShouldContain("\"rows_in\":3,\"rows_out\":2");
    }

    [Fact]
    public async Task Skip_RowsOfAnotherShapeInATableThatIsReadTwice_AreLeftOut()
    {
        var source = SmallHospital.Make();
        foreach (var table in new[] { "hosp/prescriptions", "hosp/admissions", "ed/edstays", "note/discharge", "hosp/patients" })
            source.Raw(table, SourceWriter.Compress(Encoding.UTF8.GetBytes(source.TextOf(table) + "1,2\n")));
        var result = await Build.Run(source, _folder, Skip);
        result.Skipped.Count.ShouldBe(5);
        Build.Chart(_folder, 10).ItemCount.ShouldBe(30);
    }

    [Fact]
    public async Task Table_WithAHeaderAlone_IsATableWithoutRows()
    {
        var source = SmallHospital.Make();
        foreach (var table in MimicColumns.Of.Keys.Where(t => t != "hosp/patients"))
            source.Rows(table).Clear();
        var result = await Build.Run(source, _folder);
        Build.Charts(_folder.PathOf("ws")).Select(c => c.ItemCount).ShouldBe([1, 1, 1]);
        result.Record.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Patients_WithAHeaderAlone_IsAnError()
    {
        var source = SmallHospital.Make();
        foreach (var table in MimicColumns.Of.Keys)
            source.Rows(table).Clear();
        (await Build.Fails(source, _folder)).What.ShouldBe("The source has no patients to build");
    }

    [Theory]
    [InlineData("hosp/omr", true)]
    [InlineData("hosp/omr", false)]
    [InlineData("hosp/d_labitems", true)]
    [InlineData("hosp/patients", false)]
    public async Task Table_OfZeroBytes_IsAnError(string table, bool gzip)
    {
        var source = SmallHospital.Make();
        source.Gzip = gzip;
        var error = await Build.Fails(source.Raw(table, gzip ? SourceWriter.Compress([]) : []), _folder);
        error.Message.ShouldBe($"The table '{table.Split('/')[1]}' is empty: it has no header line ({source.PathOf(_folder.PathOf("source"), table)}). Restore the file from its download, or remove it if the table is not wanted.");
    }

    [Fact]
    public async Task Rebuild_FromASourceThatFails_LeavesTheChartsThatAreThere()
    {
        var source = SmallHospital.Make().Only("hosp/labevents");
        await Build.Run(source, _folder);
        var before = Build.Describe(_folder.PathOf("ws"));
        source.Cell("hosp/labevents", 0, "valuenum", "x").Write(_folder.PathOf("source"));
        await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(_folder.PathOf("source"), _folder.PathOf("ws"), o => o with { Profile = ChartProfile.Strict }));
        Build.Describe(_folder.PathOf("ws")).ShouldBe(before);
        using var workspace = Workspace.Open(_folder.PathOf("ws"));
        workspace.Profile.ShouldBe(ChartProfile.EhrBench);
        workspace.Stage(ChartBuild.StageName).ShouldNotBeNull();
    }

    private static BuildOptions Skip(BuildOptions options) => options with { OnBadRow = BadRowRule.Skip };
}
