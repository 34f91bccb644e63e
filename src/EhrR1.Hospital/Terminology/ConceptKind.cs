namespace EhrR1.Hospital;

/// <summary>What a concept of the hospital's own knowledge is.</summary>
internal enum ConceptKind
{
    Condition,
    Diagnosis,
    DiagnosisGroup,
    Symptom,
    Finding,
    Drug,
    DrugClass,
    Substance,
    Laboratory,
    Panel,
    VitalSign,
    FlowsheetItem,
    Record,
    Procedure,
    ProcedureGroup,
    Imaging,
    Microbiology,
    Organism,
    Service,
    Place,
    Admission,
    Order,
    Hub,
    NearMiss,
}
