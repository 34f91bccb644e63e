using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

/// <summary>Every risk task as published: one positive, one negative, one edge in time.</summary>
public sealed class RiskTaskTests
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
    public void Index_Case_HasTheAnswer(string task, string name, string answer)
    {
        var chart = Table.Single(c => c.Task == task && c.Name == name).Make();
        var rows = chart.Index(task);

        (rows.Count == 0 ? "none" : rows[0].Labels.Single()).ShouldBe(answer);
    }

    [Fact]
    public void Cases_All_CoverEveryRiskTaskWithYesNoAndEdge()
    {
        foreach (var task in TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Risk))
        {
            var cases = Table.Where(c => c.Task == task.Name).ToList();
            cases.Count.ShouldBeGreaterThanOrEqualTo(3, task.Name);
            cases.ShouldContain(c => c.Answer == "yes", task.Name);
            cases.ShouldContain(c => c.Answer == "no", task.Name);
        }
    }

    private static IEnumerable<(string Task, string Name, Func<ChartBuilder> Make, string Answer)> Table =>
    [
        ("ED_Hospitalization", "later admission of the visit", () => Visit().Admission(7, 50), "yes"),
        ("ED_Hospitalization", "no admission", () => Visit(hadm: null), "no"),
        ("ED_Hospitalization", "admission stands before the visit", () => Visit().Admission(-1, 50), "no"),
        ("ED_Hospitalization", "admission of another stay", () => Visit().Admission(7, 50, hadm: 2), "no"),
        ("ED_Hospitalization", "nothing before the end of the visit", () => Patient().Emergency(0, 6, 9).Vitals(6, 9), "none"),

        ("ED_Inpatient_Mortality", "dies while the stay has events", () => Visit(dod: At(24)).Admission(7, 50).Lab(40), "yes"),
        ("ED_Inpatient_Mortality", "lives", () => Visit().Admission(7, 50).Lab(40), "no"),
        ("ED_Inpatient_Mortality", "day of death begins with the last event", () => Visit(dod: At(48)).Admission(7, 50).Lab(48), "yes"),
        ("ED_Inpatient_Mortality", "last event a second before the day of death", () => Visit(dod: At(48)).Admission(7, 50).Lab(48 - Second), "no"),
        ("ED_Inpatient_Mortality", "coded diagnoses do not count", () => Visit(dod: At(48)).Admission(7, 50).Lab(40).Add("diagnoses_icd", At(50), 1, ("diagnoses", "Sepsis")), "no"),
        ("ED_Inpatient_Mortality", "dies without a hospital stay", () => Visit(hadm: null, dod: At(0)), "no"),

        ("ED_ICU_Tranfer_12hour", "ICU after 5 hours", () => Visit().Intensive(11, 60, 8), "yes"),
        ("ED_ICU_Tranfer_12hour", "no ICU", () => Visit(), "no"),
        ("ED_ICU_Tranfer_12hour", "ICU after 12 hours", () => Visit().Intensive(18, 60, 8), "no"),
        ("ED_ICU_Tranfer_12hour", "ICU a second before 12 hours", () => Visit().Intensive(18 - Second, 60, 8), "yes"),
        ("ED_ICU_Tranfer_12hour", "ICU of another stay", () => Visit().Intensive(11, 60, 8, hadm: 2), "no"),

        ("ED_Reattendance_3day", "back after a day", () => Visit().Emergency(30, 33, 10), "yes"),
        ("ED_Reattendance_3day", "never back", () => Visit(), "no"),
        ("ED_Reattendance_3day", "back after 72 hours", () => Visit().Emergency(78, 80, 10), "no"),
        ("ED_Reattendance_3day", "back a second before 72 hours", () => Visit().Emergency(78 - Second, 80, 10), "yes"),

        ("ED_Critical_Outcomes", "ICU", () => Visit().Intensive(11, 60, 8), "yes"),
        ("ED_Critical_Outcomes", "death", () => Visit(dod: At(24)).Admission(7, 50).Lab(40), "yes"),
        ("ED_Critical_Outcomes", "neither", () => Visit().Admission(7, 50), "no"),
        ("ED_Critical_Outcomes", "ICU after 12 hours", () => Visit().Intensive(18, 60, 8), "no"),

        ("Inpatient_Mortality", "day of death before discharge", () => Stay(discharge: 50, dod: At(48)), "yes"),
        ("Inpatient_Mortality", "lives", () => Stay(discharge: 50), "no"),
        ("Inpatient_Mortality", "day of death begins with the discharge", () => Stay(discharge: 48, dod: At(48)), "yes"),
        ("Inpatient_Mortality", "discharged a second before the day of death", () => Stay(discharge: 48 - Second, dod: At(48)), "no"),
        ("Inpatient_Mortality", "nothing in the first day", () => Patient().Admission(0, 50).Lab(24), "none"),

        ("LengthOfStay_3day", "four days", () => Stay(discharge: 96), "yes"),
        ("LengthOfStay_3day", "two days", () => Stay(discharge: 48), "no"),
        ("LengthOfStay_3day", "72 hours", () => Stay(discharge: 72), "no"),
        ("LengthOfStay_3day", "72 hours and a second", () => Stay(discharge: 72 + Second), "yes"),
        ("LengthOfStay_3day", "context holds the discharge", () => Stay(discharge: 20).Add("transfers", At(20), 1, ("eventtype", "discharge")), "none"),
        ("LengthOfStay_7day", "eight days", () => Stay(discharge: 192), "yes"),
        ("LengthOfStay_7day", "two days", () => Stay(discharge: 48), "no"),
        ("LengthOfStay_7day", "168 hours", () => Stay(discharge: 168), "no"),
        ("LengthOfStay_7day", "168 hours and a second", () => Stay(discharge: 168 + Second), "yes"),

        .. Mortality(1), .. Mortality(2), .. Mortality(3), .. Mortality(7), .. Mortality(14),
        .. IntensiveStay(7), .. IntensiveStay(14),

        ("ICU_Readmission", "a second ICU stay", () => Icu(60).Intensive(100, 120, 6), "yes"),
        ("ICU_Readmission", "one ICU stay", () => Icu(60), "no"),
        ("ICU_Readmission", "ICU in another hospital stay", () => Icu(60).Intensive(100, 120, 6, hadm: 2), "no"),

        .. Readmission(30), .. Readmission(60),
    ];

    // The last context event is the laboratory at hour 4, from which days count; the date of death stands at midnight.
    private static IEnumerable<(string Task, string Name, Func<ChartBuilder> Make, string Answer)> Mortality(int days) =>
    [
        ($"ICU_Mortality_{days}day", "dies in time", () => Icu(200, dod: Midnight.AddDays(days)), "yes"),
        ($"ICU_Mortality_{days}day", "lives", () => Icu(200), "no"),
        ($"ICU_Mortality_{days}day", "the day of death begins with the limit", () => Icu(200, lab: 24, enter: 12, dod: Midnight.AddDays(days + 1)), "no"),
        ($"ICU_Mortality_{days}day", "a second before the limit", () => Icu(200, lab: 24 + Second, enter: 12, dod: Midnight.AddDays(days + 1)), "yes"),
    ];

    private static IEnumerable<(string Task, string Name, Func<ChartBuilder> Make, string Answer)> IntensiveStay(int days) =>
    [
        ($"ICU_Stay_{days}day", "longer", () => Icu((days * 24) + 30), "yes"),
        ($"ICU_Stay_{days}day", "shorter", () => Icu(30), "no"),
        ($"ICU_Stay_{days}day", "exactly", () => Icu((days * 24) + 2), "yes"),
        ($"ICU_Stay_{days}day", "a second less", () => Icu((days * 24) + 2 - Second), "no"),
    ];

    private static IEnumerable<(string Task, string Name, Func<ChartBuilder> Make, string Answer)> Readmission(int days) =>
    [
        ($"Readmission_{days}day", "back in time", () => Left().Admission(48 + (24 * (days - 3)), 9999, hadm: 2), "yes"),
        ($"Readmission_{days}day", "never back", () => Left(), "no"),
        ($"Readmission_{days}day", "back at the limit", () => Left().Admission(48 + (24 * days), 9999, hadm: 2), "no"),
        ($"Readmission_{days}day", "back a second before", () => Left().Admission(48 + (24 * days) - Second, 9999, hadm: 2), "yes"),
        ($"Readmission_{days}day", "nothing in the last day", () => Patient().Admission(0, 60).Lab(24).Note(48), "none"),
    ];

    private static ChartBuilder Patient(DateTime? dod = null) => new ChartBuilder(1).Patient(dod: dod);

    private static ChartBuilder Visit(long? hadm = 1, DateTime? dod = null) => Patient(dod).Emergency(0, 6, 9, hadm).Vitals(1, 9, hadm);

    private static ChartBuilder Stay(double discharge, DateTime? dod = null) => Patient(dod).Admission(0, discharge).Lab(5);

    private static ChartBuilder Icu(double leave, double lab = 4, double enter = 2, DateTime? dod = null) => Patient(dod).Admission(0, 400).Intensive(enter, leave, 5).Lab(lab);

    private static ChartBuilder Left() => Patient().Admission(0, 60).Lab(40).Note(48);
}
