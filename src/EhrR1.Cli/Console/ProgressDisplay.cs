using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>Shows how far a stage has come: a bar on a terminal, else a plain line every few seconds. Short stages show nothing.</summary>
/// <remarks>Safe for use by any number of threads; reports that come faster than the eye are passed over.</remarks>
internal sealed class ProgressDisplay(CliTerminal terminal) : IProgress<StageProgress>, IDisposable
{
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _betweenLines = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _betweenFrames = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private string? _stage;
    private long _began;
    private long _shown;
    private bool _lineIsOpen;

    public void Report(StageProgress value)
    {
        lock (_gate)
        {
            var now = terminal.Time.GetTimestamp();
            if (_stage != value.Stage)
            {
                Clear();
                (_stage, _began, _shown) = (value.Stage, now, now);
                return;
            }

            var elapsed = terminal.Time.GetElapsedTime(_began, now);
            if (elapsed < _silence || terminal.Time.GetElapsedTime(_shown, now) < (terminal.IsErrorTerminal ? _betweenFrames : _betweenLines))
                return;
            _shown = now;
            if (terminal.IsErrorTerminal)
                Redraw(value, elapsed);
            else
                terminal.Error.WriteLine(Describe(value, elapsed));
        }
    }

    /// <summary>Writes a line of its own above the bar.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            Clear();
            terminal.Error.WriteLine(line);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Clear();
            _stage = null;
        }
    }

    internal static string Describe(StageProgress value, TimeSpan elapsed)
    {
        var rate = value.Done / Math.Max(elapsed.TotalSeconds, 1e-3);
        var rateText = $"{Amount(rate, value.Unit)}/s";
        var note = value.Note is { } more ? $", {more}" : "";
        if (value.Total is not { } total || total <= 0)
            return $"{value.Stage}: {Amount(value.Done, value.Unit)}, {rateText}{note}";
        var share = Math.Clamp((double)value.Done / total, 0, 1);
        var left = rate > 0 ? $", {Duration(TimeSpan.FromSeconds((total - value.Done) / rate))} left" : "";
        return $"{value.Stage}: {(value.Unit == "bytes" ? MemorySize.Format(value.Done) : Number(value.Done))} of {Amount(total, value.Unit)} ({(share * 100).ToString("0", CultureInfo.InvariantCulture)} %), {rateText}{note}{left}";
    }

    /// <summary>A span of time as people say it: <c>8 s</c>, <c>3 min 05 s</c>, <c>2 h 10 min</c>.</summary>
    internal static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 60 => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 3600 => $"{(int)time.TotalMinutes} min {time.Seconds:00} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    };

    internal static string Number(double value) => value.ToString(value < 10 ? "0.#" : "#,0", CultureInfo.InvariantCulture);

    private static string Amount(double value, string unit) => unit == "bytes" ? MemorySize.Format((long)value) : $"{Number(value)} {unit}";

    private void Redraw(StageProgress value, TimeSpan elapsed)
    {
        const int Bar = 24;
        var text = Describe(value, elapsed);
        if (value.Total is { } total and > 0)
        {
            var full = (int)(Bar * Math.Clamp((double)value.Done / total, 0, 1));
            text = $"[{new string('#', full)}{new string('.', Bar - full)}] {text}";
        }

        if (text.Length >= terminal.Width)
            text = text[..(terminal.Width - 1)];
        terminal.Error.Write($"\r\e[K{text}");
        _lineIsOpen = true;
    }

    private void Clear()
    {
        if (_lineIsOpen)
            terminal.Error.Write("\r\e[K");
        _lineIsOpen = false;
    }
}
