using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Tells by a folder's files what kind of record it holds.</summary>
public static class ChartSources
{
    /// <summary>Looks at the source folder of a build.</summary>
    /// <param name="options">What to build from, and how.</param>
    /// <exception cref="EhrR1Exception">The folder does not exist, is of no known kind or of two, lacks a required file, or does not fit the options.</exception>
    public static IChartSource Open(BuildOptions options)
    {
        var root = Path.GetFullPath(options.Source);
        if (!Directory.Exists(root) || ReleaseFolder.FindPatients(root) is not { } patients)
        {
            if (Directory.Exists(root) && !MimicSource.HasModules(root))
                throw Unknown(root);
            return MimicChartSource.Open(options);
        }

        if (MimicSource.FindHospital(root) is { } hospital)
            throw new EhrR1Exception("The source holds two kinds of record: the paper's release and MIMIC-IV's files", $"{patients} and {hospital}", "Give the folder of one of them");
        return ReleaseSource.Open(options, patients);
    }

    private static EhrR1Exception Unknown(string root)
    {
        var packed = Directory.EnumerateFiles(root, ReleaseFolder.PatientsName + ".tar*").FirstOrDefault();
        return packed is not null
            ? new EhrR1Exception("The patients of the paper's release are still packed", packed, $"Unpack the archive beside itself, so that the folder '{ReleaseFolder.PatientsName}' holds one Parquet file a patient")
            : new EhrR1Exception("The source folder is of no known kind", root, $"Give the folder that holds hosp/, icu/, ed/ and note/ as unpacked from PhysioNet, or the folder of the paper's release that holds {ReleaseFolder.PatientsName}/");
    }
}
