using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

/// <summary>Every risk task in the strict profile where its rule departs from the published one.</summary>
public sealed class StrictRiskTests
{
    private const double Second = 1.0 / 3600;

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (task, name, _, answer) in Table)
                data.Add(task, name, answer);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Index_StrictCase_HasTheAnswer(string task, string name, string answer)
    {
        var rows = Table.Single(c => c.Task == task && c.Name == name).Make().Index(task, ChartProfile.Strict);

        (rows.Count == 0 ? "none" : rows[0].Labels.Single()).ShouldBe(answer);
    }

    private static IEnumerable<(string Task, string Name, Func<ChartBuilder> Make, string Answer)> Table =>
    [
        ("ED_Hospitalization", "the visit names a stay", () => Visit().Admission(-1, 50), "yes"),
        ("ED_Hospitalization", "the visit names none", () => Visit(hadm: null).Admission(7, 50), "no"),
        ("ED_Hospitalization", "only a laboratory during the visit", () => Patient().Emergency(0, 6, 9, 1).Lab(2), "none"),
        ("ED_Hospitalization", "triage a second before the end", () => Patient().Emergency(0, 6, 9, 1).Vitals(6 - Second, 9, 1), "yes"),

        ("ED_Inpatient_Mortality", "expire flag", () => Visit().Admission(7, 50, died: true), "yes"),
        ("ED_Inpatient_Mortality", "time of death", () => Visit().Admission(7, 50, death: 49), "yes"),
        ("ED_Inpatient_Mortality", "died in the ED", () => Patient().Emergency(0, 6, 9, null, "EXPIRED").Vitals(1, 9), "yes"),
        ("ED_Inpatient_Mortality", "a date of death alone", () => Visit(dod: At(24)).Admission(7, 50).Lab(40), "no"),
        ("ED_ICU_Tranfer_12hour", "a second before the limit", () => Visit().Intensive(18 - Second, 60, 8), "yes"),
        ("ED_ICU_Tranfer_12hour", "at the limit", () => Visit().Intensive(18, 60, 8), "no"),
        ("ED_Reattendance_3day", "at the limit", () => Visit().Emergency(78, 80, 10), "no"),
        ("ED_Critical_Outcomes", "expire flag", () => Visit().Admission(7, 50, died: true), "yes"),

        ("Inpatient_Mortality", "expire flag", () => Stay(50, died: true), "yes"),
        ("Inpatient_Mortality", "a date of death alone", () => Stay(50, dod: At(48)), "no"),
        ("Inpatient_Mortality", "stay ends with the first day", () => Stay(24, died: true), "none"),
        ("Inpatient_Mortality", "stay ends a second later", () => Stay(24 + Second, died: true), "yes"),
        ("Inpatient_Mortality", "died on the first day", () => Stay(30, died: true, death: 20), "none"),
        ("LengthOfStay_3day", "72 hours and a second", () => Stay(72 + Second), "yes"),
        ("LengthOfStay_3day", "72 hours", () => Stay(72), "no"),
        ("LengthOfStay_7day", "stay ends with the first day", () => Stay(24), "none"),

        .. Mortality(1), .. Mortality(2), .. Mortality(3), .. Mortality(7), .. Mortality(14),
        ("ICU_Stay_7day", "ICU stay ends with its first day", () => Icu(26), "none"),
        ("ICU_Stay_7day", "exactly", () => Icu(2 + 168), "yes"),
        ("ICU_Stay_14day", "a second less", () => Icu(2 + 336 - Second), "no"),
        ("ICU_Readmission", "a second ICU stay", () => Icu(60).Intensive(100, 120, 6), "yes"),
        ("ICU_Readmission", "ICU stay without an end", () => Icu(null), "none"),

        .. Readmission(30), .. Readmission(60),
    ];

    // The question is asked at hour 26 (ICU from hour 2).
    private static IEnumerable<(string Task, string Name, Func<ChartBuilder> Make, string Answer)> Mortality(int days) =>
    [
        ($"ICU_Mortality_{days}day", "a second before the limit", () => Icu(900, death: 26 + (24 * days) - Second), "yes"),
        ($"ICU_Mortality_{days}day", "at the limit", () => Icu(900, death: 26 + (24 * days)), "no"),
        ($"ICU_Mortality_{days}day", "end of the day of death before the limit", () => Icu(900, dod: Midnight.AddDays(days)), "yes"),
        ($"ICU_Mortality_{days}day", "end of the day of death after the limit", () => Icu(900, dod: Midnight.AddDays(days + 1)), "no"),
        ($"ICU_Mortality_{days}day", "dead before the question", () => Icu(900, death: 25), "none"),
    ];

    // Discharged at hour 60; the note is dated hour 48.
    private static IEnumerable<(string Task, string Name, Func<ChartBuilder> Make, string Answer)> Readmission(int days) =>
    [
        ($"Readmission_{days}day", "a second before the limit", () => Left().Admission(60 + (24 * days) - Second, 9999, hadm: 2), "yes"),
        ($"Readmission_{days}day", "at the limit", () => Left().Admission(60 + (24 * days), 9999, hadm: 2), "no"),
        ($"Readmission_{days}day", "same-day transfer", () => Left().Admission(61, 9999, hadm: 2), "none"),
        ($"Readmission_{days}day", "next day", () => Left().Admission(73, 9999, hadm: 2), "yes"),
        ($"Readmission_{days}day", "died in the stay", () => new ChartBuilder(1).Patient().Admission(0, 60, died: true).Lab(40).Note(48, visible: 60), "none"),
        ($"Readmission_{days}day", "the stay that began while this one lasted", () => Left().Admission(50, 70, hadm: 2), "no"),
    ];

    private static ChartBuilder Patient(DateTime? dod = null) => new ChartBuilder(1).Patient(dod: dod);

    private static ChartBuilder Visit(long? hadm = 1, DateTime? dod = null) => Patient(dod).Emergency(0, 6, 9, hadm).Vitals(1, 9, hadm);

    private static ChartBuilder Stay(double discharge, bool died = false, double? death = null, DateTime? dod = null) => Patient(dod).Admission(0, discharge, died: died, death: death).Lab(5);

    private static ChartBuilder Icu(double? leave, double? death = null, DateTime? dod = null) => Patient(dod).Admission(0, 900, died: death is not null, death: death).Intensive(2, leave, 5).Lab(4);

    private static ChartBuilder Left() => Patient().Admission(0, 60).Lab(40).Note(48, visible: 60);
}
