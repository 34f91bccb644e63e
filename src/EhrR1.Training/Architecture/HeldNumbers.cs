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

    /// <summary>tensor².</summary>
    public static Tensor Squared(this Tensor tensor)
    {
        using Scalar held = 2;
        return tensor.pow(held);
    }

    /// <summary>tensor + number, in place.</summary>
    public static Tensor PlusInPlace(this Tensor tensor, double number)
    {
        using Scalar held = number;
        using Scalar once = 1; // without it TorchSharp wraps one itself
        return tensor.add_(held, once);
    }

    /// <summary>tensor + number · other, in place.</summary>
    public static Tensor PlusInPlace(this Tensor tensor, Tensor other, double number)
    {
        using Scalar held = number;
        return tensor.add_(other, held);
    }

    /// <summary>tensor + number · other; TorchSharp's sum of two tensors wraps a number too, the 1 that the second is multiplied by.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor other, double number = 1)
    {
        using Scalar held = number;
        return tensor.add(other, held);
    }

    /// <summary>tensor with rows of another added at some places.</summary>
    public static Tensor PlusAt(this Tensor tensor, Tensor places, Tensor other)
    {
        using Scalar once = 1;
        return tensor.index_add(0, places, other, once);
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
