using CsCheck;
using EhrR1.Charts;
using EhrR1.Reasoning;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Training.Tests;

public sealed class RewardFunctionTests
{
    private static readonly RewardFunction _published = new();

    [Theory]
    [InlineData("right and well formed", "Spironolactone\nDigoxin", 1, 1)]
    [InlineData("half", "Digoxin", 2.0 / 3, 1)]
    [InlineData("repeated", "Digoxin\nDigoxin", 2.0 / 3, -1)]
    [InlineData("wrong", "Aspirin", 0, 1)]
    [InlineData("empty", "", 0, 1)]
    [InlineData("bullets, which the strict reading does not take off", "- Spironolactone\n- Digoxin", 0, 1)]
    public void Score_Decision_IsF1AndFormat(string way, string answer, double accuracy, double format)
    {
        var score = _published.Score(Rewarded.Decision(Rewarded.Completion(answer: answer)));
        score.Terms.Accuracy.ShouldBe(accuracy, 1e-12, way);
        score.Terms.Format.ShouldBe(format, way);
        score.Total.ShouldBe(accuracy + format, 1e-12, way);
        score.Terms.Named().Select(t => t.Name).ShouldBe(["accuracy", "format"]);
    }

    [Fact]
    public void Score_CutOffWithinTheThinking_HasNoAnswer()
    {
        var score = _published.Score(Rewarded.Decision("<think>\n" + Rewarded.Chain));
        (score.Terms.Accuracy, score.Terms.Format).ShouldBe((0, -1));
    }

    [Fact]
    public void Score_TwoThinkings_ReadsWhatFollowsTheLast()
    {
        var score = _published.Score(Rewarded.Decision("<think>a</think>Aspirin<think>b</think>Digoxin\nSpironolactone"));
        (score.Terms.Accuracy, score.Terms.Format).ShouldBe((1, -1));
    }

    [Fact]
    public void Score_UnicodeLabels_AreComparedAsEvaluationCompares()
    {
        var score = _published.Score(Rewarded.Decision(Rewarded.Completion(answer: "ÜBELKEIT 🙂"), "Übelkeit 🙂"));
        score.Terms.Accuracy.ShouldBe(1);
    }

    [Fact]
    public void Score_EmptyLabel_IsMetByAnEmptyAnswerAlone()
    {
        var request = Rewarded.Decision(Rewarded.Completion(answer: "")) with { Labels = [] };
        _published.Score(request).Terms.Accuracy.ShouldBe(1);
        _published.Score(request with { Completion = Rewarded.Completion() }).Terms.Accuracy.ShouldBe(0);
    }

    [Fact]
    public void Score_AnyDecision_IsWhatEvaluationReads()
    {
        var vocabulary = new AnswerVocabulary();
        foreach (var labels in new string[][] { Rewarded.Labels, ["Digoxin"], ["Sodium, Whole Blood"], ["Sodium, Whole Blood"] })
            vocabulary.Add(AnswerReader.NormalizeLabels(labels));
        var tolerant = new RewardFunction(new RewardOptions { Reading = RewardReading.Tolerant }, vocabulary: _ => vocabulary);
        var own = AnswerReader.NormalizeLabels(Rewarded.Labels);
        Rewarded.Completions.Sample(completion =>
        {
            var request = Rewarded.Decision(completion);
            _published.Score(request).Terms.Accuracy.ShouldBe(SetScore.Of(AnswerReader.ReadItems(completion), own).F1);
            tolerant.Score(request).Terms.Accuracy.ShouldBe(SetScore.Of(TolerantReader.Read(completion, vocabulary, own).Items, own).F1);
        });
    }

    [Theory]
    [InlineData("<think>\n\n</think>\n\nyes", true, 1, 1)]
    [InlineData("<think>\n\n</think>\n\nno", true, 0, 1)]
    [InlineData("<think>\n\n</think>\n\nno", false, 1, 1)]
    [InlineData("<think>\n\n</think>\n\nYes, likely.", true, 1, -1)]
    [InlineData("yes", true, 1, -1)]
    [InlineData("<think>\n\n</think>\n\nmaybe", true, 0, -1)]
    [InlineData("", false, 0, -1)]
    public void Score_Risk_IsTheWordAndTheFormat(string completion, bool happened, double accuracy, double format)
    {
        var score = _published.Score(Rewarded.Risk(completion, happened));
        (score.Terms.Accuracy, score.Terms.Format, score.Total).ShouldBe((accuracy, format, accuracy + format));
    }

    [Fact]
    public void Score_CalibrationWeighted_StandsInThePlaceOfTheWord()
    {
        var function = new RewardFunction(new RewardOptions { Weights = new RewardWeights { Calibration = 2 } });
        var score = function.Score(Rewarded.Risk("<think>\n\n</think>\n\nyes", happened: false, pYes: 0.6));
        score.Terms.Calibration.ShouldBe(0.64, 1e-12);
        score.Total.ShouldBe((2 * 0.64) + 1, 1e-12);
        var both = new RewardFunction(new RewardOptions { Weights = new RewardWeights { Calibration = 2, RiskAccuracy = 3 } });
        both.Score(Rewarded.Risk("<think>\n\n</think>\n\nyes", happened: true, pYes: 0.6)).Total.ShouldBe((2 * 0.84) + 3 + 1, 1e-12);
    }

