using System.Text;
using static EhrR1.Models.LightGbmLibrary;

namespace EhrR1.Models;

/// <summary>Rows binned once, on which any number of binary outcomes are fitted one after another.</summary>
/// <remarks>Not safe for several threads at once; several instances are independent of each other. Each uses one thread,
/// so that the bytes of a model do not depend on the machine's cores.</remarks>
internal sealed class LightGbmFit : IDisposable
{
    private readonly LightGbmDatasetHandle _dataset;
    private readonly string _parameters;
    private readonly int _rows;
    private readonly int _trees;

    public LightGbmFit(SparseRows rows, TreeSettings settings)
    {
        Require();
        _rows = rows.Count;
        _trees = settings.Trees;
        _parameters = settings.ToParameters();
        var (starts, columns, values) = rows.ToArrays();
        Check(LGBM_DatasetCreateFromCSR(
            starts, IntType, columns, values, FloatType, starts.Length, values.Length, rows.Columns, _parameters, IntPtr.Zero, out _dataset));
    }

    /// <summary>Fits one outcome and gives the model in LightGBM's text format.</summary>
    /// <param name="outcomes">One a row.</param>
    public string Fit(ReadOnlySpan<bool> outcomes)
    {
        using var booster = Boost(outcomes);
        return Save(booster);
    }

    /// <summary>Fits one outcome and predicts some rows with LightGBM itself: the reference of <see cref="TreeEnsemble"/>.</summary>
    public (string Model, double[] Probabilities) FitAndPredict(ReadOnlySpan<bool> outcomes, SparseRows rows)
    {
        using var booster = Boost(outcomes);
        var (starts, columns, values) = rows.ToArrays();
        var result = new double[rows.Count];
        Check(LGBM_BoosterPredictForCSR(
            booster, starts, IntType, columns, values, FloatType, starts.Length, values.Length, rows.Columns, 0, 0, -1, "num_threads=1", out _, result));
        return (Save(booster), result);
    }

    public void Dispose() => _dataset.Dispose();

    private LightGbmBoosterHandle Boost(ReadOnlySpan<bool> outcomes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Length, _rows);
        var labels = new float[outcomes.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = outcomes[i] ? 1 : 0;
        Check(LGBM_DatasetSetField(_dataset, "label", labels, labels.Length, FloatType));
        Check(LGBM_BoosterCreate(_dataset, _parameters, out var booster));
        try
        {
            for (var tree = 0; tree < _trees; tree++)
            {
                Check(LGBM_BoosterUpdateOneIter(booster, out var finished));
                if (finished != 0)
                    break;
            }

            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    private static string Save(LightGbmBoosterHandle booster)
    {
        var buffer = new byte[1 << 16];
        Check(LGBM_BoosterSaveModelToString(booster, 0, -1, 0, buffer.Length, out var length, buffer));
        if (length > buffer.Length)
        {
            buffer = new byte[length];
            Check(LGBM_BoosterSaveModelToString(booster, 0, -1, 0, buffer.Length, out length, buffer));
        }

        // The length counts the closing zero.
        return Encoding.UTF8.GetString(buffer, 0, (int)length - 1);
    }
}
