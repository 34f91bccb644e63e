using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Writes a shard's concepts as Parquet: a row for each term of an event, and for each concept that a free text names.</summary>
internal sealed class ConceptWriter : IDisposable
{
    private readonly TableWriter _table;
    private readonly TableColumn<long?> _subject;
    private readonly TableColumn<int?> _position;
    private readonly TableColumn<string?> _event;
    private readonly TableColumn<DateTime?> _time;
    private readonly TableColumn<DateTime?> _visibleFrom;
    private readonly TableColumn<string?> _field;
    private readonly TableColumn<string?> _kind;
    private readonly TableColumn<string?> _term;
    private readonly TableColumn<string?> _concept;
    private readonly TableColumn<string?> _name;
    private readonly TableColumn<string?> _way;
    private readonly TableColumn<double?> _similarity;
    private readonly TableColumn<int?> _start;
    private readonly TableColumn<int?> _length;
    private readonly TableColumn<string?> _text;
    private readonly TableColumn<string?> _section;
    private readonly TableColumn<string?> _marks;

    public ConceptWriter(string path)
    {
        _table = new TableWriter(path);
        _subject = _table.Column<long?>("subject_id");
        _position = _table.Column<int?>("position");
        _event = _table.Column<string?>("event");
        _time = _table.Column<DateTime?>("time");
        _visibleFrom = _table.Column<DateTime?>("visible_from");
        _field = _table.Column<string?>("field");
        _kind = _table.Column<string?>("kind");
        _term = _table.Column<string?>("term");
        _concept = _table.Column<string?>("concept");
        _name = _table.Column<string?>("name");
        _way = _table.Column<string?>("way");
        _similarity = _table.Column<double?>("similarity");
        _start = _table.Column<int?>("start");
        _length = _table.Column<int?>("length");
        _text = _table.Column<string?>("text");
        _section = _table.Column<string?>("section");
        _marks = _table.Column<string?>("marks");
    }

    public void Add(in ConceptRow row)
    {
        _subject.Add(row.SubjectId);
        _position.Add(row.Position);
        _event.Add(row.Event);
        _time.Add(row.Time);
        _visibleFrom.Add(row.VisibleFrom);
        _field.Add(row.Field);
        _kind.Add(row.Kind.ToString());
        _term.Add(row.Term);
        _concept.Add(row.Concept);
        _name.Add(row.Name);
        _way.Add(row.Way);
        _similarity.Add(row.Similarity);
        _start.Add(row.Start);
        _length.Add(row.Length);
        _text.Add(row.Text);
        _section.Add(row.Section);
        _marks.Add(row.Marks);
        _table.EndRow();
    }

    public void Finish() => _table.Finish();

    public void Dispose() => _table.Dispose();
}
