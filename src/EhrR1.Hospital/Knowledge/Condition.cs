namespace EhrR1.Hospital;

/// <summary>A disease: whom it befalls, how it shows, what it does to the body and what is done about it.</summary>
internal sealed record Condition
{
    public required string Name { get; init; }
    public required IReadOnlyList<string> Icd10 { get; init; }
    public required IReadOnlyList<string> Icd9 { get; init; }
    public required bool IsChronic { get; init; }
    public required double Prevalence { get; init; }
    public required double AgeMean { get; init; }
    public required double AgeSlope { get; init; }
    public required double SexRatio { get; init; }
    public required IReadOnlyList<(string Name, double Factor)> RiskFactors { get; init; }
    public required double SeverityMean { get; init; }
    public required double MortalityWeight { get; init; }
    public required double IcuWeight { get; init; }
    public required double LosDaysMean { get; init; }
    public required double ReadmissionWeight { get; init; }
    public required double EdWeight { get; init; }
    public required string Service { get; init; }
    public required IReadOnlyList<string> ChiefComplaints { get; init; }
    public required IReadOnlyList<string> Symptoms { get; init; }
    public required IReadOnlyList<string> ExamFindings { get; init; }
    public required IReadOnlyList<string> History { get; init; }

    /// <summary>The condition's weights against those of the other conditions of its kind, in standard deviations.</summary>
    public ConditionScores Scores { get; init; } = new(0, 0, 0, 0, 0);

    public bool IsSurgical => Service is not ("MED" or "CMED" or "NMED" or "OMED" or "PSYCH" or "");

    public static IReadOnlyList<Condition> ReadAll()
    {
        var all = ContentTable.Read("conditions.tsv").Rows.Select(r => new Condition
        {
            Name = r["name"],
            Icd10 = r.List("icd10"),
            Icd9 = r.List("icd9"),
            IsChronic = r["kind"] == "chronic",
            Prevalence = r.Number("prevalence"),
            AgeMean = r.Number("age_mean", 60),
            AgeSlope = r.Number("age_slope"),
            SexRatio = r.Number("sex_ratio", 1),
            RiskFactors = r.Factors("risk_factors"),
            SeverityMean = r.Number("severity_mean"),
            MortalityWeight = r.Number("mortality_weight"),
            IcuWeight = r.Number("icu_weight"),
            LosDaysMean = r.Number("los_days_mean", 4),
            ReadmissionWeight = r.Number("readmission_weight"),
            EdWeight = r.Number("ed_weight", 1),
            Service = r["service"],
            ChiefComplaints = r.List("chief_complaints"),
            Symptoms = r.List("symptoms"),
            ExamFindings = r.List("exam_findings"),
            History = r.List("hpi"),
        }).ToArray();
        var scored = new List<Condition>();
        foreach (var kind in all.GroupBy(c => c.IsChronic))
        {
            var severity = Standard(kind, c => c.SeverityMean);
            var mortality = Standard(kind, c => c.MortalityWeight);
            var icu = Standard(kind, c => c.IcuWeight);
            var los = Standard(kind, c => Math.Log(Math.Max(0.5, c.LosDaysMean)));
            var readmission = Standard(kind, c => c.ReadmissionWeight);
            scored.AddRange(kind.Select(c => c with { Scores = new(severity(c), mortality(c), icu(c), los(c), readmission(c)) }));
        }
        return scored;
    }

    private static Func<Condition, double> Standard(IEnumerable<Condition> kind, Func<Condition, double> value)
    {
        var values = kind.Select(value).ToArray();
        var mean = values.Average();
        var sd = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return c => sd < 1e-9 ? 0 : Math.Clamp((value(c) - mean) / sd, -2, 2);
    }
}
