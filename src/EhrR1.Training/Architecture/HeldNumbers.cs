using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Arithmetic of tensors with single numbers, each held until libtorch has read it.</summary>
/// <remarks>
/// TorchSharp wraps a number on the way to libtorch, and the collector may free the wrapping while it is still read: one failure in many million calls, which a long training
/// meets. A wrapping that is disposed afterwards lives until then.
/// </remarks>
internal static class HeldNumbers
{
    /// <summary>tensor · number.</summary>
    public static Tensor Times(this Tensor tensor, double number)
    {
        using Scalar held = number;
        return tensor.mul(held);
    }

    /// <summary>tensor · number, in place.</summary>
    public static Tensor TimesInPlace(this Tensor tensor, double number)
    {
        using Scalar held = number;
        return tensor.mul_(held);
    }

    /// <summary>tensor + number, in place.</summary>
    public static Tensor PlusInPlace(this Tensor tensor, double number)
    {
        using Scalar held = number;
        return tensor.add_(held);
    }

    /// <summary>tensor + number · other, in place.</summary>
    public static Tensor PlusInPlace(this Tensor tensor, Tensor other, double number)
    {
        using Scalar held = number;
        return tensor.add_(other, held);
    }

    /// <summary>tensor + number · first · second, in place.</summary>
    public static Tensor PlusProductInPlace(this Tensor tensor, Tensor first, Tensor second, double number)
    {
        using Scalar held = number;
        return tensor.addcmul_(first, second, held);
    }

    /// <summary>tensor + number · over / under, in place.</summary>
    public static Tensor PlusQuotientInPlace(this Tensor tensor, Tensor over, Tensor under, double number)
    {
        using Scalar held = number;
        return tensor.addcdiv_(over, under, held);
    }

    /// <summary>The numbers of a tensor, moved to the nearest of two bounds where they are outside.</summary>
    public static Tensor Between(this Tensor tensor, double least, double most)
    {
        using Scalar low = least;
        using Scalar high = most;
        return tensor.clamp(low, high);
    }
}
