using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>A kind of terminology that a store is built from: the seam for a new format.</summary>
public interface ITerminologySource
{
    /// <summary>What it is, for people and for the store: the folder's name, or the product's.</summary>
    string Name { get; }

    /// <summary>The licences of what it holds, one line each; the store carries them.</summary>
    IReadOnlyList<string> Licences { get; }

    /// <summary>Says all that the source holds.</summary>
    /// <param name="intake">Takes it.</param>
    /// <param name="progress">Hears how many rows were read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EhrR1Exception">A file is missing, damaged, or has a row that is none; the message names file and line.</exception>
    void Read(ITerminologyIntake intake, IProgress<StageProgress>? progress, CancellationToken cancellationToken);
}
