namespace EhrR1.Hospital;

/// <summary>The dictionaries of MIMIC-IV for what the hospital uses: items, codes, providers and caregivers.</summary>
internal static class Dictionaries
{
    public static IEnumerable<StaticFile> All(HospitalContent content) =>
    [
        new("hosp/d_labitems.csv.gz", "itemid,label,fluid,category", t =>
        {
            foreach (var item in content.Labs.DistinctBy(l => l.ItemId))
                t.Int(item.ItemId).Text(item.Label).Text(item.Fluid).Text(item.Category).End();
        }),
        new("hosp/d_icd_diagnoses.csv.gz", "icd_code,icd_version,long_title", t =>
        {
            foreach (var code in content.Diagnoses.DistinctBy(d => (d.Code, d.Version)))
                t.Text(code.Code).Int(code.Version).Text(code.Title).End();
        }),
        new("hosp/d_icd_procedures.csv.gz", "icd_code,icd_version,long_title", t =>
        {
            foreach (var (code, version, title) in content.Procedures.SelectMany(p => new[] { (p.Icd9, 9, p.Title9), (p.Icd10, 10, p.Title10) }).Where(p => p.Item1.Length > 0).Distinct())
                t.Text(code).Int(version).Text(title).End();
        }),
        new("hosp/d_hcpcs.csv.gz", "code,category,long_description,short_description", t =>
        {
            foreach (var (code, text) in content.Hospital.Hcpcs.DistinctBy(h => h.Code))
                t.Text(code).None().Text(text).Text(text).End();
        }),
        new("hosp/provider.csv.gz", "provider_id", t =>
        {
            foreach (var provider in Staff.Providers)
                t.Text(provider).End();
        }),
        new("icu/caregiver.csv.gz", "caregiver_id", t =>
        {
            foreach (var caregiver in Staff.Caregivers)
                t.Int(caregiver).End();
        }),
        new("icu/d_items.csv.gz", "itemid,label,abbreviation,linksto,category,unitname,param_type,lownormalvalue,highnormalvalue", t =>
        {
            foreach (var item in content.IcuItems.DistinctBy(i => i.ItemId))
                t.Int(item.ItemId).Text(item.Label).Text(item.Abbreviation).Text(item.LinksTo).Text(item.Category).Text(item.Unit.Length == 0 ? null : item.Unit).Text(item.ParamType).Number(item.Low, 2).Number(item.High, 2).End();
        }),
    ];
}
