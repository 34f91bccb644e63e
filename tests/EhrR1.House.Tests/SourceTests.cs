using System.Text.RegularExpressions;

namespace EhrR1.House.Tests;

/// <summary>What a source file may hold, and how long it may be.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 400;

    public static TheoryData<string> Rooms => [.. House.BuiltRooms];

    public static TheoryData<string> RoomsUnderTheCommandLine => [.. House.BuiltRooms.Where(r => r != "Cli")];

    [Fact]
    public void Files_InSourcesAndTests_HaveAtMost400Lines()
    {
        var long_ = new[] { "src", "tests", "benchmarks" }.Select(f => Repository.PathOf(f)).Where(Directory.Exists).SelectMany(House.Sources)
            .Select(f => (File: House.Relative(f), Lines: File.ReadLines(f).Count())).Where(f => f.Lines > MostLines);
        long_.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Files_OfARoom_AreShortInTheMedian(string room)
    {
        var lengths = House.SourcesOf(room).Select(f => File.ReadLines(f).Count()).Order().ToList();
        if (lengths.Count > 0)
            lengths[lengths.Count / 2].ShouldBeLessThanOrEqualTo(150);
    }

    [Theory, MemberData(nameof(Rooms))]
    public void File_OfARoom_HoldsOnePublicTypeNamedLikeIt(string room)
    {
        foreach (var file in House.SourcesOf(room))
        {
            var types = PublicType().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
            types.Count.ShouldBeLessThanOrEqualTo(1, House.Relative(file));
            if (types.Count == 1)
                Path.GetFileNameWithoutExtension(file).Split('.')[0].ShouldBe(types[0], House.Relative(file));
        }
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Sources_OfARoom_UseNoBannedCalls(string room)
    {
        (string What, Regex Pattern)[] banned =
        [
            ("the system's clock instead of TimeProvider", Clock()),
            ("randomness without a seed", Unseeded()),
            ("a note to do later", Later()),
            ("a blocking wait", Blocking()),
        ];
        foreach (var file in House.SourcesOf(room))
        {
            var text = File.ReadAllText(file);
            foreach (var (what, pattern) in banned)
                pattern.IsMatch(text).ShouldBeFalse($"{House.Relative(file)} uses {what}: {pattern.Match(text).Value}");
        }
    }

    [Theory, MemberData(nameof(RoomsUnderTheCommandLine))]
    public void Console_OutsideTheCommandLine_IsNotUsed(string room)
    {
        foreach (var file in House.SourcesOf(room))
            ConsoleCall().IsMatch(File.ReadAllText(file)).ShouldBeFalse(House.Relative(file));
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Namespaces_OfARoom_AreFileScoped(string room)
    {
        foreach (var file in House.SourcesOf(room))
            BlockNamespace().IsMatch(File.ReadAllText(file)).ShouldBeFalse(House.Relative(file));
    }

    [Fact]
    public void CommittedText_Everywhere_NamesNoFolderOfOneMachine()
    {
        string[] endings = [".cs", ".md", ".props", ".csproj", ".json", ".sh", ".tsv"];
        foreach (var file in new[] { "src", "tests", "docs", "eng", "benchmarks" }.Select(f => Repository.PathOf(f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Where(f => endings.Contains(Path.GetExtension(f)) && !BuildOutput().IsMatch(f)))
        {
            OneMachine().IsMatch(File.ReadAllText(file)).ShouldBeFalse(House.Relative(file));
        }
    }

    [GeneratedRegex(@"^public\s+(?:(?:static|sealed|abstract|readonly|partial|ref)\s+)*(?:class|record\s+struct|record\s+class|record|struct|interface|enum|delegate\s+\S+)\s+(?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bStopwatch\b|Environment\.TickCount", RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bnew Random\(\)|\bRandom\.Shared\b|RandomNumberGenerator", RegexOptions.ExplicitCapture)]
    private static partial Regex Unseeded();

    [GeneratedRegex(@"//.*\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Later();

    [GeneratedRegex(@"\bThread\.Sleep\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Blocking();

    [GeneratedRegex(@"(?<![\w.])Console\.", RegexOptions.ExplicitCapture)]
    private static partial Regex ConsoleCall();

    [GeneratedRegex(@"^namespace [\w.]+\s*\{?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]", RegexOptions.ExplicitCapture)]
    private static partial Regex BuildOutput();

    [GeneratedRegex(@"(?<![\w.])/(work|home|root|Users)/", RegexOptions.ExplicitCapture)]
    private static partial Regex OneMachine();
}
