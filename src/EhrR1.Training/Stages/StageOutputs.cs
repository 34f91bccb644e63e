namespace EhrR1.Training;

/// <summary>What a stage leaves: a model folder, and beside it LoRA's additions by themselves where they were trained.</summary>
internal static class StageOutputs
{
    private const string AdapterName = "adapter";

    /// <summary>Writes the model; additions are written to a folder of PEFT's layout and merged into the model.</summary>
    public static void Save(DecoderModel model, LowRankAdapter? adapter, string folder, string from)
    {
        if (adapter is not null)
        {
            AdapterFolder.Save(adapter, Path.Combine(folder, AdapterName), Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(from))));
            adapter.Merge(model);
        }

        ModelFolder.Save(model, folder, companionsFrom: from);
    }
}
