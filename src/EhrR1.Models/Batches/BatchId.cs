using System.Globalization;

namespace EhrR1.Models;

/// <summary>The number that stands for a request's hash in memory.</summary>
internal static class BatchId
{
    private const int HashDigits = 64;

    /// <summary>Half of the digits, which tell any number of requests apart; <see langword="null"/> for what is no hash of ours.</summary>
    public static UInt128? KeyOf(string id) =>
        id.Length == HashDigits && UInt128.TryParse(id.AsSpan(0, HashDigits / 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key) ? key : null;
}
