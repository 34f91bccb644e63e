using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Prompts for reinforcement learning as a Parquet file: verl's columns, and flat ones that TRL hands to reward functions.</summary>
internal sealed class PromptTable : IDisposable
{
    private readonly NestedTableWriter _table;
    private readonly NestedColumn _source, _ability, _style, _truth, _split, _index, _extraId, _extraTask, _subject, _id, _task, _tokens;
    private readonly NestedList _labels;
    private readonly NestedRecords _prompt;

    public PromptTable(string path)
    {
        _table = new NestedTableWriter(path);
        _source = _table.Text("data_source");
        _prompt = _table.Records("prompt", "role", "content");
        _ability = _table.Text("ability");
        var reward = _table.Record("reward_model");
        _style = reward.Text("style");
        _truth = reward.Text("ground_truth");
        var extra = _table.Record("extra_info");
        _split = extra.Text("split");
        _index = extra.Int64("index");
        _extraId = extra.Text("id");
        _extraTask = extra.Text("task");
        _subject = extra.Int64("subject_id");
        _id = _table.Text("id");
        _task = _table.Text("task");
        _labels = _table.TextList("labels");
        _tokens = _table.Int32("tokens");
    }

    public void Write(IEnumerable<InstructionCase> prompts, long firstIndex)
    {
        foreach (var one in prompts)
        {
            _source.Add(CaseColumns.DataSourceOf(one));
            _prompt.Add(CaseColumns.SystemRole, CaseText.System);
            _prompt.Add(CaseColumns.UserRole, one.User.Span);
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
        }

        _table.Finish();
    }

    public void Dispose() => _table.Dispose();
}
