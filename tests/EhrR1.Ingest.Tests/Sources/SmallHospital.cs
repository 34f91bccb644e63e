namespace EhrR1.Ingest.Tests;

/// <summary>A source of three patients: 10 has a row in every table, 11 a stay of two laboratory values, 12 nothing but demographics.</summary>
internal static class SmallHospital
{
    public const string Note = "Name: ___\nAllergies: \nPenicillins\n\nChief Complaint:\nChest pain\nHistory of Present Illness:\nMr. ___ felt:\n  unwell\n\nPhysical Exam:\nSocial History: secret\n";

    public static SourceWriter Make()
    {
        var s = new SourceWriter();
        Dictionaries(s);
        s.Row("hosp/patients", ("subject_id", 10), ("gender", "F"), ("anchor_age", 60), ("anchor_year", 2148), ("anchor_year_group", "2011 - 2013"), ("dod", "2151-01-02"));
        s.Row("hosp/patients", ("subject_id", 11), ("gender", "M"), ("anchor_age", 91), ("anchor_year", 2150));
        s.Row("hosp/patients", ("subject_id", 12), ("gender", "M"), ("anchor_age", 18), ("anchor_year", 2150));
        s.Row("hosp/admissions", ("subject_id", 10), ("hadm_id", 20), ("admittime", "2150-03-01 10:00:00"), ("dischtime", "2150-03-05 15:00:00"), ("admission_type", "EW EMER."), ("admission_location", "EMERGENCY ROOM"), ("discharge_location", "HOME"), ("hospital_expire_flag", 0), ("race", "WHITE"));
        s.Row("hosp/admissions", ("subject_id", 11), ("hadm_id", 21), ("admittime", "2150-06-01 10:00:00"), ("dischtime", "2150-06-02 10:00:00"), ("deathtime", "2150-06-02 10:00:00"), ("admission_type", "URGENT"), ("hospital_expire_flag", 1));
        Hospital(s);
        Notes(s);
        Emergency(s);
        IntensiveCare(s);
        return s;
    }

    private static void Dictionaries(SourceWriter s)
    {
        s.Row("hosp/d_labitems", ("itemid", 50983), ("label", "Sodium"), ("fluid", "Blood"), ("category", "Chemistry"));
        s.Row("hosp/d_labitems", ("itemid", 50971), ("label", "Potassium"), ("fluid", "Blood"), ("category", "Chemistry"));
        s.Row("hosp/d_icd_diagnoses", ("icd_code", "0389"), ("icd_version", 9), ("long_title", "Unspecified septicemia"));
        s.Row("hosp/d_icd_diagnoses", ("icd_code", "I509"), ("icd_version", 10), ("long_title", "Heart failure, unspecified"));
        s.Row("hosp/d_icd_procedures", ("icd_code", "5A1221Z"), ("icd_version", 10), ("long_title", "Performance of Cardiac Output, Continuous"));
        foreach (var (id, label) in new[] { (220045, "Heart Rate"), (226221, "Sterile Water"), (224183, "Dialysis Catheter Type"), (225459, "Chest X-Ray"), (225158, "NaCl 0.9%"), (226559, "Foley") })
            s.Row("icu/d_items", ("itemid", id), ("label", label));
        s.Row("maps/CCS_DX_categories", ("category_code", "2"), ("category_desc", "Septicemia (except in labor)"));
        s.Row("maps/CCS_DX_categories", ("category_code", "108"), ("category_desc", "Congestive heart failure"));
        s.Row("maps/CCS_DX_mapping", ("category_code", "2"), ("code", "0389"), ("vocabulary_id", "ICD9CM"));
        s.Row("maps/CCS_DX_mapping", ("category_code", "108"), ("code", "I509"), ("vocabulary_id", "ICD10CM"));
        s.Row("maps/CCS_PCS_categories", ("category_code", "54"), ("category_desc", "Other vascular catheterization"));
        s.Row("maps/CCS_PCS_mapping", ("category_code", "54"), ("code", "5A1221Z"), ("vocabulary_id", "ICD10PCS"));
        s.Row("maps/atc_coding", ("atc_code", "C01AA"), ("atc_name", "digitalis glycosides"));
        s.Row("maps/atc_coding", ("atc_code", "N02BE"), ("atc_name", "anilides"));
        s.Row("maps/gsn_atc_ndc_mapping", ("gsn", "000015"), ("atc", "C01AA05"), ("ndc", "24987026010"));
        s.Row("maps/gsn_atc_ndc_mapping", ("gsn", "004490"), ("atc", "N02BE01"), ("ndc", "00904198261"));
    }

