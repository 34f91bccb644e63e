using EhrR1.Hospital;
using EhrR1.Knowledge;

namespace EhrR1.Cli;

/// <summary>The synthetic hospital's own knowledge as a source of a terminology.</summary>
internal static class BuiltInSource
{
    /// <summary>Writes the knowledge in UMLS's Rich Release Format to a folder, where it stays for who wants to look.</summary>
    public static RrfSource WriteTo(string folder)
    {
        HospitalKnowledge.Write(folder);
        return new RrfSource(folder, new RrfOptions { Name = HospitalKnowledge.Name, Licences = [HospitalKnowledge.Licence] });
    }
}
