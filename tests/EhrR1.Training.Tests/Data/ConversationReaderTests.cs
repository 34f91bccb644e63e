using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training.Tests;

public sealed class ConversationReaderTests
{
    [Fact]
    public void Read_JsonLines_GivesMessagesInOrder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("data"));
        File.WriteAllLines(folder.PathOf("data", "b.jsonl"), [Line(("user", "q2"), ("assistant", "<think>\nwhy\n</think>\n\nB"))]);
        File.WriteAllLines(folder.PathOf("data", "a.jsonl"), [Line(("system", "s"), ("user", "q \"1\"\n"), ("assistant", "<think>\n\n</think>\n\nA")), Line(("user", "x"), ("assistant", "y"))]);
        var read = ConversationReader.Read(folder.FullPath, TestContext.Current.CancellationToken).ToList();
        read.Select(c => c.Messages[^1].Text).ShouldBe(["<think>\n\n</think>\n\nA", "y", "<think>\nwhy\n</think>\n\nB"]);
        read.Select(c => c.IsReasoning).ShouldBe([false, false, true]);
        read[0].Messages.ShouldBe([new(PromptRole.System, "s"), new(PromptRole.User, "q \"1\"\n"), new(PromptRole.Assistant, "<think>\n\n</think>\n\nA")]);
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": "q"}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": "q"}, {"role": "robot", "content": "a"}]}""")]
    [InlineData("""{"messages": [{"role": "user", "content": null}, {"role": "assistant", "content": "a"}]}""")]
    [InlineData("""{"messages": null}""")]
    [InlineData("""{"prompt": "q"}""")]
    public void Read_NoConversation_NamesTheRow(string line)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.PathOf("a.jsonl"), [Line(("user", "x"), ("assistant", "y")), line]);
        Should.Throw<EhrR1Exception>(() => ConversationReader.Read(folder.FullPath).ToList()).Where.ShouldEndWith("a.jsonl, row 2");
    }

    [Fact]
    public void Read_NothingOrDamaged_IsAnError()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<EhrR1Exception>(() => ConversationReader.Read(folder.FullPath)).Message.ShouldContain("no instruction set");
        File.WriteAllText(folder.PathOf("a.parquet"), "PAR0");
        Should.Throw<EhrR1Exception>(() => ConversationReader.Read(folder.FullPath).ToList()).Message.ShouldContain("cannot be read");
    }

    private static string Line(params (string Role, string Content)[] messages) => JsonSerializer.Serialize(new { id = "i", messages = messages.Select(m => new { role = m.Role, content = m.Content }) });
}
