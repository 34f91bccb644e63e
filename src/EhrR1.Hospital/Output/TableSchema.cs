namespace EhrR1.Hospital;

/// <summary>Where a table of patients' rows lies and the columns it has, as in MIMIC-IV 3.1, MIMIC-IV-ED 2.2 and MIMIC-IV-Note 2.2.</summary>
internal sealed record TableSchema(Table Table, string Path, string Header)
{
    public static readonly IReadOnlyList<TableSchema> All =
    [
        new(Table.Patients, "hosp/patients.csv.gz", "subject_id,gender,anchor_age,anchor_year,anchor_year_group,dod"),
        new(Table.Admissions, "hosp/admissions.csv.gz", "subject_id,hadm_id,admittime,dischtime,deathtime,admission_type,admit_provider_id,admission_location,discharge_location,insurance,language,marital_status,race,edregtime,edouttime,hospital_expire_flag"),
        new(Table.Transfers, "hosp/transfers.csv.gz", "subject_id,hadm_id,transfer_id,eventtype,careunit,intime,outtime"),
        new(Table.Services, "hosp/services.csv.gz", "subject_id,hadm_id,transfertime,prev_service,curr_service"),
        new(Table.LabEvents, "hosp/labevents.csv.gz", "labevent_id,subject_id,hadm_id,specimen_id,itemid,order_provider_id,charttime,storetime,value,valuenum,valueuom,ref_range_lower,ref_range_upper,flag,priority,comments"),
        new(Table.MicrobiologyEvents, "hosp/microbiologyevents.csv.gz", "microevent_id,subject_id,hadm_id,micro_specimen_id,order_provider_id,chartdate,charttime,spec_itemid,spec_type_desc,test_seq,storedate,storetime,test_itemid,test_name,org_itemid,org_name,isolate_num,quantity,ab_itemid,ab_name,dilution_text,dilution_comparison,dilution_value,interpretation,comments"),
        new(Table.Omr, "hosp/omr.csv.gz", "subject_id,chartdate,seq_num,result_name,result_value"),
        new(Table.Pharmacy, "hosp/pharmacy.csv.gz", "subject_id,hadm_id,pharmacy_id,poe_id,starttime,stoptime,medication,proc_type,status,entertime,verifiedtime,route,frequency,disp_sched,infusion_type,sliding_scale,lockout_interval,basal_rate,one_hr_max,doses_per_24_hrs,duration,duration_interval,expiration_value,expiration_unit,expirationdate,dispensation,fill_quantity"),
        new(Table.Poe, "hosp/poe.csv.gz", "poe_id,poe_seq,subject_id,hadm_id,ordertime,order_type,order_subtype,transaction_type,discontinue_of_poe_id,discontinued_by_poe_id,order_provider_id,order_status"),
        new(Table.PoeDetail, "hosp/poe_detail.csv.gz", "poe_id,poe_seq,subject_id,field_name,field_value"),
        new(Table.Prescriptions, "hosp/prescriptions.csv.gz", "subject_id,hadm_id,pharmacy_id,poe_id,poe_seq,order_provider_id,starttime,stoptime,drug_type,drug,formulary_drug_cd,gsn,ndc,prod_strength,form_rx,dose_val_rx,dose_unit_rx,form_val_disp,form_unit_disp,doses_per_24_hrs,route"),
        new(Table.Emar, "hosp/emar.csv.gz", "subject_id,hadm_id,emar_id,emar_seq,poe_id,pharmacy_id,enter_provider_id,charttime,medication,event_txt,scheduletime,storetime"),
        new(Table.EmarDetail, "hosp/emar_detail.csv.gz", "subject_id,emar_id,emar_seq,parent_field_ordinal,administration_type,pharmacy_id,barcode_type,reason_for_no_barcode,complete_dose_not_given,dose_due,dose_due_unit,dose_given,dose_given_unit,will_remainder_of_dose_be_given,product_amount_given,product_unit,product_code,product_description,product_description_other,prior_infusion_rate,infusion_rate,infusion_rate_adjustment,infusion_rate_adjustment_amount,infusion_rate_unit,route,infusion_complete,completion_interval,new_iv_bag_hung,continued_infusion_in_other_location,restart_interval,side,site,non_formulary_visual_verification"),
        new(Table.ProceduresIcd, "hosp/procedures_icd.csv.gz", "subject_id,hadm_id,seq_num,chartdate,icd_code,icd_version"),
        new(Table.DiagnosesIcd, "hosp/diagnoses_icd.csv.gz", "subject_id,hadm_id,seq_num,icd_code,icd_version"),
        new(Table.DrgCodes, "hosp/drgcodes.csv.gz", "subject_id,hadm_id,drg_type,drg_code,description,drg_severity,drg_mortality"),
        new(Table.HcpcsEvents, "hosp/hcpcsevents.csv.gz", "subject_id,hadm_id,chartdate,hcpcs_cd,seq_num,short_description"),
        new(Table.Radiology, "note/radiology.csv.gz", "note_id,subject_id,hadm_id,note_type,note_seq,charttime,storetime,text"),
        new(Table.RadiologyDetail, "note/radiology_detail.csv.gz", "note_id,subject_id,field_name,field_value,field_ordinal"),
        new(Table.Discharge, "note/discharge.csv.gz", "note_id,subject_id,hadm_id,note_type,note_seq,charttime,storetime,text"),
        new(Table.DischargeDetail, "note/discharge_detail.csv.gz", "note_id,subject_id,field_name,field_value,field_ordinal"),
        new(Table.EdStays, "ed/edstays.csv.gz", "subject_id,hadm_id,stay_id,intime,outtime,gender,race,arrival_transport,disposition"),
        new(Table.Triage, "ed/triage.csv.gz", "subject_id,stay_id,temperature,heartrate,resprate,o2sat,sbp,dbp,pain,acuity,chiefcomplaint"),
        new(Table.MedRecon, "ed/medrecon.csv.gz", "subject_id,stay_id,charttime,name,gsn,ndc,etc_rn,etccode,etcdescription"),
        new(Table.Pyxis, "ed/pyxis.csv.gz", "subject_id,stay_id,charttime,med_rn,name,gsn_rn,gsn"),
        new(Table.VitalSign, "ed/vitalsign.csv.gz", "subject_id,stay_id,charttime,temperature,heartrate,resprate,o2sat,sbp,dbp,rhythm,pain"),
        new(Table.EdDiagnosis, "ed/diagnosis.csv.gz", "subject_id,stay_id,seq_num,icd_code,icd_version,icd_title"),
        new(Table.IcuStays, "icu/icustays.csv.gz", "subject_id,hadm_id,stay_id,first_careunit,last_careunit,intime,outtime,los"),
        new(Table.ChartEvents, "icu/chartevents.csv.gz", "subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valuenum,valueuom,warning"),
        new(Table.IngredientEvents, "icu/ingredientevents.csv.gz", "subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,amount,amountuom,rate,rateuom,orderid,linkorderid,statusdescription,originalamount,originalrate"),
        new(Table.DateTimeEvents, "icu/datetimeevents.csv.gz", "subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valueuom,warning"),
        new(Table.ProcedureEvents, "icu/procedureevents.csv.gz", "subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,value,valueuom,location,locationcategory,orderid,linkorderid,ordercategoryname,ordercategorydescription,patientweight,isopenbag,continueinnextdept,statusdescription,ORIGINALAMOUNT,ORIGINALRATE"),
        new(Table.InputEvents, "icu/inputevents.csv.gz", "subject_id,hadm_id,stay_id,caregiver_id,starttime,endtime,storetime,itemid,amount,amountuom,rate,rateuom,orderid,linkorderid,ordercategoryname,secondaryordercategoryname,ordercomponenttypedescription,ordercategorydescription,patientweight,totalamount,totalamountuom,isopenbag,continueinnextdept,statusdescription,originalamount,originalrate"),
        new(Table.OutputEvents, "icu/outputevents.csv.gz", "subject_id,hadm_id,stay_id,caregiver_id,charttime,storetime,itemid,value,valueuom"),
        new(Table.TruthStays, "truth/stays.csv", "subject_id,hadm_id,stay_id,Inpatient_Mortality,LengthOfStay_3day,LengthOfStay_7day,Readmission_30day,Readmission_60day"),
        new(Table.TruthEdStays, "truth/edstays.csv", "subject_id,hadm_id,stay_id,ED_Hospitalization,ED_Inpatient_Mortality,ED_ICU_Tranfer_12hour,ED_Reattendance_3day,ED_Critical_Outcomes"),
        new(Table.TruthIcuStays, "truth/icustays.csv", "subject_id,hadm_id,stay_id,ICU_Mortality_1day,ICU_Mortality_2day,ICU_Mortality_3day,ICU_Mortality_7day,ICU_Mortality_14day,ICU_Stay_7day,ICU_Stay_14day,ICU_Readmission"),
    ];
}
