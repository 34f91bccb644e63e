using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace EhrR1.House.Tests;

/// <summary>Who may use whom, and what a public type looks like.</summary>
public sealed class RoomTests
{
    public static TheoryData<string> Rooms => [.. House.BuiltRooms];

    [Fact]
    public void Rooms_InTheSourceFolder_AreAllKnown()
    {
        var folders = Directory.EnumerateDirectories(Repository.PathOf("src")).Select(d => Path.GetFileName(d)["EhrR1.".Length..]);
        folders.ShouldBeSubsetOf(House.Rooms);
    }

    [Theory, MemberData(nameof(Rooms))]
    public void References_OfARoom_PointUpwards(string room)
    {
        var below = House.Rooms.SkipWhile(r => r != room).ToHashSet(StringComparer.Ordinal);
        var used = House.AssemblyOf(room).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("EhrR1.", StringComparison.Ordinal)).Select(n => n["EhrR1.".Length..]);
        used.Where(below.Contains).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Rooms))]
    public void ProjectReferences_OfARoom_PointUpwards(string room)
    {
        var below = House.Rooms.SkipWhile(r => r != room).ToHashSet(StringComparer.Ordinal);
        var project = XDocument.Load(Path.Combine(House.FolderOf(room), $"EhrR1.{room}.csproj"));
        var used = project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)["EhrR1.".Length..]);
        used.Where(below.Contains).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Packages_OfARoom_AreNamedWithoutVersions(string room)
    {
        var project = XDocument.Load(Path.Combine(House.FolderOf(room), $"EhrR1.{room}.csproj"));
        project.Descendants("PackageReference").Where(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Rooms))]
    public void PublicClasses_OfARoom_AreSealedAbstractOrStatic(string room)
    {
        var open = PublicTypes(room).Where(t => t.IsClass && !t.IsSealed && !t.IsAbstract).Select(t => t.Name);
        open.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Rooms))]
    public void PublicTypes_OfARoom_LiveInItsNamespace(string room)
    {
        var elsewhere = PublicTypes(room).Where(t => t.Namespace != $"EhrR1.{room}" && !(t.Namespace ?? "").StartsWith($"EhrR1.{room}.", StringComparison.Ordinal)).Select(t => t.FullName);
        elsewhere.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Rooms))]
    public void PublicTypes_OfARoom_HaveNamesOfTheField(string room)
    {
        string[] banned = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Misc"];
        var named = House.AssemblyOf(room).GetTypes().Where(t => !IsMadeByTheCompiler(t) && banned.Any(b => t.Name.EndsWith(b, StringComparison.Ordinal))).Select(t => t.FullName);
        named.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Rooms))]
    public void PublicAsyncMethods_OfARoom_CanBeCancelled(string room)
    {
        var deaf = PublicTypes(room)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => typeof(Task).IsAssignableFrom(m.ReturnType) && m.Name != "DisposeAsync" && m.GetParameters().All(p => p.ParameterType != typeof(CancellationToken) && p.ParameterType.Name != "CommandRun"))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}");
        deaf.ShouldBeEmpty();
    }

    private static IEnumerable<Type> PublicTypes(string room) => House.AssemblyOf(room).GetExportedTypes().Where(t => !IsMadeByTheCompiler(t));

    private static bool IsMadeByTheCompiler(Type type) => type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null || type.Name.StartsWith('<') || type.DeclaringType is { } outer && IsMadeByTheCompiler(outer);
}
