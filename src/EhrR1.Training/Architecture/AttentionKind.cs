namespace EhrR1.Training;

/// <summary>How attention is computed; the results differ by rounding alone.</summary>
public enum AttentionKind
{
    /// <summary>libtorch's <c>scaled_dot_product_attention</c>, which never keeps the matrix of scores.</summary>
    Fused,

    /// <summary>Product, softmax, product, as written in textbooks; keeps the matrix of scores, heads × tokens × tokens.</summary>
    Plain,
}
