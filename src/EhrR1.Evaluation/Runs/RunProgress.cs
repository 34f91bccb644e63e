using System.Globalization;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Evaluation;

/// <summary>Tells how far a run is in samples, with tokens a second and cost where there are any.</summary>
internal sealed class RunProgress(IProgress<StageProgress> progress, OpenedModel model, long before, long left) : IProgress<RequestProgress>
{
    public void Report(RequestProgress value)
    {
        List<string> notes = [];
        if (value.TokensPerSecond > 0)
            notes.Add(value.TokensPerSecond.ToString("#,0", CultureInfo.InvariantCulture) + " tokens/s");
        if (model.Ledger is { } ledger && value.Cost > 0)
            notes.Add($"{value.Cost.ToString("0.00##", CultureInfo.InvariantCulture)} {ledger.Prices.Currency}");
        if (value.Failed > 0)
            notes.Add($"{value.Failed} failed");
        progress.Report(new StageProgress($"Asking {model.Model.Name}", before + value.Done + value.Failed, before + left, "samples", notes.Count > 0 ? string.Join(", ", notes) : null));
    }
}
