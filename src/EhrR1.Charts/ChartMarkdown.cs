using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EhrR1.Charts;

/// <summary>Writes events as the Markdown that a model reads.</summary>
/// <remarks>
/// Source: the EHR-R1 release. Events are joined by one blank line. Text is neither trimmed nor escaped.
/// In the <see cref="ChartProfile.Strict"/> profile missing fields are left out, the age is that at the reading's moment,
/// and what was not yet known then is not shown. Not safe for several threads at once.
/// </remarks>
/// <param name="profile">The profile whose text is written.</param>
public sealed class ChartMarkdown(ChartProfile profile)
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";
    private static readonly EventField _age = EventCatalog.Get("patients")["anchor_age"];
    private static readonly EventField _anchorYear = EventCatalog.Get("patients")["anchor_year"];
    private readonly List<EventItem> _items = [];
    private readonly List<EventField> _fields = [];

    /// <summary>The profile whose text is written.</summary>
    public ChartProfile Profile => profile;

    /// <summary>Writes one event.</summary>
    /// <param name="to">Receives the text, without a line break at its end unless the event type has nothing to show.</param>
    /// <param name="event">The event.</param>
    /// <param name="moment">
    /// The moment of reading, a sample's prediction time: in the strict profile items and fields known only later are left out.
    /// <see langword="null"/> leaves nothing out for its time.
    /// </param>
    /// <returns>Whether anything was written: <see langword="false"/> where no item was known yet.</returns>
    public bool Append(StringBuilder to, ClinicalEvent @event, DateTime? moment = null)
    {
        _items.Clear();
        foreach (var item in @event)
        {
            if (profile == ChartProfile.EhrBench || moment is null || item.VisibleFrom is not { } visible || visible <= moment)
                _items.Add(item);
        }

        if (_items.Count == 0)
            return false;
        to.Append("## ").Append(@event.Type.DisplayName).Append(" [");
        if (@event.Start is { } start)
            to.Append(start.ToString(TimeFormat, CultureInfo.InvariantCulture));
        else
            to.Append("None");
        to.Append("]\n");
        ChooseFields(@event.Type, moment);
        if (_items.Count == 1)
            AppendLines(to, _items[0], moment);
        else
            AppendTable(to, moment);
        return true;
    }

    /// <summary>The Markdown of a chart: its shown events, joined by one blank line.</summary>
    /// <param name="events">The events, in chart order; those of types that are never shown are passed over.</param>
    /// <param name="moment">
    /// The moment of reading, or <see langword="null"/> for all that is known; the strict profile's age is then that at the first timed event.
    /// </param>
    public string Render(IEnumerable<ClinicalEvent> events, DateTime? moment = null)
    {
        var shown = events.Where(e => e.Type.IsShown).ToList();
        var ageAt = moment ?? shown.FirstOrDefault(e => e.Start is not null)?.Start;
        var text = new StringBuilder();
        foreach (var e in shown)
        {
            var length = text.Length;
            if (length > 0)
                text.Append("\n\n");
            if (!Append(text, e, e.Start is null ? ageAt : moment))
                text.Length = length;
        }

        return text.ToString();
    }

    /// <summary>The text of one field of an item, as it stands in the Markdown: <c>nan</c> or <c>None</c> where it is missing.</summary>
    public static string TextOf(EventItem item, EventField field)
    {
        if (item.IsMissing(field))
            return field.IsDerived ? "None" : "nan";
        return field.Kind switch
        {
            FieldKind.Number => NumberText.Of(item.Number(field)!.Value),
            FieldKind.Integer => item.Integer(field)!.Value.ToString(CultureInfo.InvariantCulture),
            FieldKind.Time => item.Moment(field)!.Value.ToString(TimeFormat, CultureInfo.InvariantCulture),
            FieldKind.Labels => PythonText.OfList(JsonSerializer.Deserialize<string[]>(item.Text(field)!)!),
            _ => item.Text(field)!,
        };
    }

    /// <summary>The text of one field as a model reads it at a moment, or <see langword="null"/> where it has none or it was not yet known (strict profile).</summary>
    /// <param name="item">The item, known by the moment.</param>
    /// <param name="field">One of its fields.</param>
    /// <param name="moment">The moment of reading, or <see langword="null"/> for all that is known.</param>
    public string? ReadableText(EventItem item, EventField field, DateTime? moment = null)
        => item.IsMissing(field) || (profile == ChartProfile.Strict && !IsReadable(item, field, moment)) ? null : CellOf(item, field, moment);

    private void ChooseFields(EventType type, DateTime? moment)
    {
        _fields.Clear();
        foreach (var field in type.Fields)
        {
            if (profile == ChartProfile.EhrBench || _items.Exists(item => IsReadable(item, field, moment)))
                _fields.Add(field);
        }
    }

    private void AppendLines(StringBuilder to, EventItem item, DateTime? moment)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            if (i > 0)
                to.Append('\n');
            to.Append("- ").Append(_fields[i].Key).Append(": ").Append(CellOf(item, _fields[i], moment));
        }
    }

    private void AppendTable(StringBuilder to, DateTime? moment)
    {
        if (_fields.Count == 0)
            return;
        to.Append('|');
        foreach (var field in _fields)
            to.Append(' ').Append(field.Key).Append(" |");
        to.Append("\n|");
        foreach (var _ in _fields)
            to.Append(" ------ |");
        foreach (var item in _items)
        {
            to.Append("\n|");
            foreach (var field in _fields)
                to.Append(' ').Append(CellOf(item, field, moment)).Append(" |");
        }
    }

    private string CellOf(EventItem item, EventField field, DateTime? moment)
    {
        if (profile == ChartProfile.EhrBench)
            return TextOf(item, field);
        if (!IsReadable(item, field, moment))
            return "";
        if (field == _age && moment is { } at && item.Integer(_anchorYear) is { } anchorYear)
            return (item.Integer(_age)!.Value + at.Year - anchorYear).ToString(CultureInfo.InvariantCulture);
        return TextOf(item, field);
    }

    private static bool IsReadable(EventItem item, EventField field, DateTime? moment)
    {
        if (item.IsMissing(field) || field.Visibility == FieldVisibility.Never)
            return false;
        return field.Visibility != FieldVisibility.FromEnd || moment is null || item.Moment("endtime") is not { } end || end <= moment;
    }
}
