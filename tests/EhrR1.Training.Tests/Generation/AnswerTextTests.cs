using System.Text;
using EhrR1.Models;

namespace EhrR1.Training.Tests;

public sealed class AnswerTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ByteLevelTokenizer _tokenizer;

    public AnswerTextTests()
    {
        Vocabulary.Write(_folder.FullPath);
        _tokenizer = ByteLevelTokenizer.Load(_folder.FullPath);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("naïve 中🩺 x")]
    [InlineData("")]
    [InlineData("END")]
    public void Add_TokenByToken_GivesTheWholeText(string text)
    {
        var answer = new AnswerText(_tokenizer, ["ENDING", "zz"]);
        var told = new StringBuilder();
        foreach (var token in _tokenizer.Encode(text))
        {
            var certain = answer.Add(token);
            certain.ShouldNotContain('\uFFFD');
            told.Append(certain);
        }

        told.Append(answer.End());
        told.ToString().ShouldBe(text);
        answer.Text.ShouldBe(text);
        answer.IsStopped.ShouldBeFalse();
    }

    [Theory]
    [InlineData("one END two", "one ")]
    [InlineData("ENEND", "EN")]
    [InlineData("ÄEND", "Ä")]
    public void Add_OfAStopText_CutsItOff(string text, string expected)
    {
        var answer = new AnswerText(_tokenizer, ["END", "never"]);
        var told = string.Concat(_tokenizer.Encode(text).Select(answer.Add));
        answer.IsStopped.ShouldBeTrue();
        told.ShouldBe(expected);
        answer.Text.ShouldBe(expected);
    }

    [Fact]
    public void End_InTheMiddleOfACharacter_WritesTheReplacement()
    {
        var answer = new AnswerText(_tokenizer, []);
        var ids = _tokenizer.Encode("é");
        ids.Length.ShouldBe(2);
        answer.Add(ids[0]).ShouldBe("");
        answer.End().ShouldBe("\uFFFD");
    }
}
