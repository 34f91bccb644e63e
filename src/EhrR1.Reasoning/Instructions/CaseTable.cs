using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Cases as a Parquet file.</summary>
internal sealed class CaseTable : IDisposable
{
    /// <summary>Characters of a row group: 16 MB in memory, some hundred cases, so that a reader need not hold much either.</summary>
    public const int GroupLength = 8 << 20;

    private static readonly ReadOnlyMemory<char> _system = CaseText.System.AsMemory();
    private readonly TextArena _texts = new();
    private readonly TableWriter _table;
    private readonly TableColumn<string?> _id, _sample, _task, _type, _split, _kind, _teacher;
    private readonly TableColumn<long?> _subject;
    private readonly TableColumn<int?> _tokens;
    private readonly TextListColumn _labels;
    private readonly RecordListColumn _messages;

    public CaseTable(string path)
    {
        _table = new TableWriter(path);
        _id = _table.Column<string?>("id");
        _sample = _table.Column<string?>("sample_id");
        _subject = _table.Column<long?>("subject_id");
        _task = _table.Column<string?>("task");
        _type = _table.Column<string?>("task_type");
        _split = _table.Column<string?>("split");
        _kind = _table.Column<string?>("kind");
        _teacher = _table.Column<string?>("teacher");
        _labels = _table.TextList("labels");
        _tokens = _table.Column<int?>("tokens");
        _messages = _table.RecordList("messages", "role", "content");
    }

    public void Write(IEnumerable<InstructionCase> cases)
    {
        foreach (var one in cases)
        {
            _id.Add(one.Id);
            _sample.Add(one.SampleId);
            _subject.Add(one.SubjectId);
            _task.Add(one.Task.Name);
            _type.Add(one.Task.TaskType);
            _split.Add(one.Split);
            _kind.Add(CaseColumns.NameOf(one.Kind));
            _teacher.Add(one.Teacher);
            _labels.Add(one.Labels);
            _tokens.Add(one.Tokens);
            _messages.BeginRow(3);
            _messages.Add(CaseColumns.SystemRole.AsMemory(), _system);
            _messages.Add(CaseColumns.UserRole.AsMemory(), _texts.Keep(one.User.Span));
            _messages.Add(CaseColumns.AssistantRole.AsMemory(), one.Assistant.AsMemory());
            _table.EndRow();
            if (_texts.Length < GroupLength)
                continue;
            _table.EndGroup();
            _texts.Clear();
        }

        _table.Finish();
    }

    public void Dispose() => _table.Dispose();
}
