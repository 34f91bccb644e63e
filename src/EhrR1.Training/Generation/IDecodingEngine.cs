namespace EhrR1.Training;

/// <summary>Computes the next logits of a batch of sequences, whose rows come and go.</summary>
internal interface IDecodingEngine : IDisposable
{
    /// <summary>Rows, in the order in which they were added.</summary>
    int Rows { get; }

    /// <summary>Bytes of keys and values.</summary>
    long Bytes { get; }

    /// <summary>Adds a row that has seen what a cache of one row holds; the cache stays the caller's.</summary>
    /// <param name="seen">What it has seen.</param>
    /// <param name="most">Tokens that it will come to hold.</param>
    void Add(KeyValueCache seen, int most);

    /// <summary>Bytes of keys and values that rows take together until they end.</summary>
    /// <param name="most">Tokens that each will come to hold.</param>
    long BytesOf(IReadOnlyCollection<int> most);

    /// <summary>Adds one token to every row.</summary>
    /// <param name="tokens">One token a row.</param>
    /// <param name="logits">Takes the logits, row after row.</param>
    void Step(ReadOnlySpan<int> tokens, Span<float> logits);

    /// <summary>Keeps some rows, in ascending order, and drops the others.</summary>
    void Keep(ReadOnlySpan<int> rows);
}
