namespace EhrR1.Ingest.Tests;

/// <summary>
/// A release of two patients, written by hand as the release has them: 10 with two stays, whose codes have no time and whose HCPCS rows stand at
/// the beginning and again at the end; 11 with nothing but demographics and one unfiled laboratory value.
/// </summary>
internal static class SmallRelease
{
    public const string Bench = "ehr_bench/ehr_bench_decision_making.csv";
    public const string Risk = "ehr_bench/ehr_bench_risk_prediction.csv";
    public const string Train = "ehr_ins/ehr_ins.csv";

    public static ReleaseWriter Make()
    {
        var r = new ReleaseWriter();
        Dictionaries(r);
        r.Event(10, "patients", null, null, null, [("subject_id", "10"), ("gender", "F"), ("anchor_age", "60"), ("anchor_year", "2150"), ("anchor_year_group", "2011 - 2013"), ("dod", "nan"), ("file_name", "patients")]);
        r.Event(10, "hcpcsevents", "2150-03-04 00:00:00", "2150-03-04 00:00:00", "20", [("subject_id", "10"), ("hadm_id", "20"), ("chartdate", "2150-03-04"), ("hcpcs_cd", "99218"), ("seq_num", "1"), ("short_description", "Hospital observation")]);
        r.Event(10, "edstays", "2150-03-01 06:00:00", "2150-03-01 06:00:00", "20", [("subject_id", "10"), ("hadm_id", "20.0"), ("stay_id", "30"), ("intime", "2150-03-01 06:00:00"), ("outtime", "2150-03-01 10:30:00"), ("gender", "F"), ("race", "WHITE"), ("disposition", "ADMITTED")]);
        r.Event(10, "triage", "2150-03-01 06:00:01", "2150-03-01 06:00:01", null, [("subject_id", "10"), ("stay_id", "30"), ("temperature", "98.6"), ("heartrate", "80.0"), ("resprate", "nan"), ("o2sat", "99.0"), ("sbp", "120.0"), ("dbp", "70.0"), ("pain", "01"), ("acuity", "2.0"), ("chiefcomplaint", "Chest pain"), ("charttime", "2150-03-01 06:00:01")]);
        r.Event(10, "admissions", "2150-03-01 10:00:00", "2150-03-01 10:00:00", "20", [("subject_id", "10"), ("hadm_id", "20"), ("admittime", "2150-03-01 10:00:00"), ("dischtime", "2150-03-05 15:00:00"), ("deathtime", "nan"), ("admission_type", "EW EMER."), ("admission_location", "EMERGENCY ROOM"), ("race", "WHITE"), ("hospital_expire_flag", "0")]);
        r.Event(10, "labevents", "2150-03-01 12:00:00", "2150-03-01 13:00:00", "20",
            [.. Lab("50983", "2150-03-01 12:00:00", "140.0"), ("flag", "abnormal"), ("comments", "___")],
            [.. Lab("50971", "2150-03-01 12:30:00", "nan"), ("flag", "nan"), ("comments", "nan")],
            [.. Lab("59999", "2150-03-01 13:00:00", "1e-05"), ("flag", "nan"), ("comments", "nan")]);
        r.Event(10, "prescriptions", "2150-03-01 14:00:00", "2150-03-01 14:00:00", "20", [("subject_id", "10"), ("hadm_id", "20"), ("starttime", "2150-03-01 14:00:00"), ("drug", "Digoxin"), ("gsn", "000015"), ("ndc", "24987026010.0"), ("prod_strength", "0.25mg Tablet"), ("dose_val_rx", "0.25"), ("dose_unit_rx", "mg")]);
        r.Event(10, "radiology", "2150-03-01 15:00:00", "2150-03-01 15:00:00", "20", [("note_id", "10-RR-1"), ("subject_id", "10"), ("hadm_id", "20.0"), ("note_type", "RR"), ("charttime", "2150-03-01 15:00:00"), ("text", "Clear, \"as before\".\n")]);
        r.Event(10, "discharge", "2150-03-05 00:00:00", "2150-03-05 00:00:00", "20", [("note_id", "10-DS-1"), ("subject_id", "10"), ("hadm_id", "20"), ("note_type", "DS"), ("charttime", "2150-03-05 00:00:00"), ("text", "Went home.")]);
        r.Event(10, "diagnoses_icd", null, null, "20", [("subject_id", "10"), ("hadm_id", "20"), ("seq_num", "1"), ("icd_code", "0389"), ("icd_version", "9")], [("subject_id", "10"), ("hadm_id", "20"), ("seq_num", "2"), ("icd_code", "Z99"), ("icd_version", "10")]);
        r.Event(10, "drgcodes", null, null, "20", [("subject_id", "10"), ("hadm_id", "20"), ("drg_type", "HCFA"), ("drg_code", "291")]);
        r.Event(10, "omr", "2150-03-05 00:00:00", "2150-03-05 00:00:00", null, [("subject_id", "10"), ("chartdate", "2150-03-05"), ("seq_num", "1"), ("result_name", "Weight (Lbs)"), ("result_value", "150")]);
        r.Event(10, "admissions", "2150-06-01 08:00:00", "2150-06-01 08:00:00", "21", [("subject_id", "10"), ("hadm_id", "21"), ("admittime", "2150-06-01 08:00:00"), ("dischtime", "2150-06-09 09:00:00"), ("admission_type", "URGENT"), ("admission_location", "nan"), ("admission_info", "Chief Complaint: Fever"), ("hospital_expire_flag", "0")]);
        r.Event(10, "poe", "2150-06-01 09:00:00", "2150-06-01 09:00:00", "21", [("poe_id", "10-1"), ("subject_id", "10"), ("hadm_id", "21"), ("ordertime", "2150-06-01 09:00:00"), ("order_type", "Lab"), ("order_subtype", "nan")]);
        r.Event(10, "labevents", "2150-06-01 10:00:00", "2150-06-01 10:00:00", "21", [.. Lab("50971", "2150-06-01 10:00:00", "3.9"), ("flag", "nan"), ("comments", "nan")]);
        r.Event(10, "hcpcsevents", "2150-03-04 00:00:00", "2150-03-04 00:00:00", "20", [("subject_id", "10"), ("hadm_id", "20"), ("chartdate", "2150-03-04"), ("hcpcs_cd", "99218")]);
        r.Event(11, "patients", null, null, null, [("subject_id", "11"), ("gender", "M"), ("anchor_age", "91"), ("anchor_year", "2150"), ("dod", "2151-01-02")]);
        r.Event(11, "labevents", "2150-02-01 10:00:00", "2150-02-01 10:00:00", null, [.. Lab("50983", "2150-02-01 10:00:00", "141.0"), ("flag", "nan"), ("comments", "nan")]);
        Samples(r);
        return r;
    }

