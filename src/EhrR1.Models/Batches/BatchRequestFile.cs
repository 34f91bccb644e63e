using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Writes requests in the format that OpenAI's batch service and <c>vllm run-batch</c> read: one a line, with the request's hash as <c>custom_id</c>.</summary>
/// <remarks>
/// What is larger than the limits goes into numbered parts: <c>requests-001.jsonl</c>, <c>requests-002.jsonl</c>, … The files hold patients' text and are readable by
/// their owner alone. They stand under their names when <see cref="Commit"/> has returned; parts of an earlier, longer batch of the same name are deleted then. In
/// memory there is a number for every request and one line. Not thread-safe.
/// </remarks>
public sealed class BatchRequestFile : IDisposable
{
    /// <summary>The route that each request names.</summary>
    public const string Route = "/v1/chat/completions";

    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _path;
    private readonly BatchLimits _limits;
    private readonly ServerHabits _habits;
    private readonly HashSet<UInt128> _written = [];
    private readonly ArrayBufferWriter<byte> _line = new(1 << 16);
    private FileStream? _part;
    private int _parts;
    private int _inPart;

    private BatchRequestFile(string path, BatchService service, BatchLimits limits)
    {
        _path = path;
        _limits = limits;
        _habits = new ServerHabits(isHosted: service == BatchService.OpenAi, prefersMaxCompletionTokens: service == BatchService.OpenAi);
    }

    /// <summary>How many requests were written.</summary>
    public int Count => _written.Count;

    /// <summary>Begins a batch.</summary>
    /// <param name="path">The file; parts are numbered before its ending.</param>
    /// <param name="service">What will work it off.</param>
    /// <param name="limits">How large a file may be; <see langword="null"/> for the defaults.</param>
    public static BatchRequestFile Begin(string path, BatchService service, BatchLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new BatchRequestFile(path, service, limits ?? new BatchLimits());
    }

    /// <summary>Writes a request; one that was written already is not written again.</summary>
    /// <param name="model">The model's name, as the service knows it.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="EhrR1Exception">The disk is full, or one request is larger than a file may be.</exception>
    public void Add(string model, GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var hash = RequestHash.Of(model, request);
        if (!_written.Add(BatchId.KeyOf(hash) ?? default))
            return;
        WriteLine(hash, model, request);
        if (_line.WrittenCount > _limits.Bytes)
            throw new EhrR1Exception($"A request is larger than a batch file may be ({_line.WrittenCount:#,0} bytes)", hash, "Cut the records with '--context'");
        try
        {
            if (_part is null || _inPart == _limits.Requests || _part.Position + _line.WrittenCount > _limits.Bytes)
                BeginPart();
            _part!.Write(_line.WrittenSpan);
            _inPart++;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(e);
        }
    }

    /// <summary>Ends the batch and puts its files in their places.</summary>
    /// <returns>The files in their order; none where nothing was written.</returns>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public IReadOnlyList<string> Commit()
    {
        try
        {
            EndPart();
            string[] files = _parts == 1 ? [_path] : [.. Enumerable.Range(1, _parts).Select(PartOf)];
            if (_parts == 1)
                File.Move(PartOf(1) + AtomicFile.TemporaryEnding, _path, overwrite: true);
            else
                Array.ForEach(files, AtomicFile.Commit);
            _parts = 0;
            DeleteStale(files);
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(e);
        }
    }

    /// <summary>Deletes what was not ended.</summary>
    public void Dispose()
    {
        _part?.Dispose();
        for (int part = 1; part <= _parts; part++)
            File.Delete(PartOf(part) + AtomicFile.TemporaryEnding);
    }

    private void WriteLine(string hash, string model, GenerationRequest request)
    {
        _line.ResetWrittenCount();
        var call = new ChatCall(request.Prompt) { Sampling = request.Sampling, Choices = request.Completions };
        using (var json = new Utf8JsonWriter(_line, _json))
        {
            json.WriteStartObject();
            json.WriteString("custom_id", hash);
            json.WriteString("method", "POST");
            json.WriteString("url", Route);
            json.WritePropertyName("body");
            json.WriteRawValue(call.Write(model, _habits, []).Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
    }

    private void BeginPart()
    {
        EndPart();
        Workspace.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        var path = PartOf(_parts + 1);
        // One that a kill left would keep its old permissions.
        File.Delete(path + AtomicFile.TemporaryEnding);
        _part = AtomicFile.Begin(path);
        _parts++;
        _inPart = 0;
    }

    private void EndPart()
    {
        _part?.Flush(flushToDisk: true);
        _part?.Dispose();
        _part = null;
    }

    private string PartOf(int number) => Path.Combine(
        Path.GetDirectoryName(_path)!, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(_path)}-{number:000}{Path.GetExtension(_path)}"));

    // An earlier batch of the same name: who uploads all that is there would ask twice.
    private void DeleteStale(string[] files)
    {
        if (files.Length == 1)
        {
            for (int part = 1; File.Exists(PartOf(part)); part++)
                File.Delete(PartOf(part));
            return;
        }

        if (files.Length > 0)
            File.Delete(_path);
        for (int part = files.Length + 1; File.Exists(PartOf(part)); part++)
            File.Delete(PartOf(part));
    }

    private EhrR1Exception NotWritten(Exception e) => new($"The batch cannot be written: {e.Message}", _path, "Free disk space or choose a folder that you may write to, then run the command again", e);
}
