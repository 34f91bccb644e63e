using System.Runtime.CompilerServices;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Checks chains against the sample's input, its thinking graph and a terminology: the measures of docs/ins.md, also for use as a reward.</summary>
/// <remarks>
/// A sample's input and a graph are indexed when they are first met and kept as long as they live, so give the chains of a sample
/// the same <see cref="Sample"/>. Deterministic; safe for any number of threads.
/// </remarks>
public sealed class GroundingCheck
{
    private readonly GroundingVocabulary? _vocabulary;
    private readonly TerminologyJoins? _terminology;
    private readonly GroundingOptions _options;
    private readonly ConditionalWeakTable<Sample, SampleIndex> _samples = [];
    private readonly ConditionalWeakTable<ThinkingGraph, GraphIndex> _graphs = [];

    /// <summary>Makes a check.</summary>
    /// <param name="vocabulary">What items and concepts of the workspace are called; without it an item of another patient is only found where it is plainly quoted.</param>
    /// <param name="terminology">Where relations are looked for that the graph lacks; it must outlive the check. <see langword="null"/> for none.</param>
    /// <param name="options">The settings, or <see langword="null"/> for the defaults.</param>
    public GroundingCheck(GroundingVocabulary? vocabulary = null, Terminology? terminology = null, GroundingOptions? options = null)
    {
        _vocabulary = vocabulary;
        _options = options ?? new GroundingOptions();
        _terminology = terminology is null ? null : new TerminologyJoins(terminology, _options.Paths);
    }

    /// <summary>Checks a chain.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="graph">The sample's graph, or <see langword="null"/> where it has none.</param>
    /// <param name="chain">The chain.</param>
    public GroundingResult Check(Sample sample, ThinkingGraph? graph, ParsedChain chain)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(chain);
        var index = _samples.GetValue(sample, static s => new SampleIndex(s));
        var joins = graph is null ? null : _graphs.GetValue(graph, static g => new GraphIndex(g));
        var faults = new FaultList(chain, _options.MostFaults);
        double sections = SectionsOf(sample, chain, faults);
        double extraction = new ExtractionCheck(index, joins, _vocabulary, chain, faults).Measure();
        double relations = new RelationCheck(index, joins, _vocabulary, _terminology, chain, faults).Measure();
        var (fidelity, recall, derivation) = new AnswerCheck(index, joins, chain, faults).Measure();
        double leakage = LeakageCheck.Measure(sample.Row.PredictionTime, chain, faults);
        var measures = new GroundingMeasures(sections, extraction, relations, derivation, fidelity, recall, leakage);
        return new GroundingResult
        {
            Measures = measures,
            Score = measures.Score(_options.Weights),
            Faults = faults.Faults,
            FaultCount = faults.Count,
            Claims = faults.Claims,
            Pairs = faults.Pairs,
            FalseClaims = faults.False,
        };
    }

    private static double SectionsOf(Sample sample, ParsedChain chain, FaultList faults)
    {
        var filter = PublishedFilter.Check(chain, sample.Labels);
        foreach (var missing in filter.Missing)
            faults.Add(GroundingFaultKind.MissingSection, default, missing);
        foreach (var extra in filter.Extra)
            faults.Add(GroundingFaultKind.ExtraSection, chain.Sections.Last(s => s.Name == extra).Heading, extra);
        int declared = chain.Template.Sections.Count;
        return (double)(declared - filter.Missing.Count) / (declared + filter.Extra.Count);
    }
}
