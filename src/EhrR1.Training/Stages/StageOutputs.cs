namespace EhrR1.Training;

/// <summary>What a stage leaves: a model folder, and beside it LoRA's additions by themselves where they were trained.</summary>
internal static class StageOutputs
{
    private const string AdapterName = "adapter";

    /// <summary>Writes the model; additions are written to a folder of PEFT's layout and merged into the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="adapter">Its additions, if it was they that were trained.</param>
    /// <param name="folder">The folder to write.</param>
    /// <param name="from">The folder that the training began from.</param>
    /// <param name="endTokens">The tokens that the model was taught to end with, which other engines read in generation_config.json.</param>
    public static void Save(DecoderModel model, LowRankAdapter? adapter, string folder, string from, IReadOnlyList<int> endTokens)
    {
        if (adapter is not null)
        {
            AdapterFolder.Save(adapter, Path.Combine(folder, AdapterName), Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(from))));
            adapter.Merge(model);
        }

        ModelFolder.Save(model, folder, companionsFrom: from, endTokens: endTokens);
    }
}