    private static void Samples(ReleaseWriter r)
    {
        r.Sample(Bench, 10, "20", "prescriptions", "prescriptions", 4, 6, 4, null, """["Digoxin"]""");
        r.Sample(Bench, 10, "20", "diagnoses_ccs", "diagnoses_icd", 5, 9, 4, null, """["Septicemia"]""");
        r.Sample(Bench, 10, "21", "labevents", "labevents", 12, 14, 12, 8, "['Potassium']");
        r.Sample(Bench, 10, "None", "omr", "omr", 9, 11, null, 8, """["Weight (Lbs)"]""");
        r.Sample(Risk, 10, "20", "Inpatient_Mortality", "admissions", 4, 8, 4, null, "\"no\"");
        r.Sample(Risk, 10, "20", "Readmission_30day", "discharge", 5, 9, 4, null, "no");
        r.Sample(Risk, 10, "20", "ED_Hospitalization", "edstays", 2, 5, null, null, "\"yes\"");
        r.Sample(Train, 10, "20", "prescriptions", "prescriptions", 4, 6, 4, null, """["Digoxin"]""");
        r.Sample(Train, 11, "None", "next_event", "labevents", 1, 1, null, null, "\"labevents\"");
    }

    private static void Dictionaries(ReleaseWriter r) => r
        .Lines("index_mapping/hosp/d_labitems.csv", "itemid,label,fluid,category", "50983,Sodium,Blood,Chemistry", "50971,Potassium,Blood,Chemistry")
        .Lines("index_mapping/hosp/d_icd_diagnoses.csv", "icd_code,icd_version,long_title", "0389,9,Unspecified septicemia", "0389,10,Another")
        .Lines("index_mapping/hosp/d_ccs_diagnoses.csv", "icd_code,icd_version,long_title", "0389,9,Septicemia")
        .Lines("index_mapping/hosp/d_icd_procedures.csv", "icd_code,icd_version,long_title")
        .Lines("index_mapping/hosp/d_ccs_procedures.csv", "icd_code,icd_version,long_title")
        .Lines("index_mapping/hosp/d_atc_prescriptions.csv", "ndc_code,atc_name", "24987026010,digitalis glycosides")
        .Lines("index_mapping/icu/d_items.csv", "itemid,label", "220045,Heart Rate")
        .Lines("index_mapping/note/radiology_detail.csv", "note_id,subject_id,field_name,field_value,field_ordinal", "10-RR-1,10,exam_code,C11,1", "10-RR-1,10,exam_name,CHEST (PA & LAT),1", "10-RR-1,10,exam_name,\"AP\"\"X\",2", "10-RR-1,10,exam_name,CHEST (PA & LAT),3");

    private static (string Key, string Value)[] Lab(string item, string time, string value)
        => [("labevent_id", "1"), ("subject_id", "10"), ("hadm_id", "20.0"), ("itemid", item), ("charttime", time), ("storetime", "nan"), ("value", value), ("valuenum", value), ("valueuom", "mEq/L"), ("ref_range_lower", "133.0"), ("ref_range_upper", "145.5")];
}