    [Theory]
    [InlineData("<think>\n\n</think>\n\nyes", 1)]
    [InlineData("<think>\n\n</think>\n\nno", 0)]
    [InlineData("<think>\n\n</think>\n\nperhaps", 0.75)]
    [InlineData("<think>\n## Evidence for\na\n## Evidence against\nb\n## Probability\n0.8\n</think>\n\nyes", 0.96)]
    public void Score_CalibrationWithoutProbability_TakesWhatTheTextSays(string completion, double expected) =>
        new RewardFunction(new RewardOptions { RiskTemplate = "two-sided" }).Score(Rewarded.Risk(completion)).Terms.Calibration.ShouldBe(expected, 1e-12);

    [Fact]
    public void Score_Grounding_IsTheGroundingCheckOfTheThinking()
    {
        var function = Rewarded.Grounded();
        var context = Rewarded.Context();
        var score = function.Score(Rewarded.Decision(Rewarded.Completion()) with { Context = context });
        score.Terms.Grounding.ShouldBe(1);
        score.Total.ShouldBe(2.5);
        var false_ = Rewarded.Chain.Replace("117.0", "99.0", StringComparison.Ordinal);
        var worse = function.Score(Rewarded.Decision(Rewarded.Completion(false_)) with { Context = context });
        var expected = new GroundingCheck().Check(context.Sample, context.Graph, ChainParser.Parse(false_, ChainTemplates.Get("with-knowledge")));
        expected.Measures.ExtractionFidelity.ShouldBeLessThan(1);
        worse.Terms.Measures.ShouldBe(expected.Measures);
        worse.Terms.Grounding.ShouldBe(expected.Score);
    }

    [Theory]
    [InlineData("Spironolactone")]
    [InlineData("<think>\n\n</think>\n\nSpironolactone")]
    [InlineData("<think>\n## Extraction")]
    public void Score_GroundingWithoutChain_IsZero(string completion)
    {
        var score = Rewarded.Grounded().Score(Rewarded.Decision(completion) with { Context = Rewarded.Context() });
        score.Terms.Grounding.ShouldBe(0);
        score.Terms.Measures.ShouldBeNull();
    }

    [Fact]
    public void Score_GroundingWithoutSample_NamesTheSample() =>
        Should.Throw<EhrR1Exception>(() => Rewarded.Grounded().Score(Rewarded.Decision("x"))).Message.ShouldContain("prescriptions-1-a");

    [Fact]
    public void Score_PromptThatOpensThinking_BeginsWithinIt()
    {
        var function = new RewardFunction(new RewardOptions { PromptOpensThinking = true });
        function.Score(Rewarded.Decision(Rewarded.Completion()[8..])).Total.ShouldBe(2);
        function.Score(Rewarded.Decision(Rewarded.Completion())).Total.ShouldBe(2);
        function.Score(Rewarded.Decision("Spironolactone\nDigoxin")).Total.ShouldBe(-1, "it never ended its thinking");
    }

    [Fact]
    public void Score_FromManyThreads_IsTheSame()
    {
        var function = Rewarded.Grounded();
        var context = Rewarded.Context();
        var requests = Enumerable.Range(0, 64).Select(i => Rewarded.Decision(Rewarded.Completion(answer: i % 2 == 0 ? "Digoxin" : "Aspirin\nDigoxin")) with { Context = context }).ToArray();
        var expected = requests.Select(function.Score).ToArray();
        var scores = new RewardScore[requests.Length];
        Parallel.For(0, scores.Length, i => scores[i] = function.Score(requests[i]));
        scores.ShouldBe(expected);
    }

    [Fact]
    public void Score_WrongRequests_AreTheUsersErrors()
    {
        Should.Throw<EhrR1Exception>(() => _published.Score(Rewarded.Risk("yes") with { Labels = ["maybe"] }));
        Should.Throw<EhrR1Exception>(() => _published.Score(Rewarded.Risk("yes", pYes: 1.5)));
        Should.Throw<EhrR1Exception>(() => _published.Score(Rewarded.Decision("x") with { Task = TaskCatalog.Get("discharge") }));
        Should.Throw<EhrR1Exception>(() => new RewardFunction(new RewardOptions { Weights = new RewardWeights { Format = -1 } }));
        Should.Throw<EhrR1Exception>(() => new RewardFunction(new RewardOptions { Weights = new RewardWeights { Format = 0, Accuracy = 0 } }));
        Should.Throw<EhrR1Exception>(() => new RewardFunction(new RewardOptions { LogFloor = 0 }));
    }
}
