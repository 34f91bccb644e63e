namespace EhrR1.Knowledge;

/// <summary>What a term of a chart names; it decides how the term is normalised and which concepts are preferred.</summary>
public enum TermKind
{
    /// <summary>A drug as it is ordered, dispensed or given: "Potassium Chloride 20 mEq ER tablet".</summary>
    Drug,

    /// <summary>A class of drugs: "Loop diuretics".</summary>
    DrugClass,

    /// <summary>A laboratory item: "Creatinine, Urine".</summary>
    Laboratory,

    /// <summary>A diagnosis by its ICD title.</summary>
    Diagnosis,

    /// <summary>A category of diagnoses (CCS).</summary>
    DiagnosisCategory,

    /// <summary>A procedure by its ICD title.</summary>
    Procedure,

    /// <summary>A category of procedures (CCS).</summary>
    ProcedureCategory,

    /// <summary>A microbiology test.</summary>
    Microbiology,

    /// <summary>An imaging examination.</summary>
    Imaging,

    /// <summary>What is observed or charted: vital signs, intake and output, measurements.</summary>
    Observation,

    /// <summary>What is done in intensive care.</summary>
    IntensiveCare,

    /// <summary>A place of care, a service or a kind of admission.</summary>
    Care,

    /// <summary>A kind of order.</summary>
    Order,

    /// <summary>A concept that stands in free text.</summary>
    Note,
}
