using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Reasoning.Tests.Narration;
using EhrR1.TestKit;
using Shouldly;
using Xunit;

namespace EhrR1.Reasoning.Tests.Templates;

public sealed class TeacherTemplateTests
{
    private static readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. TeacherTemplate.All.Select(t => t.Id)];

    [Theory, MemberData(nameof(Names))]
    public void Render_EachTemplate_IsAsReviewed(string name)
    {
        var (sample, graph) = WardCases.All().First(c => c.Sample.Task.Name == "prescriptions");
        if (name.StartsWith("two-sided", StringComparison.Ordinal))
            (sample, graph) = (Ward.Sample("Inpatient_Mortality", "yes"), null!);
        sample = sample with { Input = "## Patient Demographics [None]\n- Anchor_Age: 60\n- Gender: F" };
        var prompt = TeacherTemplate.Get(name).Render(sample, graph);
        prompt.Messages.Select(m => m.Role).ShouldBe([PromptRole.System, PromptRole.User]);
        Snapshot.ShouldMatch($"[system]\n{prompt.Messages[0].Text}\n\n[user]\n{prompt.Messages[1].Text}\n", $"{name}.expected.txt");
    }

    [Theory, MemberData(nameof(Names))]
    public void Sections_OfEachTemplate_StandInItsSystemMessage(string name)
    {
        var template = TeacherTemplate.Get(name);
        foreach (var section in template.Sections)
            template.SystemText.ShouldContain(section);
        template.Sections.ShouldBe(ChainTemplates.Get(name).Sections.Select(s => s.Title), "Chains are read by the same titles.");
        template.Hash.ShouldMatch("^[0-9a-f]{64}$");
        template.SystemText.ShouldNotContain("ground truth", Case.Insensitive);
    }

    [Fact]
    public void All_Hashes_Differ() => TeacherTemplate.All.Select(t => t.Hash).ShouldBeUnique();

    [Fact]
    public void Get_NameWithoutVersion_IsTheNewest()
    {
        TeacherTemplate.Get("with-knowledge").Id.ShouldBe("with-knowledge@1");
        TeacherTemplate.Get("with-knowledge@1").ShouldBeSameAs(TeacherTemplate.Get("with-knowledge"));
        Should.Throw<EhrR1Exception>(() => TeacherTemplate.Get("with-knowledge@0"));
        Should.Throw<EhrR1Exception>(() => TeacherTemplate.Get("none")).Message.ShouldContain("none");
    }

    [Fact]
    public void Render_TwoSided_DoesNotShowTheAnswer()
    {
        var yes = Ward.Sample("Inpatient_Mortality", "yes");
        TeacherTemplate.Get("two-sided").Render(yes, null).Messages.ShouldBe(TeacherTemplate.Get("two-sided").Render(Ward.Sample("Inpatient_Mortality", "no"), null).Messages);
        TeacherTemplate.Get("two-sided").ShowsAnswer.ShouldBeFalse();
    }

    [Fact]
    public void Render_PlacesInThePatientsText_StayText()
    {
        var sample = Ward.Sample("emar", "CT {question}") with { Input = "## Pyxis [None]\n- Name: {answer} {context}" };
        var text = TeacherTemplate.Get("without-knowledge").Render(sample, null).Messages[1].Text;
        text.ShouldStartWith("## Pyxis [None]\n- Name: {answer} {context}\n");
        text.ShouldEndWith("\nCT {question}");
    }

    [Fact]
    public void Render_KnowledgeWithoutAGraph_IsRefused()
    {
        Should.Throw<EhrR1Exception>(() => TeacherTemplate.Get("with-knowledge").Render(Ward.Sample("emar", "A"), null));
        var cases = WardCases.All().Take(2).ToList();
        Should.Throw<ArgumentException>(() => TeacherTemplate.Get("with-knowledge").Render(cases[0].Sample, cases[1].Graph));
    }

    [Fact]
    public async Task RenderAsync_WithinTheLimit_IsTheWholePrompt()
    {
        var (sample, graph) = WardCases.All().First();
        var template = TeacherTemplate.Get("with-knowledge");
        (await template.RenderAsync(sample, graph, new PromptBudget(new EstimatedTokenCounter()), 100_000, _cancel)).Messages.ShouldBe(template.Render(sample, graph).Messages);
    }

    [Fact]
    public async Task RenderAsync_BeyondTheLimit_CutsTheInputFromTheLeft()
    {
        var (sample, graph) = WardCases.All().First();
        var template = TeacherTemplate.Get("with-knowledge");
        var whole = template.Render(sample, graph).Messages[1].Text;
        int limit = EstimatedTokenCounter.Count(template.SystemText) + EstimatedTokenCounter.Count(whole) - 300;
        var cut = (await template.RenderAsync(sample, graph, new PromptBudget(new EstimatedTokenCounter()), limit, _cancel)).Messages;
        cut[0].Text.ShouldBe(template.SystemText);
        whole.ShouldEndWith(cut[1].Text);
        cut[1].Text.Length.ShouldBeInRange(whole.Length - 2000, whole.Length - 300);
        EstimatedTokenCounter.Count(cut[0].Text).ShouldBeLessThanOrEqualTo(limit - EstimatedTokenCounter.Count(cut[1].Text));
        await Should.ThrowAsync<EhrR1Exception>(async () => await template.RenderAsync(sample, graph, new PromptBudget(new EstimatedTokenCounter()), 500, _cancel));
    }
}
