using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Evaluation;

namespace EhrR1.Cli;

/// <summary>Prints what a run would ask.</summary>
internal static class EvaluationDryRun
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Print(CommandRun run, EvaluationPlan plan, bool asJson)
    {
        if (asJson)
        {
            run.WriteJson(JsonSerializer.SerializeToNode(plan, _json)!);
            return;
        }

        run.Out.WriteLine(Invariant($"Requests:    {plan.Samples:#,0} ({plan.Samples - plan.Risks:#,0} decisions, {plan.Risks:#,0} risk predictions)"));
        run.Out.WriteLine(Invariant($"Prompts:     about {plan.PromptTokens:#,0} tokens, counted by {plan.Counter}; profile {plan.Profile}, context {plan.Context:#,0}"));
        run.Out.WriteLine(Invariant($"Answers:     at most {plan.NewTokensAtMost:#,0} tokens"));
        run.Out.WriteLine(Invariant($"Cut:         about {plan.Cut:#,0} inputs are longer than the context and lose their beginning"));
        if (plan.ShortOfShots > 0)
            run.Out.WriteLine(Invariant($"Examples:    about {plan.ShortOfShots:#,0} prompts have no room for all of them, or their task's pool has fewer"));
        run.Out.WriteLine(plan.CostAtMost is { } cost ? Invariant($"Cost:        at most {cost:0.00##} {plan.Currency}{(plan.Risks > 0 ? ", more where P(yes) takes several requests" : "")}") : "Cost:        none, as no --prices are given");
        run.Out.WriteLine();
        run.Out.WriteLine($"The first prompt, of sample {plan.ExampleId}:");
        foreach (var message in plan.Example.Prompt.Messages)
        {
            run.Out.WriteLine($"--- {message.Role.ToString().ToLowerInvariant()} ---");
            run.Out.WriteLine(message.Text);
        }

        run.Out.WriteLine("---");
        if (plan.Example.Prompt.TemplateArguments is { } arguments)
            run.Out.WriteLine($"Arguments of the chat template: {arguments.ToJsonString()}");
        run.Out.WriteLine("Nothing was asked.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
