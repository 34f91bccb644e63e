using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>A chain of a folder with what became of it.</summary>
/// <param name="Line">Its line as it stands in the file.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Parsed">The chain as it was read.</param>
/// <param name="Filter">What the published filter says.</param>
/// <param name="Grounding">What the grounding check says; <see langword="null"/> where its sample is not in the workspace.</param>
/// <param name="HasGraph">Whether its sample has a thinking graph.</param>
internal sealed record ChainOutcome(JsonObject Line, ReasoningChain Chain, ParsedChain Parsed, FilterResult Filter, GroundingResult? Grounding, bool HasGraph)
{
    /// <summary>Whether it is none of the chains that are measured.</summary>
    public bool IsApart => Parsed.Faults != ChainFault.None || Chain.Finish == FinishReason.Filtered || Grounding is null || ChainTemplates.Find(Chain.Template) is null;

    /// <summary>Whether it passes the published filter and by each measure, whatever of it is false.</summary>
    public bool PassesMeasures(GroundingOptions options) => !IsApart && Filter.Passes && Grounding!.Measures.Pass(options.LeastMeasure);

    /// <summary>Whether it passes the published filter and the grounding check.</summary>
    public bool Passes(GroundingOptions options) => !IsApart && Filter.Passes && options.Pass(Grounding!);

    /// <summary>Why it is kept apart.</summary>
    public IEnumerable<string> ApartReasons
    {
        get
        {
            foreach (var fault in Enum.GetValues<ChainFault>())
            {
                if (fault != ChainFault.None && Parsed.Faults.HasFlag(fault))
                    yield return NameOf(fault.ToString());
            }

            if (Chain.Finish == FinishReason.Filtered)
                yield return "content_filter";
            if (Grounding is null)
                yield return "unknown_sample";
            if (ChainTemplates.Find(Chain.Template) is null)
                yield return "unknown_template";
        }
    }

    /// <summary>Why it does not pass the published filter, and what is only counted.</summary>
    public IEnumerable<string> FilterReasons
    {
        get
        {
            if (Filter.AnswerShare < FilterResult.LeastShare)
                yield return "answer_share";
            if (Filter.GroundTruth > 0)
                yield return "ground_truth";
            if (Filter.Missing.Count > 0)
                yield return "missing_section";
            if (Filter.Extra.Count > 0)
                yield return "extra_section";
            if (Filter.NearWordings > 0)
                yield return "near_wording_counted_only";
        }
    }

    /// <summary>The line with what was found beside it.</summary>
    /// <param name="options">What a chain must reach.</param>
    /// <param name="isBest">Whether it is the best chain of its sample.</param>
    public string ToLine(GroundingOptions options, bool isBest)
    {
        if (IsApart)
            Line["apart"] = new JsonArray([.. ApartReasons.Select(r => JsonValue.Create(r))]);
        Line["filter"] = new JsonObject
        {
            ["passes"] = Filter.Passes,
            ["answer_share"] = Filter.AnswerShare,
            ["ground_truth"] = Filter.GroundTruth,
            ["near_wordings"] = Filter.NearWordings,
            ["missing"] = new JsonArray([.. Filter.Missing.Select(m => JsonValue.Create(m))]),
            ["extra"] = new JsonArray([.. Filter.Extra.Select(e => JsonValue.Create(e))]),
        };
        if (Grounding is { } grounding)
        {
            Line["measures"] = new JsonObject(grounding.Measures.Named().Select(m => KeyValuePair.Create(m.Name, double.IsNaN(m.Value) ? null : (JsonNode?)JsonValue.Create(Math.Round(m.Value, 6)))));
            Line["score"] = Math.Round(grounding.Score, 6);
            Line["faults"] = new JsonArray([.. grounding.Faults.Select(f => new JsonObject { ["kind"] = NameOf(f.Kind.ToString()), ["start"] = f.Span.Start, ["length"] = f.Span.Length, ["what"] = f.What })]);
            Line["false_claims"] = grounding.FalseClaims;
            Line["passes"] = Passes(options);
            Line["best"] = isBest;
        }

        return Line.ToJsonString(ReasoningChainJson.Lines);
    }

    /// <summary>A name as files have it: "WrongValue" becomes "wrong_value".</summary>
    public static string NameOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
