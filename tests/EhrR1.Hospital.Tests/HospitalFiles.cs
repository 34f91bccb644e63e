namespace EhrR1.Hospital.Tests;

/// <summary>Every file of a hospital with its header, taken from the files of the MIMIC-IV demo 2.2, of MIMIC-IV-Note 2.2 and of the public code maps.</summary>
internal static class HospitalFiles
{
    public static readonly IReadOnlyDictionary<string, string> Headers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ed/diagnosis.csv.gz"] = "subject_id,stay_id,seq_num,icd_code,icd_version,icd_title",
        ["ed/edstays.csv.gz"] = "subject_id,hadm_id,stay_id,intime,outtime,gender,race,arrival_transport,disposition",
        ["ed/medrecon.csv.gz"] = "subject_id,stay_id,charttime,name,gsn,ndc,etc_rn,etccode,etcdescription",
        ["ed/pyxis.csv.gz"] = "subject_id,stay_id,charttime,med_rn,name,gsn_rn,gsn",
        ["ed/triage.csv.gz"] = "subject_id,stay_id,temperature,heartrate,resprate,o2sat,sbp,dbp,pain,acuity,chiefcomplaint",
        ["ed/vitalsign.csv.gz"] = "subject_id,stay_id,charttime,temperature,heartrate,resprate,o2sat,sbp,dbp,rhythm,pain",
        ["hosp/admissions.csv.gz"] = "subject_id,hadm_id,admittime,dischtime,deathtime,admission_type,admit_provider_id,admission_location,discharge_location,insurance,language,marital_status,race,edregtime,edouttime,hospital_expire_flag",
        ["hosp/d_hcpcs.csv.gz"] = "code,category,long_description,short_description",
        ["hosp/d_icd_diagnoses.csv.gz"] = "icd_code,icd_version,long_title",
        ["hosp/d_icd_procedures.csv.gz"] = "icd_code,icd_version,long_title",
        ["hosp/d_labitems.csv.gz"] = "itemid,label,fluid,category",
        ["hosp/diagnoses_icd.csv.gz"] = "subject_id,hadm_id,seq_num,icd_code,icd_version",
        ["hosp/drgcodes.csv.gz"] = "subject_id,hadm_id,drg_type,drg_code,description,drg_severity,drg_mortality",
        ["hosp/emar.csv.gz"] = "subject_id,hadm_id,emar_id,emar_seq,poe_id,pharmacy_id,enter_provider_id,charttime,medication,event_txt,scheduletime,storetime",
        ["hosp/emar_detail.csv.gz"] = "subject_id,emar_id,emar_seq,parent_field_ordinal,administration_type,pharmacy_id,barcode_type,reason_for_no_barcode,complete_dose_not_given,dose_due,dose_due_unit,dose_given,dose_given_unit,will_remainder_of_dose_be_given,product_amount_given,product_unit,product_code,product_description,product_description_other,prior_infusion_rate,infusion_rate,infusion_rate_adjustment,infusion_rate_adjustment_amount,infusion_rate_unit,route,infusion_complete,completion_interval,new_iv_bag_hung,continued_infusion_in_other_location,restart_interval,side,site,non_formulary_visual_verification",
        ["hosp/hcpcsevents.csv.gz"] = "subject_id,hadm_id,chartdate,hcpcs_cd,seq_num,short_description",
        ["hosp/labevents.csv.gz"] = "labevent_id,subject_id,hadm_id,specimen_id,itemid,order_provider_id,charttime,storetime,value,valuenum,valueuom,ref_range_lower,ref_range_upper,flag,priority,comments",
        ["hosp/microbiologyevents.csv.gz"] = "microevent_id,subject_id,hadm_id,micro_specimen_id,order_provider_id,chartdate,charttime,spec_itemid,spec_type_desc,test_seq,storedate,storetime,test_itemid,test_name,org_itemid,org_name,isolate_num,quantity,ab_itemid,ab_name,dilution_text,dilution_comparison,dilution_value,interpretation,comments",
        ["hosp/omr.csv.gz"] = "subject_id,chartdate,seq_num,result_name,result_value",
        ["hosp/patients.csv.gz"] = "subject_id,gender,anchor_age,anchor_year,anchor_year_group,dod",
        ["hosp/pharmacy.csv.gz"] = "subject_id,hadm_id,pharmacy_id,poe_id,starttime,stoptime,medication,proc_type,status,entertime,verifiedtime,route,frequency,disp_sched,infusion_type,sliding_scale,lockout_interval,basal_rate,one_hr_max,doses_per_24_hrs,duration,duration_interval,expiration_value,expiration_unit,expirationdate,dispensation,fill_quantity",
        ["hosp/poe.csv.gz"] = "poe_id,poe_seq,subject_id,hadm_id,ordertime,order_type,order_subtype,transaction_type,discontinue_of_poe_id,discontinued_by_poe_id,order_provider_id,order_status",
        ["hosp/poe_detail.csv.gz"] = "poe_id,poe_seq,subject_id,field_name,field_value",
        ["hosp/prescriptions.csv.gz"] = "subject_id,hadm_id,pharmacy_id,poe_id,poe_seq,order_provider_id,starttime,stoptime,drug_type,drug,formulary_drug_cd,gsn,ndc,prod_strength,form_rx,dose_val_rx,dose_unit_rx,form_val_disp,form_unit_disp,doses_per_24_hrs,route",
        ["hosp/procedures_icd.csv.gz"] = "subject_id,hadm_id,seq_num,chartdate,icd_code,icd_version",
        ["hosp/provider.csv.gz"] = "provider_id",
        ["hosp/services.csv.gz"] = "subject_id,hadm_id,transfertime,prev_service,curr_service",
        ["hosp/transfers.csv.gz"] = "subject_id,hadm_id,transfer_id,eventtype,careunit,intime,outtime",
        ["icu/caregiver.csv.gz"] = "caregiver_id",
        ["icu/chartevents.csv.gz"] = "subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valuenum,valueuom,warning",
        ["icu/d_items.csv.gz"] = "itemid,label,abbreviation,linksto,category,unitname,param_type,lownormalvalue,highnormalvalue",
        ["icu/datetimeevents.csv.gz"] = "subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valueuom,warning",
        ["icu/icustays.csv.gz"] = "subject_id,hadm_id,stay_id,first_careunit,last_careunit,intime,outtime,los",
        ["icu/ingredientevents.csv.gz"] = "subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,amount,amountuom,rate,rateuom,orderid,linkorderid,statusdescription,originalamount,originalrate",
        ["icu/inputevents.csv.gz"] = "subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,amount,amountuom,rate,rateuom,orderid,linkorderid,ordercategoryname,secondaryordercategoryname,ordercomponenttypedescription,ordercategorydescription,patientweight,totalamount,totalamountuom,isopenbag,continueinnextdept,statusdescription,originalamount,originalrate",
        ["icu/outputevents.csv.gz"] = "subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valueuom",
        ["icu/procedureevents.csv.gz"] = "subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,value,valueuom,location,locationcategory,orderid,linkorderid,ordercategoryname,ordercategorydescription,patientweight,isopenbag,continueinnextdept,statusdescription,ORIGINALAMOUNT,ORIGINALRATE",
        ["note/radiology.csv.gz"] = "note_id,subject_id,hadm_id,note_type,note_seq,charttime,storetime,text",
        ["note/discharge.csv.gz"] = "note_id,subject_id,hadm_id,note_type,note_seq,charttime,storetime,text",
        ["note/radiology_detail.csv.gz"] = "note_id,subject_id,field_name,field_value,field_ordinal",
        ["note/discharge_detail.csv.gz"] = "note_id,subject_id,field_name,field_value,field_ordinal",
        ["maps/CCS_DX_categories.csv.gz"] = "code_chapter,category_code,L2code,category_desc",
        ["maps/CCS_DX_mapping.csv.gz"] = "category_code,code,vocabulary_id",
        ["maps/CCS_PCS_categories.csv.gz"] = "code_chapter,category_code,category_desc",
        ["maps/CCS_PCS_mapping.csv.gz"] = "category_code,code,vocabulary_id",
        ["maps/atc_coding.csv.gz"] = "atc_code,atc_name",
        ["maps/d_labitems_to_loinc.csv"] = "itemid (omop_source_code),label,fluid,category,valueuom,omop_concept_id,omop_concept_name,omop_domain_id,omop_vocabulary_id,omop_concept_class_id,omop_standard_concept,omop_concept_code,sssom_author_id,sssom_reviewer_id,sssom_subject_source_version,common_vocabulary_version,sssom_mapping_tool,sssom_mapping_tool_version,sssom_mapping_date,sssom_confidence,sssom_comment,labevents_row_count",
        ["maps/gsn_atc_ndc_mapping.csv.gz"] = "gsn,atc,ndc",
        ["truth/relations.csv"] = "source,relation,target",
        ["truth/stays.csv"] = "subject_id,hadm_id,stay_id,Inpatient_Mortality,LengthOfStay_3day,LengthOfStay_7day,Readmission_30day,Readmission_60day",
        ["truth/edstays.csv"] = "subject_id,hadm_id,stay_id,ED_Hospitalization,ED_Inpatient_Mortality,ED_ICU_Tranfer_12hour,ED_Reattendance_3day,ED_Critical_Outcomes",
        ["truth/icustays.csv"] = "subject_id,hadm_id,stay_id,ICU_Mortality_1day,ICU_Mortality_2day,ICU_Mortality_3day,ICU_Mortality_7day,ICU_Mortality_14day,ICU_Stay_7day,ICU_Stay_14day,ICU_Readmission",
    };

    /// <summary>Files whose rows belong to patients.</summary>
    public static IEnumerable<string> OfPatients => Headers.Keys.Where(f => !Shared.Contains(f));

    private static readonly HashSet<string> Shared =
    [
        "hosp/d_hcpcs.csv.gz",
        "hosp/d_icd_diagnoses.csv.gz",
        "hosp/d_icd_procedures.csv.gz",
        "hosp/d_labitems.csv.gz",
        "hosp/provider.csv.gz",
        "icu/caregiver.csv.gz",
        "icu/d_items.csv.gz",
        "maps/CCS_DX_categories.csv.gz",
        "maps/CCS_DX_mapping.csv.gz",
        "maps/CCS_PCS_categories.csv.gz",
        "maps/CCS_PCS_mapping.csv.gz",
        "maps/atc_coding.csv.gz",
        "maps/d_labitems_to_loinc.csv",
        "maps/gsn_atc_ndc_mapping.csv.gz",
        "truth/relations.csv",
    ];
}