    private static void Hospital(SourceWriter s)
    {
        var stay = new (string, object?)[] { ("subject_id", 10), ("hadm_id", 20) };
        s.Row("hosp/transfers", [.. stay, ("transfer_id", 7), ("eventtype", "admit"), ("careunit", "Medicine"), ("intime", "2150-03-01 10:05:00"), ("outtime", "2150-03-02 00:00:00")]);
        s.Row("hosp/services", [.. stay, ("transfertime", "2150-03-01 10:06:00"), ("prev_service", "MED"), ("curr_service", "CMED")]);
        s.Row("hosp/labevents", [.. stay, ("labevent_id", 1), ("itemid", 50983), ("charttime", "2150-03-02 06:00:00"), ("storetime", "2150-03-02 07:00:00"), ("value", "140"), ("valuenum", 140), ("valueuom", "mEq/L"), ("ref_range_lower", 133), ("ref_range_upper", 145.5), ("flag", "abnormal"), ("comments", "___")]);
        s.Row("hosp/labevents", ("labevent_id", 2), ("subject_id", 11), ("hadm_id", 21), ("itemid", 50971), ("charttime", "2150-06-01 12:00:00"), ("valuenum", 3.9), ("valueuom", "mEq/L"));
        s.Row("hosp/labevents", ("labevent_id", 3), ("subject_id", 11), ("itemid", 59999), ("charttime", "2150-06-01 12:00:00"), ("valuenum", 1e-5));
        s.Row("hosp/microbiologyevents", [.. stay, ("microevent_id", 1), ("chartdate", "2150-03-02 00:00:00"), ("charttime", "2150-03-02 08:00:00"), ("storetime", "2150-03-04 08:00:00"), ("spec_type_desc", "URINE"), ("test_name", "URINE CULTURE"), ("org_name", "ESCHERICHIA COLI"), ("ab_name", "CEFEPIME"), ("dilution_text", "<=1"), ("interpretation", "S"), ("comments", "x")]);
        s.Row("hosp/omr", ("subject_id", 10), ("chartdate", "2150-03-03"), ("seq_num", 1), ("result_name", "Blood Pressure"), ("result_value", "110/65"));
        s.Row("hosp/pharmacy", [.. stay, ("pharmacy_id", 70), ("entertime", "2150-03-01 11:00:00"), ("starttime", "2150-03-01 12:00:00"), ("stoptime", "2150-03-02 12:00:00"), ("medication", "Digoxin"), ("proc_type", "Unit Dose"), ("status", "Discontinued"), ("route", "PO"), ("frequency", "DAILY")]);
        s.Row("hosp/poe", [.. stay, ("poe_id", "10-1"), ("ordertime", "2150-03-01 10:30:00"), ("order_type", "Medications"), ("order_subtype", "IV"), ("transaction_type", "New")]);
        s.Row("hosp/prescriptions", [.. stay, ("pharmacy_id", 70), ("starttime", "2150-03-01 12:00:00"), ("stoptime", "2150-03-02 12:00:00"), ("drug_type", "MAIN"), ("drug", "Digoxin"), ("gsn", "000015"), ("ndc", "24987026010"), ("prod_strength", "0.25mg Tablet"), ("dose_val_rx", "0.25"), ("dose_unit_rx", "mg"), ("route", "PO")]);
        s.Row("hosp/emar", [.. stay, ("emar_id", "10-5"), ("pharmacy_id", 70), ("charttime", "2150-03-01 13:00:00"), ("medication", "Digoxin"), ("event_txt", "Administered"), ("scheduletime", "2150-03-01 12:30:00"), ("storetime", "2150-03-01 13:01:00")]);
        s.Row("hosp/procedures_icd", [.. stay, ("seq_num", 1), ("chartdate", "2150-03-02"), ("icd_code", "5A1221Z"), ("icd_version", 10)]);
        s.Row("hosp/diagnoses_icd", [.. stay, ("seq_num", 1), ("icd_code", "0389"), ("icd_version", 9)]);
        s.Row("hosp/drgcodes", [.. stay, ("drg_type", "HCFA"), ("drg_code", "0291"), ("description", "HEART FAILURE"), ("drg_severity", 3), ("drg_mortality", 2)]);
        s.Row("hosp/hcpcsevents", [.. stay, ("chartdate", "2150-03-04"), ("hcpcs_cd", "G0378"), ("seq_num", 1), ("short_description", "Hospital observation per hr")]);
    }

