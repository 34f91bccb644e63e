using System.Globalization;

namespace EhrR1.Hospital.Tests;

public sealed class ContentTests
{
    private static readonly ContentFile Labs = ContentFile.Read("laboratory.tsv");
    private static readonly ContentFile Panels = ContentFile.Read("panels.tsv");
    private static readonly ContentFile Drugs = ContentFile.Read("drugs.tsv");
    private static readonly ContentFile IcuItems = ContentFile.Read("icu_items.tsv");
    private static readonly ContentFile Imaging = ContentFile.Read("imaging.tsv");
    private static readonly ContentFile Microbiology = ContentFile.Read("microbiology.tsv");
    private static readonly ContentFile Conditions = ContentFile.Read("conditions.tsv");

    [Theory]
    [InlineData("laboratory.tsv", 320)]
    [InlineData("panels.tsv", 40)]
    [InlineData("drugs.tsv", 420)]
    [InlineData("icu_items.tsv", 250)]
    [InlineData("imaging.tsv", 25)]
    [InlineData("microbiology.tsv", 30)]
    [InlineData("careunits.tsv", 20)]
    [InlineData("services.tsv", 12)]
    [InlineData("demographics.tsv", 50)]
    [InlineData("hcpcs.tsv", 20)]
    [InlineData("drg.tsv", 80)]
    public void Table_OfContent_HoldsEnoughRowsWithNoCellToTrim(string name, int atLeast)
    {
        var file = ContentFile.Read(name);
        file.Rows.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        file.Rows.SelectMany(row => row.Values).ShouldAllBe(cell => cell == cell.Trim() && !cell.Contains('"', StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_OfItemsAndDrugs_AreUnique()
    {
        Labs.Column("itemid").ShouldBeUnique();
        IcuItems.Column("itemid").ShouldBeUnique();
        Panels.Column("panel").ShouldBeUnique();
        Imaging.Column("exam_name").ShouldBeUnique();
        Drugs.Column("drug").Select(name => name.ToUpperInvariant()).ShouldBeUnique();
        Microbiology.Rows.Select(row => (row["test_itemid"], row["spec_itemid"])).ShouldBeUnique();
    }

    [Fact]
    public void Laboratory_Numbers_LieWithinTheirBounds()
    {
        foreach (var row in Labs.Rows.Where(row => Number(row["sd"]) > 0))
        {
            var (mean, sd) = (Number(row["mean"])!.Value, Number(row["sd"])!.Value);
            var (min, max) = (Number(row["min"])!.Value, Number(row["max"])!.Value);
            mean.ShouldBeInRange(min, max, row["label"]);
            (mean + sd).ShouldBeLessThanOrEqualTo(max, row["label"]);
            if (Number(row["low"]) is { } low && Number(row["high"]) is { } high)
                low.ShouldBeLessThanOrEqualTo(high, row["label"]);
        }
    }

    [Fact]
    public void Laboratory_HealthyMeanOfBloodChemistry_LiesNearTheReferenceRange()
    {
        string[] common = ["Sodium", "Potassium", "Chloride", "Bicarbonate", "Anion Gap", "Urea Nitrogen", "Creatinine", "Glucose", "Calcium, Total", "Magnesium", "Phosphate", "White Blood Cells", "Platelet Count", "Albumin", "Lactate", "pH", "INR(PT)", "PTT"];
        foreach (var label in common)
        {
            var row = Labs.Rows.First(r => r["label"] == label);
            Number(row["mean"])!.Value.ShouldBeInRange(Number(row["low"])!.Value, Number(row["high"])!.Value, label);
        }
    }

    [Fact]
    public void Laboratory_ResultsInWords_NameTheirWords() =>
        Labs.Rows.Where(row => row["sd"] == "0").ShouldAllBe(row => row["texts"].Length > 0);

    [Fact]
    public void Panels_ItemsAndPanelNames_RefersBothWays()
    {
        var ids = Set(Labs, "itemid");
        var names = Set(Panels, "panel");
        Panels.Rows.SelectMany(row => ContentFile.List(row["items"])).ShouldAllBe(id => ids.Contains(id));
        Labs.Rows.SelectMany(row => ContentFile.List(row["panels"])).ShouldAllBe(name => names.Contains(name));
        Panels.Rows.ShouldAllBe(row => ContentFile.List(row["items"]).Any() && Number(row["result_minutes_mean"]) > 0);
    }

    [Fact]
    public void Drugs_Codes_HaveTheirForms()
    {
        foreach (var row in Drugs.Rows)
        {
            row["gsn"].ShouldMatch(@"^(\d{6})?$", row["drug"]);
            row["ndc"].ShouldMatch(@"^(\d{11}|0)$", row["drug"]);
            row["atc"].ShouldMatch(@"^([A-Z]\d\d[A-Z]{1,2}(\d\d)?)?$", row["drug"]);
            ContentFile.List(row["setting"]).ShouldNotBeEmpty(row["drug"]);
            ContentFile.List(row["setting"]).ShouldBeSubsetOf(["ward", "icu", "ed", "home", "oncology", "special"], row["drug"]);
            new[] { row["dose"], row["unit"], row["route"], row["frequency"], row["brand_ed"] }.ShouldAllBe(cell => cell.Length > 0, row["drug"]);
        }
    }

    [Fact]
    public void Drugs_OneCode_HasOneMeaning()
    {
        var coded = Drugs.Rows.Where(row => row["atc"].Length > 0).ToArray();
        coded.Where(row => row["gsn"].Length > 0).GroupBy(row => row["gsn"]).ShouldAllBe(g => g.Select(row => row["atc"]).Distinct().Count() == 1);
        var classes = coded.Select(row => (Code: row["atc"][..5], Name: row["atc_class"])).Distinct().ToArray();
        classes.Select(c => c.Code).ShouldBeUnique();
        classes.Select(c => c.Name).ShouldBeUnique();
        classes.ShouldAllBe(c => c.Name.Length > 2 && c.Name == c.Name.ToLowerInvariant());
    }

    [Fact]
    public void IcuItems_Tables_AreKnownAndNumbersSane()
    {
        string[] tables = ["chartevents", "inputevents", "outputevents", "procedureevents", "datetimeevents", "ingredientevents"];
        IcuItems.Column("linksto").Distinct().ShouldBe(tables, ignoreOrder: true);
        IcuItems.Column("vital").Where(v => v.Length > 0).Distinct().ShouldBeSubsetOf(["temperature", "heartrate", "resprate", "o2sat", "sbp", "dbp", "map"]);
        var labels = Set(Labs, "label");
        IcuItems.Column("lab").Where(l => l.Length > 0).ShouldAllBe(l => labels.Contains(l));
        foreach (var row in IcuItems.Rows.Where(row => row["linksto"] == "chartevents"))
        {
            Number(row["every_hours"])!.Value.ShouldBeGreaterThan(0, row["label"]);
            if (Number(row["min"]) is { } min && Number(row["max"]) is { } max)
                Number(row["mean"])!.Value.ShouldBeInRange(min, max, row["label"]);
        }
    }

    [Fact]
    public void Findings_AndBillingGroups_NameConditions()
    {
        var conditions = Set(Conditions, "name");
        Imaging.Rows.SelectMany(row => row["conditions_findings"].Split('|', StringSplitOptions.RemoveEmptyEntries)).Select(f => f.Split('=')[0]).ShouldAllBe(name => conditions.Contains(name));
        var grouped = ContentFile.Read("drg.tsv").Rows.SelectMany(row => ContentFile.List(row["conditions"])).ToHashSet(StringComparer.Ordinal);
        grouped.ShouldAllBe(name => conditions.Contains(name));
        Conditions.Rows.Where(row => row["kind"] == "acute").Select(row => row["name"]).ShouldAllBe(name => grouped.Contains(name));
    }

    [Fact]
    public void Units_OfEveryServiceOfConditions_Exist()
    {
        var services = Set(ContentFile.Read("services.tsv"), "service");
        Conditions.Column("service").ShouldAllBe(service => services.Contains(service));
        ContentFile.Read("careunits.tsv").Column("kind").Distinct().ShouldBe(["ward", "icu", "ed", "pacu"], ignoreOrder: true);
    }

    private static HashSet<string> Set(ContentFile file, string column) => file.Column(column).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
}
