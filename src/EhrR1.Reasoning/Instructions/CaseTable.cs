using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Cases as a Parquet file.</summary>
internal sealed class CaseTable : IDisposable
{
    private readonly NestedTableWriter _table;
    private readonly NestedColumn _id, _sample, _subject, _task, _type, _split, _kind, _teacher, _tokens;
    private readonly NestedList _labels;
    private readonly NestedRecords _messages;

    public CaseTable(string path)
    {
        _table = new NestedTableWriter(path);
        _id = _table.Text("id");
        _sample = _table.Text("sample_id");
        _subject = _table.Int64("subject_id");
        _task = _table.Text("task");
        _type = _table.Text("task_type");
        _split = _table.Text("split");
        _kind = _table.Text("kind");
        _teacher = _table.Text("teacher");
        _labels = _table.TextList("labels");
        _tokens = _table.Int32("tokens");
        _messages = _table.Records("messages", "role", "content");
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
            _messages.Add(CaseColumns.SystemRole, CaseText.System);
            _messages.Add(CaseColumns.UserRole, one.User.Span);
            _messages.Add(CaseColumns.AssistantRole, one.Assistant);
            _table.EndRow();
        }

        _table.Finish();
    }

    public void Dispose() => _table.Dispose();
}