    private static void Notes(SourceWriter s)
    {
        s.Row("note/radiology", ("note_id", "10-RR-1"), ("subject_id", 10), ("hadm_id", 20), ("note_type", "RR"), ("charttime", "2150-03-01 09:00:00"), ("storetime", "2150-03-01 12:00:00"), ("text", "EXAMINATION: CHEST\nClear, \"as before\"."));
        foreach (var (name, value) in new[] { ("exam_code", "C11"), ("exam_name", "CHEST (PA & LAT)"), ("exam_name", "AP\"X"), ("exam_name", "CHEST (PA & LAT)") })
            s.Row("note/radiology_detail", ("note_id", "10-RR-1"), ("subject_id", 10), ("field_name", name), ("field_value", value), ("field_ordinal", 1));
        s.Row("note/discharge", ("note_id", "10-DS-1"), ("subject_id", 10), ("hadm_id", 20), ("note_type", "DS"), ("charttime", "2150-03-05 00:00:00"), ("storetime", "2150-03-06 00:00:00"), ("text", Note));
    }

    private static void Emergency(SourceWriter s)
    {
        s.Row("ed/edstays", ("subject_id", 10), ("hadm_id", 20), ("stay_id", 30), ("intime", "2150-03-01 06:00:00"), ("outtime", "2150-03-01 10:30:00"), ("gender", "F"), ("race", "WHITE"), ("arrival_transport", "WALK IN"), ("disposition", "ADMITTED"));
        s.Row("ed/triage", ("subject_id", 10), ("stay_id", 30), ("temperature", 98.6), ("heartrate", 80), ("resprate", 16), ("o2sat", 99), ("sbp", 120), ("dbp", 70), ("pain", "01"), ("acuity", 2), ("chiefcomplaint", "Chest pain, Dyspnea"));
        s.Row("ed/medrecon", ("subject_id", 10), ("stay_id", 30), ("charttime", "2150-03-01 06:30:00"), ("name", "acetaminophen"), ("gsn", "4490"), ("ndc", "0"), ("etcdescription", "Analgesic"));
        s.Row("ed/pyxis", ("subject_id", 10), ("stay_id", 30), ("charttime", "2150-03-01 07:00:00"), ("name", "Aspirin"), ("gsn", "001234"));
        s.Row("ed/vitalsign", ("subject_id", 10), ("stay_id", 30), ("charttime", "2150-03-01 07:30:00"), ("temperature", 98.1), ("heartrate", 81), ("sbp", 118), ("rhythm", "Sinus"), ("pain", "0"));
        s.Row("ed/diagnosis", ("subject_id", 10), ("stay_id", 30), ("seq_num", 1), ("icd_code", "I509"), ("icd_version", 10), ("icd_title", "HEART FAILURE, UNSPECIFIED"));
    }

    private static void IntensiveCare(SourceWriter s)
    {
        var stay = new (string, object?)[] { ("subject_id", 10), ("hadm_id", 20), ("stay_id", 40) };
        s.Row("icu/icustays", [.. stay, ("first_careunit", "CCU"), ("last_careunit", "CCU"), ("intime", "2150-03-02 00:00:00"), ("outtime", "2150-03-03 00:00:00"), ("los", 1)]);
        s.Row("icu/chartevents", [.. stay, ("charttime", "2150-03-02 01:00:00"), ("storetime", "2150-03-02 01:10:00"), ("itemid", 220045), ("value", "88"), ("valuenum", 88), ("valueuom", "bpm"), ("warning", "0")]);
        s.Row("icu/ingredientevents", [.. stay, ("starttime", "2150-03-02 02:00:00"), ("endtime", "2150-03-02 03:00:00"), ("storetime", "2150-03-02 02:10:00"), ("itemid", 226221), ("amount", 100.5), ("amountuom", "ml"), ("rate", 100.5), ("rateuom", "mL/hour")]);
        s.Row("icu/datetimeevents", [.. stay, ("charttime", "2150-03-02 04:00:00"), ("storetime", "2150-03-02 04:10:00"), ("itemid", 224183), ("value", "2150-03-01 00:00:00")]);
        s.Row("icu/procedureevents", [.. stay, ("starttime", "2150-03-02 05:00:00"), ("endtime", "2150-03-02 05:01:00"), ("storetime", "2150-03-02 05:05:00"), ("itemid", 225459), ("value", 1), ("valueuom", "None"), ("location", "RL"), ("locationcategory", "Chest")]);
        s.Row("icu/inputevents", [.. stay, ("starttime", "2150-03-02 06:00:00"), ("endtime", "2150-03-02 07:00:00"), ("storetime", "2150-03-02 06:05:00"), ("itemid", 225158), ("amount", 250), ("amountuom", "ml"), ("rate", 250), ("rateuom", "mL/hour")]);
        s.Row("icu/outputevents", [.. stay, ("charttime", "2150-03-02 08:00:00"), ("storetime", "2150-03-02 08:05:00"), ("itemid", 226559), ("value", 300), ("valueuom", "mL")]);
    }
}
