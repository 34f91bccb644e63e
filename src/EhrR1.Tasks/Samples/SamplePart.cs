namespace EhrR1.Tasks;

/// <summary>The part of a sample's input that an item stands in, in the order of the text.</summary>
public enum SamplePart
{
    /// <summary>The demographics.</summary>
    Demographics,

    /// <summary>The last discharge note of another stay.</summary>
    LastDischarge,

    /// <summary>The stay's admission.</summary>
    Admission,

    /// <summary>The context.</summary>
    Context,
}
