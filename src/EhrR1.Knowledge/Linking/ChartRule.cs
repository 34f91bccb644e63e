using System.Text.RegularExpressions;

namespace EhrR1.Knowledge;

/// <summary>One step that makes a chart's term plainer, as the embedded rules.json has it.</summary>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Kinds">The kinds of terms that it is for.</param>
/// <param name="Pattern">What it finds in the text in lower case.</param>
/// <param name="Replacement">What it puts there.</param>
/// <param name="Aside">A group of the pattern that may be a name by itself, or empty.</param>
/// <param name="Examples">Texts, and what the rule alone makes of them; the tests read them.</param>
internal sealed record ChartRule(string Name, IReadOnlyList<TermKind> Kinds, string Pattern, string Replacement, string Aside, IReadOnlyDictionary<string, string> Examples)
{
    private readonly Regex _regex = new(Pattern, RegexOptions.CultureInvariant);

    /// <summary>Applies the rule.</summary>
    /// <param name="text">A text in lower case.</param>
    /// <param name="asides">Takes what may be a name by itself.</param>
    public string Apply(string text, ICollection<string>? asides = null)
    {
        if (Aside.Length > 0 && asides is not null)
        {
            foreach (Match match in _regex.Matches(text))
            {
                if (match.Groups[Aside] is { Length: > 2 } group)
                    asides.Add(group.Value.Trim());
            }
        }

        return Tidy(_regex.Replace(text, Replacement));
    }

    /// <summary>Folds white space, and cuts off what no name begins or ends with.</summary>
    public static string Tidy(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim(' ', ',', ';', '-', '/', '.', '&', ':', '*', '#');
}
