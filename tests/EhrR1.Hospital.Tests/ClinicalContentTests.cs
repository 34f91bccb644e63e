namespace EhrR1.Hospital.Tests;

/// <summary>The files of clinical knowledge name one another: every name must be found where it points to.</summary>
public sealed class ClinicalContentTests
{
    private static readonly string[] Kinds = ["drug", "procedure", "imaging", "micro", "consult", "icu_item"];
    private static readonly string[] Relations = ["treats", "prevents", "palliates", "monitors", "diagnoses", "supports"];
    private static readonly string[] Vitals = ["temperature", "heartrate", "resprate", "o2sat", "sbp", "dbp"];
    private static readonly ContentFile Conditions = ContentFile.Read("conditions.tsv");
    private static readonly ContentFile Effects = ContentFile.Read("effects.tsv");
    private static readonly ContentFile Treatments = ContentFile.Read("treatments.tsv");
    private static readonly ContentFile Procedures = ContentFile.Read("procedures.tsv");
    private static readonly ContentFile Diagnoses = ContentFile.Read("diagnoses.tsv");
    private static readonly ContentFile Categories = ContentFile.Read("maps_ccs.tsv");
    private static readonly ContentFile Rules = ContentFile.Read("rules.tsv");

    private static HashSet<string> Names { get; } = [.. Conditions.Column("name")];

    [Fact]
    public void Conditions_AsShipped_AreManyAndDistinct()
    {
        Conditions.Column("kind").Count(kind => kind == "chronic").ShouldBeGreaterThanOrEqualTo(40);
        Conditions.Column("kind").Count(kind => kind == "acute").ShouldBeGreaterThanOrEqualTo(40);
        Conditions.Column("kind").Distinct().ShouldBe(["chronic", "acute"], ignoreOrder: true);
        Names.Count.ShouldBe(Conditions.Rows.Count);
    }

    [Fact]
    public void Conditions_TheirNumbers_LieWithinTheirRanges()
    {
        foreach (var row in Conditions.Rows)
        {
            var name = row["name"];
            ContentFile.Number(row["prevalence"]).ShouldBeInRange(0.0001, 0.9, name);
            ContentFile.Number(row["age_mean"]).ShouldBeInRange(18, 95, name);
            ContentFile.Number(row["age_slope"]).ShouldBeInRange(-1, 1, name);
            ContentFile.Number(row["sex_ratio"]).ShouldBeInRange(0, 1000, name);
            ContentFile.Number(row["los_days_mean"]).ShouldBeInRange(0.5, 40, name);
            foreach (var weight in new[] { "severity_mean", "mortality_weight", "icu_weight", "readmission_weight", "ed_weight" })
                (row[weight].Length == 0 ? 0 : ContentFile.Number(row[weight])).ShouldBeInRange(0, 3, $"{name}: {weight}");
        }
    }

    [Fact]
    public void Conditions_AcutePrevalences_ShareOutTheAdmissions() =>
        Conditions.Rows.Where(row => row["kind"] == "acute").Sum(row => ContentFile.Number(row["prevalence"])).ShouldBe(1, 0.01);

    [Fact]
    public void Conditions_EachOne_HasAPictureTreatmentsAndEffects()
    {
        foreach (var row in Conditions.Rows)
        {
            var name = row["name"];
            if (row["kind"] == "acute")
            {
                ContentFile.List(row["chief_complaints"]).ShouldNotBeEmpty(name);
                ContentFile.List(row["symptoms"]).ShouldNotBeEmpty(name);
            }
            ContentFile.List(row["exam_findings"]).ShouldNotBeEmpty(name);
            ContentFile.List(row["hpi"]).ShouldNotBeEmpty(name);
            Effects.Column("condition").ShouldContain(name);
            Treatments.Column("condition").ShouldContain(name);
        }
    }

