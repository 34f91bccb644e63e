namespace EhrR1.Tasks;

/// <summary>What a published context holds that a departure is about.</summary>
[Flags]
internal enum ContextHolds
{
    Nothing = 0,
    LaterLaboratory = 1 << 0,
    LaterMicrobiology = 1 << 1,
    LaterRadiology = 1 << 2,
    LaterDischargeNote = 1 << 3,
    LaterProcedure = 1 << 4,
    LaterOther = 1 << 5,
    UnfinishedTotal = 1 << 6,
    FinalStatus = 1 << 7,
    OtherStay = 1 << 8,
    NeverShownType = 1 << 9,
    OwnCodes = 1 << 10,
    OutsideEmergency = 1 << 11,
    ComingAdmission = 1 << 12,
}
