namespace EhrR1.Hospital;

/// <summary>How likely an item of the flowsheet is used in a stay, and what its free values read.</summary>
internal static class IcuUse
{
    private static readonly string[] VentilatorWords = ["PEEP", "Tidal", "Vent", "Minute Volume", "Inspired O2", "Plateau", "Inspiratory", "ETT", "Cuff", "Mean Airway", "PSV", "SBT", "RSBI"];
    private static readonly string[] RareWords = ["ECMO", "IABP", "Impella", "ICP", "CRRT", "Dialysis", "PA Line", "PAP", "Cardiac Output", "Cardiac Index", "Pacer", "BIS", "Train of Four", "Tandem", "Bladder Pressure", "Epidural", "PCA"];

    public static double ChanceOf(IcuItem item, bool ventilated)
    {
        if (Has(RareWords, item))
            return 0.05;
        if (Has(VentilatorWords, item))
            return ventilated ? 0.92 : 0.03;
        return item.EveryHours is > 0 and <= 6 || item.Vital.Length > 0 ? 0.95 : 0.72;
    }

    public static string TextOf(IcuItem item, Rng rng) => item.Label switch
    {
        "Heart Rhythm" => rng.Uniform() switch { < 0.6 => "SR (Sinus Rhythm)", < 0.85 => "ST (Sinus Tachycardia)", _ => "AF (Atrial Fibrillation)" },
        _ => rng.Uniform() switch { < 0.55 => "Normal", < 0.75 => "WNL", < 0.9 => "Yes", _ => "1" },
    };

    private static bool Has(string[] words, IcuItem item)
    {
        foreach (var word in words)
        {
            if (item.Label.Contains(word, StringComparison.Ordinal) || item.Category.Contains(word, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
