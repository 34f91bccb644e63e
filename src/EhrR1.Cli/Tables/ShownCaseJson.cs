using System.Text.Json.Nodes;
using EhrR1.Knowledge;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>A case with all that belongs to it, as JSON.</summary>
internal static class ShownCaseJson
{
    public static JsonObject Of(ShownCase shown)
    {
        var json = new JsonObject
        {
            ["id"] = shown.Id,
            ["sample_id"] = shown.Sample.Id,
            ["task"] = shown.Sample.Row.Task,
            ["subject_id"] = shown.Sample.Row.SubjectId,
            ["input"] = shown.Sample.Input,
            ["question"] = shown.Sample.Instruction,
            ["graph"] = shown.Graph is null ? null : JsonNode.Parse(GraphJson.ToLine(shown.Graph)),
            ["answer"] = Texts(shown.Sample.Labels),
        };
        if (shown.Chain is not { } chain)
            return json;
        json["teacher"] = shown.Teacher;
        json["chain"] = chain.Text;
        json["chains_of_sample"] = shown.Stored is null ? null : Texts(shown.Stored.Ids);
        foreach (var name in (ReadOnlySpan<string>)["apart", "filter", "passes", "best"])
        {
            if (shown.Stored?.Line[name] is { } value)
                json[name] = value.DeepClone();
        }

        json["evidence"] = new JsonArray([.. shown.Evidence.Select(e => EvidenceOf(shown, e))]);
        json["missing"] = Texts(shown.Faults.Where(f => f.Span.Length == 0).Select(f => f.What));
        json["measures"] = new JsonObject(shown.Measures.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value)));
        json["final_items"] = Texts(chain.FinalItems.Select(f => f.Text));
        return json;
    }

    private static JsonObject EvidenceOf(ShownCase shown, Evidence one)
    {
        var json = new JsonObject
        {
            ["start"] = one.Span.Start,
            ["length"] = one.Span.Length,
            ["text"] = shown.Chain!.TextOf(one.Span),
            ["status"] = MarkedChain.NameOf(one.Status).Replace(' ', '_'),
            ["note"] = one.Note.Length > 0 ? one.Note : null,
        };
        if (one.Where is { } where)
            json["input"] = new JsonObject { ["start"] = where.Start, ["length"] = where.Length, ["line"] = RecordExcerpt.LineAt(shown.Sample.Input, where) };
        return json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)JsonValue.Create(t))]);
}
