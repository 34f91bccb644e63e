using EhrR1.Hospital;

namespace EhrR1.Knowledge.Tests;

/// <summary>The knowledge of the synthetic hospital as a terminology, and a hospital of 200 patients, made once.</summary>
public sealed class BuiltInKnowledge : IAsyncLifetime
{
    private readonly TemporaryFolder _rrf = new();
    private readonly TemporaryFolder _hospital = new();

    internal string RrfFolder => _rrf.FullPath;

    internal string Hospital => _hospital.FullPath;

    internal HospitalKnowledgeSummary Summary { get; private set; } = null!;

    internal BuiltTerminology Built { get; private set; } = null!;

    internal Terminology Store => Built.Store;

    public async ValueTask InitializeAsync()
    {
        Summary = HospitalKnowledge.Write(RrfFolder);
        Built = new BuiltTerminology(new RrfSource(RrfFolder, new RrfOptions { Name = HospitalKnowledge.Name, Licences = [HospitalKnowledge.Licence] }));
        await new SyntheticHospital().WriteAsync(Hospital, new HospitalOptions { Patients = 200 }, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Columns of a table of the hospital or of the folder beside the RRF files.</summary>
    internal static IEnumerable<string[]> Rows(string path, params string[] columns)
    {
        using var table = new DelimitedFile(path, ',');
        var places = Array.ConvertAll(columns, table.Column);
        while (table.TryRead())
            yield return Array.ConvertAll(places, p => System.Text.Encoding.UTF8.GetString(table[p]));
    }

    public ValueTask DisposeAsync()
    {
        Built.Dispose();
        _rrf.Dispose();
        _hospital.Dispose();
        return ValueTask.CompletedTask;
    }
}
