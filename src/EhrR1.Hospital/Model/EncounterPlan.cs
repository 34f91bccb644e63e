namespace EhrR1.Hospital;

/// <summary>Draws a patient's encounters one after the other, each from the state that the one before has left.</summary>
internal sealed class EncounterPlan(HospitalContent content, Patient patient, Rng rng)
{
    private const double EarlyDirect = 0.22;
    private const double EarlyElective = 0.18;
    private const double ShareEmergency = 0.70;
    private const double ShareDirect = 0.17;
    private const double LateReturn = 0.27;

    /// <summary>The chance that an early return is an admission.</summary>
    public static double EarlyAdmission => EarlyDirect + EarlyElective + ((1 - EarlyDirect - EarlyElective) * OutcomeModel.ReturnAdmission);

    public void Draw()
    {
        var time = Clock.At(patient.AnchorYear, 1, 1) + (rng.Below(365) * Clock.Day);
        var kind = FirstKind();
        var early = false;
        for (var number = 0; number < Ids.MostEncounters; number++)
        {
            var encounter = Make(number, kind, ArrivalOn(kind, time, exact: early), early);
            patient.Encounters.Add(encounter);
            if (encounter.Died)
            {
                patient.DiedAt = encounter.DischargeTime;
                return;
            }
            (kind, var next, early) = Next(encounter);
            if (next is null)
                return;
            time = next.Value;
        }
    }

    private EncounterKind FirstKind()
    {
        var u = rng.Uniform();
        return u < ShareEmergency ? EncounterKind.Emergency : u < ShareEmergency + ShareDirect ? EncounterKind.Direct : EncounterKind.Elective;
    }

    private Encounter Make(int number, EncounterKind kind, long start, bool early)
    {
        var acute = AcuteIllness.Draw(content, patient, kind, start, rng);
        var principal = acute[0];
        var shift = kind switch { EncounterKind.Elective => -0.55, EncounterKind.Direct => 0.3, _ => 0 } + (early ? 0.25 : 0);
        var severity = (0.3 * patient.Frailty) + (0.4 * principal.Scores.Severity) + (0.85 * rng.Normal()) + shift;
        var latent = new Latent(
            severity,
            (0.3 * severity) + (0.25 * patient.Frailty) + (0.85 * rng.Normal()),
            (0.25 * patient.Frailty) + (0.95 * rng.Normal()),
            patient.Burden,
            (patient.AgeAt(start) - 60) / 16.0,
            principal.Scores);
        var encounter = new Encounter
        {
            Number = number,
            Kind = kind,
            Start = start,
            Latent = latent,
            IsEarlyReturn = early && kind == EncounterKind.Emergency,
            Acute = [.. acute.Select((c, at) => new ActiveCondition(c, Math.Clamp((at == 0 ? 0.5 : 0.35) + (0.2 * severity) + (0.08 * rng.Normal()), 0.08, 1)))],
        };
        var admitted = kind != EncounterKind.Emergency;
        if (kind == EncounterKind.Emergency)
        {
            encounter.EdStayId = patient.Ids.NextStay();
            encounter.EdOut = start + Clock.Hours(Math.Clamp(rng.LogNormal(5.6, 0.42), 1.2, 30));
            admitted = rng.Chance(encounter.IsEarlyReturn ? OutcomeModel.ReturnAdmission : OutcomeModel.AdmittedFromEd(latent));
        }
        if (admitted)
        {
            encounter.HadmId = patient.Ids.Admission(number);
            encounter.AdmitTime = kind == EncounterKind.Emergency ? encounter.EdOut + (rng.Chance(0.12) ? -rng.Below(3000) : rng.Below(2700)) : start;
            encounter.Course = Course.Draw(latent, rng);
            encounter.DischargeTime = Clock.WholeMinutes(encounter.TimeAt(encounter.Course.Hours));
        }
        return encounter;
    }

    // The order of these draws is what makes the chances of return in OutcomeModel true: nothing else may cut them short.
    private (EncounterKind Kind, long? Time, bool Early) Next(Encounter last)
    {
        if (!last.IsAdmitted && !last.IsEarlyReturn && rng.Chance(OutcomeModel.ReturnsToEd(last.Latent)))
            return (EncounterKind.Emergency, last.EdOut + Clock.Hours(rng.Uniform(7, 70)), false);
        if (last.IsAdmitted && rng.Chance(OutcomeModel.EarlyReturn(last.Latent)))
        {
            var u = rng.Uniform();
            var kind = u < EarlyDirect ? EncounterKind.Direct : u < EarlyDirect + EarlyElective ? EncounterKind.Elective : EncounterKind.Emergency;
            var time = last.DischargeTime + Clock.Hours(24 * OutcomeModel.EarlyReturnDays(rng.Uniform()));
            // Some transfers between hospitals are registered before the stay they leave is closed.
            if (kind == EncounterKind.Direct && rng.Chance(0.03))
                time = last.DischargeTime - Clock.Hours(rng.Uniform(0.2, 3));
            if (kind == EncounterKind.Emergency && last.IsEmergency)
                time = Math.Max(time, last.EdOut + (80 * Clock.Hour));
            return (kind, time, true);
        }
        if (last.IsAdmitted && rng.Chance(OutcomeModel.DiesAfterDischarge(last.Latent)))
        {
            patient.DiedAt = last.DischargeTime + Clock.Hours(24 * rng.Exponential(OutcomeModel.DeathAfterDischargeDays));
            return (default, null, false);
        }
        return rng.Chance(LateReturn + (0.06 * patient.Burden))
            ? (FirstKind(), last.End + (62 * Clock.Day) + Clock.Hours(24 * rng.Exponential(420)), false)
            : (default, null, false);
    }

    // Planned patients come early in the morning, transfers in the afternoon, emergencies at all hours but fewer at night.
    private long ArrivalOn(EncounterKind kind, long time, bool exact)
    {
        if (exact)
            return Clock.WholeMinutes(time);
        var last = patient.Encounters.Count > 0 ? patient.Encounters[^1] : null;
        if (last is not null && time - last.End < 5 * Clock.Day)
            return Clock.WholeMinutes(time);
        var hour = kind switch
        {
            EncounterKind.Elective => rng.Uniform(5.8, 9),
            EncounterKind.Direct => Math.Clamp(rng.Normal(16, 3.5), 0.2, 23.8),
            _ => (rng.Normal(15, 5.5) + 48) % 24,
        };
        return Clock.WholeMinutes(Clock.StartOfDay(time) + Clock.Hours(hour));
    }
}
