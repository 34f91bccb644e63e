using System.Text;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Reasoning;

namespace EhrR1.Training;

/// <summary>Where in a workspace's files the thinking graph of each sample stands, so that one is read without the others.</summary>
/// <remarks>Memory holds an id and a place for each graph. Immutable once read; safe for any number of threads.</remarks>
internal sealed class GraphPlaces
{
    private static readonly byte[] _begins = "{\"id\":\""u8.ToArray();
    private readonly Dictionary<string, (int File, long Start, int Length)> _places = new(StringComparer.Ordinal);
    private readonly string[] _files;

    private GraphPlaces(string[] files) => _files = files;

    public int Count => _places.Count;

    /// <summary>Finds the graphs of a folder and adds their names to a vocabulary.</summary>
    public static GraphPlaces Read(string folder, GroundingVocabulary names, CancellationToken cancellationToken)
    {
        var places = new GraphPlaces(Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)] : []);
        for (int file = 0; file < places._files.Length; file++)
            places.Add(file, names, cancellationToken);
        return places;
    }

    /// <summary>A sample's graph, or <see langword="null"/> where it has none.</summary>
    /// <exception cref="EhrR1Exception">The files have changed since they were read.</exception>
    public ThinkingGraph? Find(string sample)
    {
        if (!_places.TryGetValue(sample, out var place))
            return null;
        var line = new byte[place.Length];
        using var file = File.OpenHandle(_files[place.File]);
        int read = RandomAccess.Read(file, line, place.Start);
        return read == line.Length && IdOf(line) == sample
            ? GraphJson.Parse(Encoding.UTF8.GetString(line))
            : throw new EhrR1Exception("The thinking graphs have changed since the server started", _files[place.File], "Start the server again");
    }

    private void Add(int file, GroundingVocabulary names, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(_files[file], new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        long at = 0;
        // Lines end with a line feed alone, as the graphs' writer ends them.
        while (lines.ReadLine() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = Encoding.UTF8.GetByteCount(line);
            var graph = GraphJson.Parse(line);
            names.Add(graph);
            _places[graph.Id] = (file, at, length);
            at += length + 1;
        }
    }

    private static string? IdOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(_begins))
            return null;
        int end = line[_begins.Length..].IndexOf((byte)'"');
        return end < 0 ? null : Encoding.UTF8.GetString(line.Slice(_begins.Length, end));
    }
}
