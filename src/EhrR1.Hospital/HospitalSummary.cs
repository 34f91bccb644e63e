namespace EhrR1.Hospital;

/// <summary>What was written.</summary>
/// <param name="Folder">The folder of the hospital.</param>
/// <param name="Patients">Patients.</param>
/// <param name="Admissions">Admissions.</param>
/// <param name="EdStays">Stays in the emergency department.</param>
/// <param name="IcuStays">Stays in an ICU.</param>
/// <param name="Rows">Rows by file, headers not counted.</param>
public sealed record HospitalSummary(string Folder, long Patients, long Admissions, long EdStays, long IcuStays, IReadOnlyDictionary<string, long> Rows);
