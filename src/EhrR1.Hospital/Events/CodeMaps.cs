namespace EhrR1.Hospital;

/// <summary>The code maps that the tasks need, in the layout of the public ones, for the codes that the hospital uses.</summary>
internal static class CodeMaps
{
    public static IEnumerable<StaticFile> All(HospitalContent content)
    {
        var diagnoses = content.Hospital.Ccs.Where(c => c.Vocabulary.EndsWith("CM", StringComparison.Ordinal)).ToArray();
        var procedures = content.Hospital.Ccs.Where(c => c.Vocabulary.EndsWith("PCS", StringComparison.Ordinal)).ToArray();
        return
        [
            new("maps/CCS_DX_categories.csv.gz", "\"code_chapter\",\"category_code\",\"L2code\",\"category_desc\"", t =>
            {
                foreach (var c in diagnoses.DistinctBy(c => c.CcsCode))
                    t.None().Text(c.CcsCode).None().Text(c.CcsName).End();
            }),
            new("maps/CCS_DX_mapping.csv.gz", "\"category_code\",\"code\",\"vocabulary_id\"", t => Map(t, diagnoses)),
            new("maps/CCS_PCS_categories.csv.gz", "\"code_chapter\",\"category_code\",\"category_desc\"", t =>
            {
                foreach (var c in procedures.DistinctBy(c => c.CcsCode))
                    t.None().Text(c.CcsCode).Text(c.CcsName).End();
            }),
            new("maps/CCS_PCS_mapping.csv.gz", "category_code,code,vocabulary_id", t => Map(t, procedures)),
            new("maps/atc_coding.csv.gz", "atc_code,atc_name", t =>
            {
                foreach (var group in content.Drugs.Where(d => d.Atc.Length >= 5).GroupBy(d => d.Atc[..5]).OrderBy(g => g.Key, StringComparer.Ordinal))
                    t.Text(group.Key).Text(group.First().AtcClass).End();
                foreach (var drug in content.Drugs.Where(d => d.Atc.Length == 7).DistinctBy(d => d.Atc).OrderBy(d => d.Atc, StringComparer.Ordinal))
                    t.Text(drug.Atc).Text(drug.Name.ToLowerInvariant()).End();
            }),
            new("maps/gsn_atc_ndc_mapping.csv.gz", "gsn,atc,ndc", t =>
            {
                foreach (var drug in content.Drugs.Where(d => d.Atc.Length >= 5 && (d.Gsn.Length > 0 || d.Ndc.Length > 1)).DistinctBy(d => (d.Gsn, d.Atc, d.Ndc)))
                    t.Text(drug.Gsn).Text(drug.Atc).Text(drug.Ndc).End();
            }),
            new("maps/d_labitems_to_loinc.csv", "itemid (omop_source_code),label,fluid,category,valueuom,omop_concept_id,omop_concept_name,omop_domain_id,omop_vocabulary_id,omop_concept_class_id,omop_standard_concept,omop_concept_code,sssom_author_id,sssom_reviewer_id,sssom_subject_source_version,common_vocabulary_version,sssom_mapping_tool,sssom_mapping_tool_version,sssom_mapping_date,sssom_confidence,sssom_comment,labevents_row_count", t =>
            {
                foreach (var lab in content.Labs.DistinctBy(l => l.ItemId))
                    t.Int(lab.ItemId).Text(lab.Label).Text(lab.Fluid).Text(lab.Category).Text(lab.Unit).None(17).End();
            }),
        ];
    }

    private static void Map(TableBuffer table, IEnumerable<(string Vocabulary, string Code, string CcsCode, string CcsName)> entries)
    {
        foreach (var entry in entries.DistinctBy(e => (e.Vocabulary, e.Code)))
            table.Text(entry.CcsCode).Text(entry.Code).Text(entry.Vocabulary).End();
    }
}
