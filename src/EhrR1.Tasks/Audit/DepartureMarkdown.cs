using System.Globalization;
using System.Text;

namespace EhrR1.Tasks;

/// <summary>Writes departures as the tables of docs/published-and-strict.md.</summary>
public static class DepartureMarkdown
{
    /// <summary>The whole page docs/published-and-strict.md: what it is, how it was made, and the tables.</summary>
    /// <param name="departures">What was counted.</param>
    /// <param name="source">The source's name, for the heading of the numbers.</param>
    /// <param name="command">The command that writes the page, so that a reader can write it again.</param>
    public static string Page(IReadOnlyList<Departure> departures, string source, string command) => $"""
        # Published and strict

        Every point in which we depart from the paper's release (arXiv 2510.25628), why, and what it changes on {source}: the corrections that hold in both profiles, then what the `strict` profile puts right. This page is written by the program, numbers included:

        ```
        {command}
        ```

        A sample is one row of the task index, before anything is drawn; "samples that show" something are published samples whose input holds it. What the release does where it crashes, or depends on chance, cannot be counted; the words of the point say so.

        {Render(departures, source)}
        """.ReplaceLineEndings("\n");

    /// <summary>Two tables, the corrections in both profiles and the strict profile's points: point, why, and the numbers.</summary>
    /// <param name="departures">What was counted.</param>
    /// <param name="source">The source's name, for the heading of the numbers.</param>
    public static string Render(IReadOnlyList<Departure> departures, string source)
    {
        var text = new StringBuilder();
        AppendTable(text, "Corrections in both profiles", departures.Where(d => d.Holds == "both"), source);
        text.Append('\n');
        AppendTable(text, "The strict profile", departures.Where(d => d.Holds != "both"), source);
        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, string title, IEnumerable<Departure> departures, string source)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| point | why | on {source} |\n| --- | --- | --- |\n");
        foreach (var departure in departures)
        {
            var counts = string.Join("<br>", departure.Counts.Select(TextOf));
            text.Append(CultureInfo.InvariantCulture, $"| **{departure.Key}**: {departure.Point} | {departure.Why} | {counts} |\n");
        }
    }

    private static string TextOf(DepartureCount count) => count.Of == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{count.What}: {count.Count:N0}")
        : string.Create(CultureInfo.InvariantCulture, $"{count.What}: {count.Count:N0} of {count.Of:N0} ({Share(count):0.0} %)");

    private static double Share(DepartureCount count) => 100.0 * count.Count / count.Of;
}
