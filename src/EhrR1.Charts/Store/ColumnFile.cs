namespace EhrR1.Charts;

/// <summary>A file whose asynchronous reads end before they return: the Parquet reader then runs on the calling thread alone.</summary>
/// <param name="path">The file's path.</param>
internal sealed class ColumnFile(string path) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 14)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));
}
