using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>What is done to the gradients of an optimizer's parameters between two steps.</summary>
public static class Gradients
{
    /// <summary>Drops the gradients.</summary>
    public static void ZeroGradients(this IOptimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        using var off = no_grad();
        using var scope = NewDisposeScope();
        foreach (var gradient in optimizer.Gradients)
            gradient.zero_();
    }

    /// <summary>Scales the gradients so that their common norm is a number at most.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="most">The number; 0 or less scales nothing.</param>
    /// <returns>The norm before.</returns>
    public static double ClipGradients(this IOptimizer optimizer, double most)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var gradients = optimizer.Gradients.ToList();
        var norms = gradients.Select(g => g.norm()).ToArray();
        if (norms.Length == 0)
            return 0;
        var norm = stack(norms).norm().item<float>();
        if (most > 0 && norm > most)
        {
            foreach (var gradient in gradients)
                gradient.TimesInPlace(most / (norm + 1e-6));
        }

        return norm;
    }
}
