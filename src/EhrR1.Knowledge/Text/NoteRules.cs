using System.Text.Json;
using System.Text.Json.Serialization;

namespace EhrR1.Knowledge;

/// <summary>What note-rules.json says of the words, phrases and headings of notes; the file describes each list.</summary>
internal sealed record NoteRules
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter<MentionMarks>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The rules that ship with the program.</summary>
    public static NoteRules BuiltIn { get; } = Read();

    public required IReadOnlyList<string> Articles { get; init; }

    public required IReadOnlyList<string> StopWords { get; init; }

    public required IReadOnlyList<string> Abbreviations { get; init; }

    public required IReadOnlyList<string> Joiners { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> Opposites { get; init; }

    public required IReadOnlyList<string> OppositePrefixes { get; init; }

    public required IReadOnlyList<ContextRule> Contexts { get; init; }

    public required IReadOnlyList<SectionRule> Sections { get; init; }

    private static NoteRules Read()
    {
        using var stream = typeof(NoteRules).Assembly.GetManifestResourceStream("note-rules.json")!;
        return JsonSerializer.Deserialize<NoteRules>(stream, _json)!;
    }
}
