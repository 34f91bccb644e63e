namespace EhrR1.Hospital.Tests;

/// <summary>2,000 patients, made once for all sanity tests.</summary>
public sealed class LargeHospital : IAsyncLifetime
{
    internal TemporaryFolder Folder { get; private set; } = null!;

    internal IReadOnlyDictionary<string, IReadOnlyList<RiskSample>> Families { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Folder = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 2000 });
        Families = new Dictionary<string, IReadOnlyList<RiskSample>>(StringComparer.Ordinal)
        {
            ["admission"] = RiskSamples.OfAdmissions(Folder),
            ["discharge"] = RiskSamples.OfDischarges(Folder),
            ["ed"] = RiskSamples.OfEdStays(Folder),
            ["icu"] = RiskSamples.OfIcuStays(Folder),
        };
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
