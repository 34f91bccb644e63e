using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>A versioned prompt that asks a teacher for a chain of reasoning.</summary>
/// <remarks>
/// <para>The templates ship with the program as files, <c>name@version.md</c>: a head that says which sections the chain has and what the
/// prompt shows, the system message, and the user's message with places for the sample's parts. A changed wording is a new version, and
/// the older one stays, so that data sets can be made again.</para>
/// <para>The rules are those of the EHR-R1 paper (arXiv 2510.25628), in words of our own. Immutable; safe for any number of threads.</para>
/// </remarks>
public sealed class TeacherTemplate
{
    private const string Folder = "templates/";
    private const string Ending = ".md";
    private const string UserMark = "--- user\n";
    private const string HeadEnd = "---\n";
    private const string Context = "{context}";
    private static readonly FrozenDictionary<string, TeacherTemplate> _byId = ReadAll().ToFrozenDictionary(t => t.Id, StringComparer.Ordinal);

    private readonly string _user;

    private TeacherTemplate(string id, string text)
    {
        int headEnd = text.IndexOf(HeadEnd, StringComparison.Ordinal), user = text.IndexOf(UserMark, StringComparison.Ordinal);
        var head = text[..headEnd].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':', 2)).ToDictionary(l => l[0], l => l[1].Trim(), StringComparer.Ordinal);
        Id = id;
        Name = id[..id.IndexOf('@', StringComparison.Ordinal)];
        Version = int.Parse(id.AsSpan(Name.Length + 1), System.Globalization.CultureInfo.InvariantCulture);
        Sections = [.. head["sections"].Split('|', StringSplitOptions.TrimEntries)];
        var needs = head["needs"].Split(',', StringSplitOptions.TrimEntries);
        ShowsAnswer = needs.Contains("answer");
        ShowsKnowledge = needs.Contains("knowledge");
        SystemText = text[(headEnd + HeadEnd.Length)..user].Trim();
        _user = text[(user + UserMark.Length)..].Trim();
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The name with its version, as chains carry it: "with-knowledge@1".</summary>
    public string Id { get; }

    /// <summary>The name: "with-knowledge".</summary>
    public string Name { get; }

    /// <summary>The version, from 1.</summary>
    public int Version { get; }

    /// <summary>The titles of the sections that it asks for, in their order.</summary>
    public IReadOnlyList<string> Sections { get; }

    /// <summary>Whether the teacher is shown the answer.</summary>
    public bool ShowsAnswer { get; }

    /// <summary>Whether the teacher is shown the paths of the thinking graph.</summary>
    public bool ShowsKnowledge { get; }

    /// <summary>The system message.</summary>
    public string SystemText { get; }

    /// <summary>The SHA-256 of the file's text, as lower-case hexadecimal digits: a changed wording is another.</summary>
    public string Hash { get; }

    /// <summary>All templates, by name and version.</summary>
    public static IReadOnlyList<TeacherTemplate> All { get; } = [.. _byId.Values.OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Version)];

    /// <summary>The template of a name.</summary>
    /// <param name="name">The name, which means the newest version, or the name with a version ("with-knowledge@1").</param>
    /// <exception cref="EhrR1Exception">There is no such template.</exception>
    public static TeacherTemplate Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _byId.GetValueOrDefault(name) ?? All.LastOrDefault(t => t.Name == name)
            ?? throw new EhrR1Exception($"There is no prompt template '{name}'", null, $"Use one of {string.Join(", ", All.Select(t => t.Id))}");
    }

    /// <summary>Writes the prompt of a sample with its whole input.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="graph">Its thinking graph; may be <see langword="null"/> where the template shows no knowledge.</param>
    /// <exception cref="EhrR1Exception">The template shows knowledge, and there is no graph.</exception>
    /// <exception cref="ArgumentException">The graph is another sample's.</exception>
    public ModelPrompt Render(Sample sample, ThinkingGraph? graph)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return Prompt(sample.Input + Rest(sample, graph));
    }

    /// <summary>Writes the prompt of a sample within a number of tokens: its input is cut from the left, at a whole character; nothing else is.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="graph">As in <see cref="Render(Sample, ThinkingGraph?)"/>.</param>
    /// <param name="budget">What counts and cuts.</param>
    /// <param name="limit">Tokens at most of both messages together, those of the model's chat template not counted.</param>
    /// <param name="cancellationToken">Stops the count.</param>
    /// <exception cref="EhrR1Exception">There is no graph where one is needed, or what is not the input does not fit.</exception>
    /// <exception cref="ArgumentException">The graph is another sample's.</exception>
    public async ValueTask<ModelPrompt> RenderAsync(Sample sample, ThinkingGraph? graph, PromptBudget budget, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(budget);
        int system = await budget.Counter.CountAsync(SystemText, cancellationToken);
        var fitted = await budget.FitAsync(sample.Input, Rest(sample, graph), limit - system, sample.Id, cancellationToken);
        return Prompt(fitted.Text);
    }

    private ModelPrompt Prompt(string user) => new([new PromptMessage(PromptRole.System, SystemText), new PromptMessage(PromptRole.User, user)]);

    /// <summary>What follows the input in the user's message.</summary>
    private string Rest(Sample sample, ThinkingGraph? graph)
    {
        if (graph is not null && graph.Id != sample.Id)
            throw new ArgumentException($"The graph is that of {graph.Id}, not of {sample.Id}.", nameof(graph));
        if (ShowsKnowledge && graph is null)
            throw new EhrR1Exception($"The template {Id} shows the paths of a thinking graph, and the sample has none", sample.Id, "Take a template without knowledge, or leave the sample out");
        var text = new StringBuilder();
        // Part by part: a place within a patient's text or an answer is plain text.
        for (int at = Context.Length; at < _user.Length;)
        {
            int open = _user.IndexOf('{', at), close = open < 0 ? -1 : _user.IndexOf('}', open);
            text.Append(_user, at, (open < 0 ? _user.Length : open) - at);
            if (open < 0)
                break;
            text.Append(_user[(open + 1)..close] switch
            {
                "question" => sample.Instruction,
                "knowledge" => KnowledgeText.Of(graph!),
                "answer" => sample.Output,
                var place => throw new InvalidOperationException($"The template {Id} has an unknown place {place}."),
            });
            at = close + 1;
        }

        return text.ToString();
    }

    private static IEnumerable<TeacherTemplate> ReadAll()
    {
        var assembly = typeof(TeacherTemplate).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            // Line ends of the checkout must not change the hash.
            yield return new TeacherTemplate(name[Folder.Length..^Ending.Length], reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }
}
