namespace EhrR1.Hospital;

/// <summary>One buffer for each table, filled patient after patient.</summary>
internal sealed class PatientTables
{
    private readonly TableBuffer[] buffers = [.. TableSchema.All.Select(_ => new TableBuffer())];

    public TableBuffer this[Table table] => buffers[(int)table];

    public long Rows => buffers.Sum(b => b.Rows);

    public void Clear()
    {
        foreach (var buffer in buffers)
            buffer.Clear();
    }
}
