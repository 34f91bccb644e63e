using System.Runtime.CompilerServices;
using EhrR1.Scoring;

namespace EhrR1.Reasoning;

/// <summary>Reads a chain of reasoning: its sections, the events that it cites, what it quotes, its steps and its final items.</summary>
/// <remarks>
/// <para>Tolerant of models' habits: headings of other levels or in bold type, numbers before them, content behind a colon, code
/// fences, <c>think</c> tags, bullets and quotes of any kind, line ends of any system. Final items are read by
/// <see cref="TolerantReader"/>, as answers are.</para>
/// <para>One pass over the text a part: the time grows with its length, whatever stands in it. Stateless; safe for any number of threads.</para>
/// </remarks>
public static class ChainParser
{
    private const string Fence = "```";
    private const int LongestAnswer = 20_000;
    // By the instance: chains from elsewhere are read by templates with titles of their own.
    private static readonly ConditionalWeakTable<ChainTemplate, ChainHeadings> _headings = [];

    /// <summary>Reads a chain by its own template; one that names an unknown template is read by the default one.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="wasCutOff">Whether the server says that the limit of tokens was met.</param>
    /// <param name="vocabulary">The labels of the task's samples, which tell an item with a comma in it from two items; <see langword="null"/> where they are not known.</param>
    public static ParsedChain Parse(ReasoningChain chain, bool wasCutOff = false, AnswerVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var template = ChainTemplates.Find(chain.Template) ?? ChainTemplates.Get(ChainTemplates.Default);
        return Parse(chain.Chain, template, wasCutOff, vocabulary, vocabulary is null ? null : AnswerReader.NormalizeLabels(chain.Answer));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">What the teacher wrote.</param>
    /// <param name="template">The template of its sections.</param>
    /// <param name="wasCutOff">Whether the server says that the limit of tokens was met.</param>
    /// <param name="vocabulary">As in <see cref="Parse(ReasoningChain, bool, AnswerVocabulary?)"/>.</param>
    /// <param name="own">The sample's own labels, which are taken out of the vocabulary; <see langword="null"/> where they are not in it.</param>
    public static ParsedChain Parse(string text, ChainTemplate template, bool wasCutOff = false, AnswerVocabulary? vocabulary = null, IReadOnlySet<string>? own = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(template);
        var headings = _headings.GetValue(template, static t => new ChainHeadings(t));
        var body = ChainBody.Of(text, headings, template);
        var sections = SectionsOf(text, body, template, headings.Find(text, body));
        var words = ChainWord.Read(body.Of(text), body.Start);
        var times = TimeMention.Read(text);
        var events = ChainCitations.Find(text, sections, times);
        var steps = new List<ReasoningStep>();
        foreach (var section in sections.Where(s => s.Kind == ChainSectionKind.Reasoning))
            ChainSteps.Add(steps, text, section.Body, words);
        var final = sections.LastOrDefault(s => s.Kind == ChainSectionKind.FinalResults);
        var probability = sections.LastOrDefault(s => s.Kind == ChainSectionKind.Probability) is { } last ? ChainProbability.In(last.Body.Of(text)) : null;
        return new ParsedChain
        {
            Text = text,
            Template = template,
            Sections = sections,
            Events = events,
            Quotes = QuotesOf(text, events, steps, times, words),
            Steps = steps,
            FinalItems = final is not null ? ItemsOf(text, final.Body, vocabulary, own) : probability is { } p ? [new ChainItem(p >= 0.5 ? "yes" : "no", default)] : [],
            Probability = probability,
            Faults = FaultsOf(text, words, template, sections, wasCutOff, headings),
            Words = words,
            Times = times,
        };
    }

    private static List<ChainSection> SectionsOf(string text, TextSpan body, ChainTemplate template, List<ChainHeading> headings)
    {
        var sections = new List<ChainSection>();
        for (int i = 0; i < headings.Count; i++)
        {
            var heading = headings[i];
            int end = i + 1 < headings.Count ? headings[i + 1].Span.Start : body.End;
            sections.Add(new ChainSection(heading.Rule?.Kind ?? ChainSectionKind.Other, heading.Name, heading.Span, TextSpan.Trimmed(text, Math.Min(heading.BodyStart, end), end)));
        }

        foreach (var rule in template.Sections.Where(r => r.IsWording))
            AddWording(sections, text, body, rule);
        return sections;
    }

    /// <summary>A section that begins at words: what stands before it is the reasoning.</summary>
    private static void AddWording(List<ChainSection> to, string text, TextSpan body, ChainSectionRule rule)
    {
        int at = -1, length = 0;
        foreach (var title in rule.Titles)
        {
            int found = body.Of(text).LastIndexOf(title, StringComparison.OrdinalIgnoreCase);
            if (found > at)
                (at, length) = (found, title.Length);
        }

        if (at < 0)
            return;
        at += body.Start;
        int start = at + length;
        while (start < body.End && (char.IsWhiteSpace(text[start]) || text[start] is ':' or '：' or '*'))
            start++;
        int first = to.Count > 0 ? to[0].Heading.Start : body.Start;
        if (to.Count == 0)
            to.Add(new ChainSection(ChainSectionKind.Reasoning, "", default, TextSpan.Trimmed(text, first, at)));
        to.Add(new ChainSection(rule.Kind, rule.Title, new TextSpan(at, length), TextSpan.Trimmed(text, start, body.End)));
    }

    private static List<QuotedItem> QuotesOf(string text, List<CitedEvent> events, List<ReasoningStep> steps, List<TimeMention> times, ChainWord[] words)
    {
        var quotes = new List<QuotedItem>();
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i].Said.Length > 0)
                ChainQuotes.Add(quotes, text, events[i].Said, i, times, words);
        }

        foreach (var step in steps)
            ChainQuotes.Add(quotes, text, step.Span, -1, times, words);
        return quotes;
    }

    private static List<ChainItem> ItemsOf(string text, TextSpan body, AnswerVocabulary? vocabulary, IReadOnlySet<string>? own)
    {
        var part = new TextSpan(body.Start, Math.Min(body.Length, LongestAnswer));
        var answer = part.Of(text).ToString();
        if (!answer.StartsWith(Fence, StringComparison.Ordinal) && answer.EndsWith(Fence, StringComparison.Ordinal))
            // The fence was opened before the first section.
            answer = answer[..^Fence.Length];
        var items = new List<ChainItem>();
        foreach (var item in TolerantReader.Read(answer, vocabulary, own).Items)
        {
            int at = answer.IndexOf(item, StringComparison.OrdinalIgnoreCase);
            items.Add(new ChainItem(item, at < 0 ? default : new TextSpan(part.Start + at, item.Length)));
        }

        return items;
    }

    private static ChainFault FaultsOf(string text, ChainWord[] words, ChainTemplate template, List<ChainSection> sections, bool wasCutOff, ChainHeadings headings)
    {
        var faults = ChainHabits.Of(text, words);
        if (faults == ChainFault.Empty)
            return faults;
        bool hasOwn = sections.Exists(s => s.Kind != ChainSectionKind.Other && s.Heading.Length > 0);
        if (!hasOwn)
            faults |= sections.Count > 0 ? ChainFault.OtherSections : ChainFault.NoSections;
        else if (sections.Exists(s => s.Kind == ChainSectionKind.Other && headings.IsOfOtherTemplate(s.Name)))
            faults |= ChainFault.OtherSections;
        bool lacksEnd = !sections.Exists(s => s.Kind == template.Sections[^1].Kind);
        if (wasCutOff || (hasOwn && lacksEnd && ChainHabits.StopsShort(text)))
            faults |= ChainFault.CutOff;
        return faults;
    }
}
