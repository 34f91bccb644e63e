using EhrR1.Hospital;

namespace EhrR1.Examples;

/// <summary>Hospital: write patients that never were.</summary>
public static class HospitalExample
{
    /// <summary>Writes a hospital and says how many rows its laboratory table has.</summary>
    public static async Task<long> WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var options = new HospitalOptions { Patients = 20, Seed = 1 };
        var summary = await new SyntheticHospital().WriteAsync(folder, options, cancellationToken: cancellationToken);
        return summary.Rows["hosp/labevents.csv.gz"];
    }
}
