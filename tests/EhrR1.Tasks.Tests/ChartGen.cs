using CsCheck;
using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

/// <summary>Random charts: two hospital stays, an ED and an ICU stay, rows of many types over some days, some known late.</summary>
internal static class ChartGen
{
    private static readonly (string Type, string Field)[] _kinds =
    [
        ("labevents", "item_name"), ("poe", "order_type"), ("prescriptions", "drug"), ("emar", "medication"), ("services", "curr_service"),
        ("diagnoses_icd", "diagnoses"), ("drgcodes", "drg_code"), ("hcpcsevents", "hcpcs_cd"), ("procedures_icd", "procedures"), ("omr", "result_name"),
        ("discharge", "text"), ("chartevents", "item_name"), ("vitalsign", "pain"), ("pyxis", "name"), ("inputevents", "item_name"),
    ];

    public static readonly Gen<Row> OneRow = Gen.Select(Gen.Int[0, _kinds.Length - 1], Gen.Int[-100, 400], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 60])
        .Select((kind, quarter, stay, value, late) => new Row(_kinds[kind].Type, _kinds[kind].Field, quarter / 4.0, stay, $"name {value}", late > 30 ? 0 : late / 2.0));

    public static readonly Gen<ChartBuilder> Charts = OneRow.Array[0, 60].Select(Make);

    public static ChartBuilder Make(Row[] rows)
    {
        var chart = new ChartBuilder(1).Patient(dod: At(72))
            .Emergency(-6, -1, 9, 1).Admission(0, 60, died: false).Intensive(2, 50, 5)
            .Admission(70, 96, hadm: 2);
        foreach (var row in rows)
            chart.Add(row.Type, At(row.Hour), row.Stay == 0 ? null : row.Stay, null, At(row.Hour + row.Late), (row.Field, row.Value));
        return chart;
    }

    internal sealed record Row(string Type, string Field, double Hour, long Stay, string Value, double Late);
}
