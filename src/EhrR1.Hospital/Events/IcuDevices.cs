namespace EhrR1.Hospital;

/// <summary>What is in and around an ICU patient; what the flowsheet holds follows from it.</summary>
[Flags]
internal enum IcuDevices
{
    None = 0,
    Ventilator = 1,
    ArterialLine = 1 << 1,
    CentralLine = 1 << 2,
    Picc = 1 << 3,
    Gauge18 = 1 << 4,
    Gauge20 = 1 << 5,
    Gauge22 = 1 << 6,
    Dialysis = 1 << 7,
    Restraint = 1 << 8,
    GastricTube = 1 << 9,
    TubeFeed = 1 << 10,
    Foley = 1 << 11,
    Incision = 1 << 12,
    Wound = 1 << 13,
    PulmonaryCatheter = 1 << 14,
    BrainMonitor = 1 << 15,
    OtherLine = 1 << 16,
    ChestTube = 1 << 17,
}
