namespace EhrR1.Hospital;

/// <summary>The hospital's staff: order providers and ICU caregivers.</summary>
internal static class Staff
{
    private const int ProviderCount = 2000;
    private const int CaregiverCount = 900;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static IReadOnlyList<string> Providers { get; } = [.. Enumerable.Range(0, ProviderCount).Select(Name).Distinct().Order(StringComparer.Ordinal)];

    public static IReadOnlyList<int> Caregivers { get; } = [.. Enumerable.Range(0, CaregiverCount).Select(i => 1003 + (i * 107))];

    private static string Name(int number)
    {
        var value = (uint)((number * 2_654_435_761L) % 60_466_176);
        Span<char> name = stackalloc char[6];
        name[0] = 'P';
        for (var i = 1; i < 6; i++)
        {
            name[i] = Digits[(int)(value % 36)];
            value /= 36;
        }
        return new string(name);
    }
}
