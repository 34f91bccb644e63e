using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class ContextTests
{
    [Fact]
    public void Index_Decision_BeginsAtEarliestEventOfTheStayAndHoldsOtherStaysBetween()
    {
        var chart = new ChartBuilder(1).Patient().Lab(70, hadm: 2).Order(80).Lab(90, hadm: 2).Order(95, hadm: 2).Order(100);

        var row = chart.Index("poe")[^1];

        row.ContextStart.ShouldBe(At(80));
        row.ContextEnd.ShouldBe(At(95));
        row.ContextEvents.ShouldBe(3);
    }

    [Fact]
    public void Index_StrictDecision_HoldsTheStayAlone()
    {
        var chart = new ChartBuilder(1).Patient().Lab(70, hadm: 2).Order(80).Lab(90, hadm: 2).Order(95, hadm: 2).Order(100);

        var row = chart.Index("poe", ChartProfile.Strict)[^1];

        row.ContextStart.ShouldBe(At(80));
        row.ContextEnd.ShouldBe(At(80));
        row.ContextEvents.ShouldBe(1);
    }

    [Fact]
    public void Index_NoHospitalStay_TheSameEmergencyStayCounts()
    {
        var chart = new ChartBuilder(1).Patient().Emergency(0, 6, 9).Vitals(1, 9).Emergency(2, 7, 8)
            .Add("pyxis", At(3), null, 9, At(3), ("name", "Ondansetron"))
            .Add("labevents", At(4), null, ("item_name", "Sodium"));

        chart.Index("pyxis").Single().ContextStart.ShouldBe(At(0));
        chart.Index("pyxis", ChartProfile.Strict).Single().ContextEvents.ShouldBe(2);
        chart.Index("labevents").ShouldBeEmpty();
    }

    [Fact]
    public void Index_OnlyLeftOutEvents_StaysWithNoContext()
    {
        var chart = new ChartBuilder(1).Patient().Admission(0, 50).Lab(1);

        var row = chart.Index("labevents").Single();

        row.ContextEvents.ShouldBe(0);
        row.ContextStart.ShouldBeNull();
        row.ContextEnd.ShouldBeNull();
        row.AdmissionTime.ShouldBe(At(0));
        chart.Sample("labevents").Items.ShouldAllBe(i => i.Part != SamplePart.Context);
    }

    [Fact]
    public void Index_LeftOutEventsInTheWindow_Count()
    {
        var chart = new ChartBuilder(1).Patient().Admission(0, 50).Lab(1).Add("hcpcsevents", At(2), 1, ("hcpcs_cd", "99219")).Order(3);

        chart.Index("poe").Single().ContextEvents.ShouldBe(3);
    }

    [Theory]
    [InlineData("diagnoses_icd", "diagnoses_icd", "diagnoses")]
    [InlineData("diagnoses_ccs", "diagnoses_icd", "CCS Type")]
    [InlineData("diagnosis", "diagnosis", "icd_title")]
    [InlineData("diagnosis_ccs", "diagnosis", "CCS Type")]
    public void Sample_DiagnosisTask_ShowsNoDischargeNoteOfItsContext(string task, string type, string field)
    {
        var chart = new ChartBuilder(1).Patient().Lab(1).Note(2).Add(type, At(3), 1, (field, "Sepsis"));

        chart.Sample(task).Items.Where(i => i.Part == SamplePart.Context).Select(i => i.Item.Type.Name).ShouldBe(["labevents"]);
        chart.Index(task).Single().ContextEvents.ShouldBe(2);
    }

    [Fact]
    public void Sample_OtherTask_ShowsADischargeNoteOfItsContext()
        => new ChartBuilder(1).Patient().Lab(1).Note(2).Order(3).Sample("poe").Items.ShouldContain(i => i.Item.Type.Name == "discharge" && i.Part == SamplePart.Context);

    [Theory]
    [InlineData(ChartProfile.EhrBench)]
    [InlineData(ChartProfile.Strict)]
    public void Sample_OwnStaysCodes_AreNoContext(ChartProfile profile)
    {
        var chart = new ChartBuilder(1).Patient().Lab(1).Add("diagnoses_icd", At(2), 1, ("diagnoses", "Sepsis")).Add("drgcodes", At(2), 1, ("drg_code", "871")).Order(3);

        chart.Sample("poe", profile).Items.Select(i => i.Item.Type.Name).ShouldBe(["patients", "labevents"]);
    }

    [Fact]
    public void Sample_OtherStaysCodes_AreContextAsPublished()
        => new ChartBuilder(1).Patient().Lab(1).Add("diagnoses_icd", At(2), 2, ("diagnoses", "Sepsis")).Order(3)
            .Sample("poe").Items.Select(i => i.Item.Type.Name).ShouldBe(["patients", "labevents", "diagnoses_icd"]);

    [Fact]
    public void Index_OwnStaysCodes_DoNotEndARiskContext()
    {
        var chart = new ChartBuilder(1).Patient().Admission(0, 20).Lab(5).Add("hcpcsevents", At(19), 1, ("hcpcs_cd", "1")).Add("diagnoses_icd", At(20), 1, ("diagnoses", "Sepsis"));

        var row = chart.Index("Inpatient_Mortality").Single();

        row.ContextEnd.ShouldBe(At(5));
        row.ContextEvents.ShouldBe(2);
    }

    [Fact]
    public void Index_EmergencyVisit_HoldsEverythingBeforeItsEnd()
    {
        var chart = new ChartBuilder(1).Patient().Emergency(0, 6, 9, 1).Vitals(1, 9, 1).Admission(2, 50).Lab(5.9, hadm: null).Lab(6);

        var row = chart.Index("ED_Hospitalization").Single();

        row.ContextEvents.ShouldBe(4);
        row.ContextStart.ShouldBe(At(0));
        row.ContextEnd.ShouldBe(At(5.9));
        row.PredictionTime.ShouldBe(At(6));
        row.AdmissionTime.ShouldBeNull();
    }

    [Fact]
    public void Sample_StrictEmergencyVisit_ShowsNothingOfTheComingAdmission()
    {
        var chart = new ChartBuilder(1).Patient().Emergency(0, 6, 9, 1).Vitals(1, 9, 1).Admission(2, 50).Order(3)
            .Add("services", At(3), 1, ("curr_service", "MED")).Add("transfers", At(4), 1, ("eventtype", "admit")).Intensive(5, 60, 8).Vitals(5.5, 9, 1);

        chart.Sample("ED_Hospitalization", ChartProfile.Strict).Items.Select(i => i.Item.Type.Name).Distinct().ShouldBe(["patients", "edstays", "vitalsign"]);
    }

    [Fact]
    public void Index_Admission_PredictionTimeIsADayLater()
    {
        var chart = new ChartBuilder(1).Patient().Admission(0, 100).Lab(5).Lab(23.9, hadm: 2).Order(23.95).Lab(24);

        var row = chart.Index("LengthOfStay_3day").Single();

        row.PredictionTime.ShouldBe(At(24));
        row.ContextEnd.ShouldBe(At(23.95));
        row.ContextEvents.ShouldBe(4);
        chart.Index("LengthOfStay_3day", ChartProfile.Strict).Single().ContextEvents.ShouldBe(3);
    }

    [Fact]
    public void Index_ReadmissionWithNote_EndsWithTheNoteAndIsAskedAtDischarge()
    {
        var chart = new ChartBuilder(1).Patient().Admission(0, 60).Order(24).Lab(30).Note(48, visible: 60).Order(50);

        var row = chart.Index("Readmission_30day").Single();

        row.ContextStart.ShouldBe(At(30));
        row.ContextEnd.ShouldBe(At(48));
        row.ContextEvents.ShouldBe(2);
        row.PredictionTime.ShouldBe(At(60));
        row.Event.ShouldBe("discharge");
    }

    [Fact]
    public void Index_StrictReadmission_CountsBackFromTheDischargeAndHoldsTheNote()
    {
        var chart = new ChartBuilder(1).Patient().Admission(0, 90).Lab(66).Lab(67).Order(70).Note(48, visible: 90).Lab(91);

        var row = chart.Index("Readmission_30day", ChartProfile.Strict).Single();
        var items = chart.Sample("Readmission_30day", ChartProfile.Strict).Items;

        row.ContextEvents.ShouldBe(3);
        row.ContextStart.ShouldBe(At(48));
        items.Where(i => i.Part == SamplePart.Context).Select(i => i.Item.Time).ShouldBe([At(48), At(67), At(70)]);
    }

    [Fact]
    public void Index_SourceWithoutNotes_AnchorsReadmissionAtDischarge()
    {
        var chart = new ChartBuilder(1).Patient().Admission(0, 60).Lab(36).Order(50).Add("drgcodes", At(60), 1, ("drg_code", "1")).Admission(100, 130, hadm: 2);

        chart.Index("Readmission_30day").ShouldBeEmpty();
        var row = chart.Index("Readmission_30day", notes: false)[0];
        row.AnchorTime.ShouldBe(At(60));
        row.ContextStart.ShouldBe(At(50));
        row.ContextEnd.ShouldBe(At(50));
        row.ContextEvents.ShouldBe(1);
        row.Labels.ShouldBe(["yes"]);
        chart.Sample("Readmission_30day", notes: false).Items.Select(i => i.Item.Type.Name).ShouldBe(["patients", "admissions", "poe"]);
    }

    [Fact]
    public void Index_AdmissionInFront_OnlyBeforeTheAnchorOrAsRiskAnchor()
    {
        var chart = new ChartBuilder(1).Patient().Lab(-1).Admission(0, 50).Order(1);

        chart.Index("poe").Single().AdmissionTime.ShouldBe(At(0));
        chart.Index("Inpatient_Mortality").Single().AdmissionTime.ShouldBe(At(0));
        chart.Index("admissions").Single().AdmissionTime.ShouldBeNull();
        chart.Index("next_event").First(r => r.Event == "admissions").AdmissionTime.ShouldBeNull();
    }

    [Fact]
    public void Index_LastDischargeNote_IsTheLatestOfAnotherStay()
    {
        var chart = new ChartBuilder(1).Patient().Note(-500, hadm: 7).Note(-300, hadm: 8).Lab(1).Note(2).Order(3);

        chart.Index("poe").Single().LastDischargeNote.ShouldBe(At(-300));
        chart.Index("Readmission_30day").Single(r => r.HadmId == 1).LastDischargeNote.ShouldBeNull();
        chart.Index("discharge").Single(r => r.HadmId == 1).LastDischargeNote.ShouldBeNull();
    }
}