    [Fact]
    public void RiskFactors_OfEachCondition_AreConditionsDrawnBefore()
    {
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in Conditions.Rows)
        {
            foreach (var factor in ContentFile.List(row["risk_factors"]))
            {
                var mark = factor.LastIndexOf('*');
                Names.ShouldContain(factor[..mark], row["name"]);
                ContentFile.Number(factor[(mark + 1)..]).ShouldBeInRange(0.1, 6, row["name"]);
                // Chronic illness is drawn in the order of the file: a cause that stands later would never act.
                if (row["kind"] == "chronic")
                    drawn.ShouldContain(factor[..mark], row["name"]);
            }
            drawn.Add(row["name"]);
        }
    }

    [Theory]
    [InlineData("icd10", "10", "ICD10CM")]
    [InlineData("icd9", "9", "ICD9CM")]
    public void DiagnosisCodes_OfEachCondition_HaveTitleAndCategory(string column, string version, string vocabulary)
    {
        var titled = Titled(version);
        var grouped = Grouped(vocabulary);
        foreach (var row in Conditions.Rows)
        {
            ContentFile.List(row[column]).ShouldNotBeEmpty(row["name"]);
            foreach (var code in ContentFile.List(row[column]))
            {
                titled.ShouldContain(code, row["name"]);
                grouped.ShouldContain(code, row["name"]);
            }
        }
    }

    [Theory]
    [InlineData("10", "ICD10CM")]
    [InlineData("9", "ICD9CM")]
    public void DiagnosisCodes_OfEachVersion_AreTitledOnceAndHaveACategory(string version, string vocabulary)
    {
        var rows = Diagnoses.Rows.Where(row => row["version"] == version).ToArray();
        rows.Length.ShouldBeGreaterThanOrEqualTo(400);
        rows.Select(row => row["code"]).Distinct(StringComparer.Ordinal).Count().ShouldBe(rows.Length);
        rows.Where(row => row["long_title"].Length == 0).ShouldBeEmpty();
        rows.Select(row => row["code"]).Except(Grouped(vocabulary)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("icd10pcs", "title10", "ICD10PCS")]
    [InlineData("icd9", "title9", "ICD9PCS")]
    public void ProcedureCodes_OfEachVersion_HaveTitleAndCategory(string code, string title, string vocabulary)
    {
        var rows = Procedures.Rows.Where(row => row[code].Length > 0).ToArray();
        rows.Length.ShouldBeGreaterThanOrEqualTo(60);
        rows.Where(row => row[title].Length == 0).ShouldBeEmpty();
        rows.Select(row => row[code]).Except(Grouped(vocabulary)).ShouldBeEmpty();
    }

    [Fact]
    public void Categories_AsShipped_GiveEachCodeOneNamedCategory()
    {
        Categories.Rows.GroupBy(row => (row["vocabulary"], row["code"])).Where(group => group.Count() > 1).ShouldBeEmpty();
        Categories.Rows.Where(row => row["ccs_code"].Length == 0 || row["ccs_name"].Length == 0).ShouldBeEmpty();
        Categories.Rows.GroupBy(row => (row["vocabulary"].EndsWith("PCS", StringComparison.Ordinal), row["ccs_code"]))
            .Where(group => group.Select(row => row["ccs_name"]).Distinct(StringComparer.Ordinal).Count() > 1).ShouldBeEmpty();
    }

    [Fact]
    public void Effects_EachOne_MovesAKnownQuantityOnce()
    {
        var labs = ContentFile.Read("laboratory.tsv").Column("label").ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var row in Effects.Rows)
        {
            var what = $"{row["condition"]}: {row["target"]}";
            Names.ShouldContain(row["condition"], what);
            if (row["target_kind"] == "vital")
                Vitals.ShouldContain(row["target"], what);
            else
            {
                row["target_kind"].ShouldBe("lab", what);
                labs.ShouldContain(row["target"], what);
            }
            ContentFile.Number(row["shift"]).ShouldNotBe(0, what);
            ContentFile.Number(row["onset_hours"]).ShouldBeInRange(0, 72, what);
            ContentFile.Number(row["recovery_hours"]).ShouldBeInRange(6, 1000, what);
        }
        Effects.Rows.GroupBy(row => (row["condition"], row["target"])).Where(group => group.Count() > 1).ShouldBeEmpty();
    }

    [Fact]
    public void Treatments_EachOne_HasKnownWordsAndChancesWithinZeroAndOne()
    {
        foreach (var row in Treatments.Rows)
        {
            var what = $"{row["condition"]}: {row["target"]}";
            Names.ShouldContain(row["condition"], what);
            Kinds.ShouldContain(row["kind"], what);
            Relations.ShouldContain(row["relation"], what);
            ContentFile.Number(row["probability"]).ShouldBeInRange(0.01, 1, what);
            ContentFile.Number(row["severity_from"]).ShouldBeInRange(0, 1, what);
            ContentFile.Number(row["starts_after_hours"]).ShouldBeInRange(0, 240, what);
            ContentFile.Number(row["days"]).ShouldBeInRange(0, 30, what);
        }
        Treatments.Rows.GroupBy(row => (row["condition"], row["kind"], row["target"])).Where(group => group.Count() > 1).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("drug", "drugs.tsv", "drug")]
    [InlineData("procedure", "procedures.tsv", "title10")]
    [InlineData("imaging", "imaging.tsv", "exam_name")]
    [InlineData("micro", "microbiology.tsv", "test_name")]
    [InlineData("icu_item", "icu_items.tsv", "label")]
    public void Treatments_OfEachKind_NameWhatTheHospitalHas(string kind, string file, string column)
    {
        var known = ContentFile.Read(file).Rows.Where(row => kind != "icu_item" || row["linksto"] == "inputevents").Select(row => row[column]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = Treatments.Rows.Where(row => row["kind"] == kind).Select(row => row["target"]).ToHashSet(StringComparer.Ordinal);
        named.ShouldNotBeEmpty();
        named.Where(name => !known.Contains(name)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("drg.tsv", "conditions")]
    [InlineData("imaging.tsv", "conditions_findings")]
    public void OtherFiles_TheConditionsTheyName_Exist(string file, string column)
    {
        var named = ContentFile.Read(file).Column(column).SelectMany(cell => column == "conditions" ? ContentFile.List(cell) : cell.Split('|').Where(part => part.Contains('=')).Select(part => part.Split('=')[0].Trim()));
        named.Where(name => !Names.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Services_OfConditions_AreTheHospitals()
    {
        var services = ContentFile.Read("services.tsv").Column("service").ToHashSet(StringComparer.Ordinal);
        Conditions.Column("service").Where(service => !services.Contains(service)).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_EachOne_IsEnactedByARiskFactor()
    {
        // The truth that the hospital tells of itself holds only what its patients can show.
        var enacted = Conditions.Rows.SelectMany(row => ContentFile.List(row["risk_factors"]).Select(factor => (Cause: factor[..factor.LastIndexOf('*')], Result: row["name"]))).ToHashSet();
        Rules.Rows.Count.ShouldBeGreaterThanOrEqualTo(50);
        foreach (var row in Rules.Rows)
        {
            var told = enacted.Contains((row["source"], row["target"])) || (row["relation"] == "occurs_with" && enacted.Contains((row["target"], row["source"])));
            told.ShouldBeTrue($"{row["source"]} {row["relation"]} {row["target"]}");
        }
    }

    private static HashSet<string> Titled(string version) => [.. Diagnoses.Rows.Where(row => row["version"] == version && row["long_title"].Length > 0).Select(row => row["code"])];

    private static HashSet<string> Grouped(string vocabulary) => [.. Categories.Rows.Where(row => row["vocabulary"] == vocabulary).Select(row => row["code"])];
}
