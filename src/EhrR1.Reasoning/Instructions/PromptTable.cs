using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Prompts for reinforcement learning as a Parquet file: verl's columns, and flat ones that TRL hands to reward functions.</summary>
internal sealed class PromptTable : IDisposable
{
    private readonly TextArena _texts = new();
    private readonly TableWriter _table;
    private readonly TableColumn<string?> _source, _ability, _truth, _style, _split, _extraId, _extraTask, _id, _task;
    private readonly TableColumn<long?> _index, _subject;
    private readonly TableColumn<int?> _tokens;
    private readonly TextListColumn _labels;
    private readonly RecordListColumn _prompt;

    public PromptTable(string path)
    {
        _table = new TableWriter(path);
        _source = _table.Column<string?>("data_source");
        _prompt = _table.RecordList("prompt", "role", "content");
        _ability = _table.Column<string?>("ability");
        var reward = _table.Record("reward_model");
        _style = reward.Column<string?>("style");
        _truth = reward.Column<string?>("ground_truth");
        var extra = _table.Record("extra_info");
        _split = extra.Column<string?>("split");
        _index = extra.Column<long?>("index");
        _extraId = extra.Column<string?>("id");
        _extraTask = extra.Column<string?>("task");
        _subject = extra.Column<long?>("subject_id");
        _id = _table.Column<string?>("id");
        _task = _table.Column<string?>("task");
        _labels = _table.TextList("labels");
        _tokens = _table.Column<int?>("tokens");
    }

    public void Write(IEnumerable<InstructionCase> prompts, long firstIndex)
    {
        foreach (var one in prompts)
        {
            _source.Add(CaseColumns.DataSourceOf(one));
            _prompt.BeginRow(2);
            _prompt.Add(CaseColumns.SystemRole.AsMemory(), CaseText.System.AsMemory());
            _prompt.Add(CaseColumns.UserRole.AsMemory(), _texts.Keep(one.User.Span));
            _ability.Add(one.Task.TaskType);
            _style.Add(CaseColumns.RewardStyle);
            _truth.Add(CaseColumns.GroundTruthOf(one));
            _split.Add(one.Split);
            _index.Add(firstIndex++);
            _extraId.Add(one.Id);
            _extraTask.Add(one.Task.Name);
            _subject.Add(one.SubjectId);
            _id.Add(one.Id);
            _task.Add(one.Task.Name);
            _labels.Add(one.Labels);
            _tokens.Add(one.Tokens);
            _table.EndRow();
            if (_texts.Length < CaseTable.GroupLength)
                continue;
            _table.EndGroup();
            _texts.Clear();
        }

        _table.Finish();
    }

    public void Dispose() => _table.Dispose();
}
