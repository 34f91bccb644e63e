using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Writes pairs as Parquet.</summary>
internal sealed class LiftWriter : IDisposable
{
    private readonly TableWriter _table;
    private readonly TableColumn<string?> _task;
    private readonly TableColumn<string?> _target;
    private readonly TableColumn<string?> _history;
    private readonly TableColumn<long?> _targetSamples;
    private readonly TableColumn<long?> _historySamples;
    private readonly TableColumn<long?> _together;
    private readonly TableColumn<long?> _samples;
    private readonly TableColumn<double?> _lift;
    private readonly TableColumn<double?> _pValue;

    public LiftWriter(string path)
    {
        _table = new TableWriter(path);
        _task = _table.Column<string?>("task");
        _target = _table.Column<string?>("target");
        _history = _table.Column<string?>("history");
        _targetSamples = _table.Column<long?>("n_target");
        _historySamples = _table.Column<long?>("n_history");
        _together = _table.Column<long?>("n_together");
        _samples = _table.Column<long?>("n");
        _lift = _table.Column<double?>("lift");
        _pValue = _table.Column<double?>("p_value");
    }

    public void Add(LiftPair pair)
    {
        _task.Add(pair.Task);
        _target.Add(pair.Target);
        _history.Add(pair.History);
        _targetSamples.Add(pair.TargetSamples);
        _historySamples.Add(pair.HistorySamples);
        _together.Add(pair.Together);
        _samples.Add(pair.Samples);
        _lift.Add(pair.Lift);
        _pValue.Add(pair.PValue);
        _table.EndRow();
    }

    public void Finish() => _table.Finish();

    public void Dispose() => _table.Dispose();
}
