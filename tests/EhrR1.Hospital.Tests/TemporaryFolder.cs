namespace EhrR1.Hospital.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ehr-r1-hospital-").FullName;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public static async Task<TemporaryFolder> WithHospital(HospitalOptions options)
    {
        var folder = new TemporaryFolder();
        await new SyntheticHospital().WriteAsync(folder.Path, options, null, TestContext.Current.CancellationToken);
        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
