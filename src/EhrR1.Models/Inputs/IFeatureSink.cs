namespace EhrR1.Models;

/// <summary>Takes the features of one input as they are met; the same name may come many times and adds up.</summary>
internal interface IFeatureSink
{
    /// <summary>Adds to a feature.</summary>
    void Add(ReadOnlySpan<char> name, float value);
}
