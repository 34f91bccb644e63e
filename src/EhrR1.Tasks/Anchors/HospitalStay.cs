using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>What an admissions row says about its stay.</summary>
internal static class HospitalStay
{
    private static readonly EventType _type = EventCatalog.Get("admissions");
    private static readonly EventField _dischtime = _type["dischtime"];
    private static readonly EventField _deathtime = _type["deathtime"];
    private static readonly EventField _expired = _type["hospital_expire_flag"];

    public static DateTime? DischargeOf(EventItem admission) => admission.Moment(_dischtime);

    public static DateTime? DeathOf(EventItem admission) => admission.Moment(_deathtime);

    /// <summary>Whether the patient died in this stay, by the hospital's own record.</summary>
    public static bool EndedInDeath(EventItem admission) => admission.Integer(_expired) == 1 || DeathOf(admission) is not null;
}
