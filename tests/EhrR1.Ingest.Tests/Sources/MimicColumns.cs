namespace EhrR1.Ingest.Tests;

/// <summary>The header of every MIMIC-IV table that a build reads.</summary>
internal static class MimicColumns
{
    private const string Lines = """
        hosp/admissions=subject_id,hadm_id,admittime,dischtime,deathtime,admission_type,admit_provider_id,admission_location,discharge_location,insurance,language,marital_status,race,edregtime,edouttime,hospital_expire_flag
        hosp/d_icd_diagnoses=icd_code,icd_version,long_title
        hosp/d_icd_procedures=icd_code,icd_version,long_title
        hosp/d_labitems=itemid,label,fluid,category
        hosp/diagnoses_icd=subject_id,hadm_id,seq_num,icd_code,icd_version
        hosp/drgcodes=subject_id,hadm_id,drg_type,drg_code,description,drg_severity,drg_mortality
        hosp/emar=subject_id,hadm_id,emar_id,emar_seq,poe_id,pharmacy_id,enter_provider_id,charttime,medication,event_txt,scheduletime,storetime
        hosp/hcpcsevents=subject_id,hadm_id,chartdate,hcpcs_cd,seq_num,short_description
        hosp/labevents=labevent_id,subject_id,hadm_id,specimen_id,itemid,order_provider_id,charttime,storetime,value,valuenum,valueuom,ref_range_lower,ref_range_upper,flag,priority,comments
        hosp/microbiologyevents=microevent_id,subject_id,hadm_id,micro_specimen_id,order_provider_id,chartdate,charttime,spec_itemid,spec_type_desc,test_seq,storedate,storetime,test_itemid,test_name,org_itemid,org_name,isolate_num,quantity,ab_itemid,ab_name,dilution_text,dilution_comparison,dilution_value,interpretation,comments
        hosp/omr=subject_id,chartdate,seq_num,result_name,result_value
        hosp/patients=subject_id,gender,anchor_age,anchor_year,anchor_year_group,dod
        hosp/pharmacy=subject_id,hadm_id,pharmacy_id,poe_id,starttime,stoptime,medication,proc_type,status,entertime,verifiedtime,route,frequency,disp_sched
        hosp/poe=poe_id,poe_seq,subject_id,hadm_id,ordertime,order_type,order_subtype,transaction_type,discontinue_of_poe_id,discontinued_by_poe_id,order_provider_id,order_status
        hosp/prescriptions=subject_id,hadm_id,pharmacy_id,poe_id,poe_seq,order_provider_id,starttime,stoptime,drug_type,drug,formulary_drug_cd,gsn,ndc,prod_strength,form_rx,dose_val_rx,dose_unit_rx,form_val_disp,form_unit_disp,doses_per_24_hrs,route
        hosp/procedures_icd=subject_id,hadm_id,seq_num,chartdate,icd_code,icd_version
        hosp/services=subject_id,hadm_id,transfertime,prev_service,curr_service
        hosp/transfers=subject_id,hadm_id,transfer_id,eventtype,careunit,intime,outtime
        note/discharge=note_id,subject_id,hadm_id,note_type,note_seq,charttime,storetime,text
        note/radiology=note_id,subject_id,hadm_id,note_type,note_seq,charttime,storetime,text
        note/radiology_detail=note_id,subject_id,field_name,field_value,field_ordinal
        ed/diagnosis=subject_id,stay_id,seq_num,icd_code,icd_version,icd_title
        ed/edstays=subject_id,hadm_id,stay_id,intime,outtime,gender,race,arrival_transport,disposition
        ed/medrecon=subject_id,stay_id,charttime,name,gsn,ndc,etc_rn,etccode,etcdescription
        ed/pyxis=subject_id,stay_id,charttime,med_rn,name,gsn_rn,gsn
        ed/triage=subject_id,stay_id,temperature,heartrate,resprate,o2sat,sbp,dbp,pain,acuity,chiefcomplaint
        ed/vitalsign=subject_id,stay_id,charttime,temperature,heartrate,resprate,o2sat,sbp,dbp,rhythm,pain
        icu/chartevents=subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valuenum,valueuom,warning
        icu/d_items=itemid,label,abbreviation,linksto,category,unitname,param_type,lownormalvalue,highnormalvalue
        icu/datetimeevents=subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valueuom,warning
        icu/icustays=subject_id,hadm_id,stay_id,first_careunit,last_careunit,intime,outtime,los
        icu/ingredientevents=subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,amount,amountuom,rate,rateuom,orderid,linkorderid,statusdescription,originalamount,originalrate
        icu/inputevents=subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,amount,amountuom,rate,rateuom,orderid,linkorderid,ordercategoryname,patientweight,totalamount,statusdescription
        icu/outputevents=subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valueuom
        icu/procedureevents=subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,value,valueuom,location,locationcategory,orderid,linkorderid,statusdescription,ORIGINALAMOUNT,ORIGINALRATE
        maps/CCS_DX_mapping=category_code,code,vocabulary_id
        maps/CCS_DX_categories=code_chapter,category_code,L2code,category_desc
        maps/CCS_PCS_mapping=category_code,code,vocabulary_id
        maps/CCS_PCS_categories=code_chapter,category_code,category_desc
        maps/gsn_atc_ndc_mapping=gsn,atc,ndc
        maps/atc_coding=atc_code,atc_name
        """;

    public static IReadOnlyDictionary<string, string[]> Of { get; } = Lines.Split('\n').Select(l => l.Trim().Split('=')).ToDictionary(l => l[0], l => l[1].Split(','), StringComparer.Ordinal);
}
