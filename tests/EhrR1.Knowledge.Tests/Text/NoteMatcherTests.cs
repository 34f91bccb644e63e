using CsCheck;

namespace EhrR1.Knowledge.Tests;

public sealed class NoteMatcherTests(ClinicalTerminology clinical) : IClassFixture<ClinicalTerminology>
{
    private static readonly Gen<string> _text = Gen.Select(
        Gen.OneOf("heart", "failure", "of", "the", "chest", "pain", "Pains", "congestive", "renal", "prerenal", "type", "2", "diabetes", "mellitus", "fevers", "e.", "coli", "crohn's", "disease", "and", "left", "right", "ventricular", "hepatitis", "B", "C", "x"),
        Gen.OneOf(" ", " ", " ", " ", " ", "\n", ", ", ". ", "-", "/", " (", ") ", "    ", "\n\n", "\n- ", " ___ ", ": "),
        (word, gap) => word + gap).Array[0, 40].Select(string.Concat);

    [Fact]
    public void Find_RandomTexts_EqualsThePlainDefinition() =>
        Gen.Select(_text, Gen.Enum<OverlapCriterion>(), Gen.Bool).Sample((text, overlap, best) =>
        {
            var matcher = new NoteMatcher(clinical.Store, new NoteMatcherOptions { Overlap = overlap, BestMatch = best });
            var found = matcher.Find(text).Select(m => (m.Start, m.Length, clinical.Store.Name(m.Concept))).Order().ToList();
            found.ShouldBe(PlainNoteMatcher.Find(clinical.Store, text, overlap, best), text);
        }, iter: 400);

    [Fact]
    public void Find_WhateverIsRemembered_GivesTheSame() =>
        _text.Array[1, 20].Sample(texts =>
        {
            var forgets = new NoteMatcher(clinical.Store, new NoteMatcherOptions { Remembered = 5 });
            var remembers = new NoteMatcher(clinical.Store);
            foreach (var text in texts)
                forgets.Find(text).ShouldBe(remembers.Find(text));
        }, iter: 30);

    [Fact]
    public void Find_FromManyThreads_GivesWhatOneGives()
    {
        var texts = Enumerable.Range(0, 60).Select(i => string.Join(' ', Enumerable.Range(0, 30).Select(j => ClinicalTerminology.Names[(i * 7 + j * j) % ClinicalTerminology.Names.Length]))).ToList();
        var alone = texts.ConvertAll(new NoteMatcher(clinical.Store).Find);
        var shared = new NoteMatcher(clinical.Store, new NoteMatcherOptions { Remembered = 40 });
        Parallel.For(0, texts.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => shared.Find(texts[i]).ShouldBe(alone[i]));
    }

    [Theory]
    [InlineData("congestive heart failure", "congestive heart failure")] // the longest of the exact ones
    [InlineData("failure of the heart", "failure of the heart")] // the article is left out
    [InlineData("chest\npain", "chest pain")] // a wrapped line
    [InlineData("chest\n\npain", "pain")] // a paragraph
    [InlineData("chest\n- pain", "pain")] // an item
    [InlineData("chest\nPain", "Pain")] // short lines that start with a capital are items
    [InlineData("chest ___ pain", "pain")]
    [InlineData("chest. Pain", "Pain")]
    [InlineData("chest, pain", "pain")]
    [InlineData("chest-pain", "pain")] // 5 of 11 trigrams are too few
    [InlineData("in pain of", "pain")] // no stop word at an end
    [InlineData("Pneumonias", "Pneumonias")]
    [InlineData("grew E. coli today", "E. coli")] // the full stop of one letter ends no sentence
    [InlineData("has Crohn’s disease", "Crohn’s disease")]
    public void Find_Text_MatchesPlace(string text, string places)
    {
        var found = clinical.Mentions(text).Select(m => m[..m.LastIndexOf(' ')]);
        string.Join('|', found).ShouldBe(places);
    }

    [Theory]
    [InlineData("hepatitis C")] // B is another one
    [InlineData("type 1 diabetes mellitus", "Diabetes")]
    [InlineData("right ventricular failure")]
    [InlineData("unstable angina")]
    [InlineData("stable anginas", "Stable angina")]
    public void Find_SimilarNameWithAnotherNumberOrSide_IsNone(string text, params string[] concepts) => clinical.Concepts(text).ShouldBe(concepts);

    [Theory]
    [InlineData("type ii diabetes", "type 2 diabetes", true)]
    [InlineData("type iii diabetes", "type 2 diabetes", false)]
    [InlineData("intracranial bleed", "extracranial bleed", false)]
    [InlineData("prerenal failure", "renal failure", false)]
    [InlineData("renal failures", "renal failure", true)]
    [InlineData("crohn's disease", "crohn s disease", true)]
    [InlineData("stage 3 disease", "disease", false)]
    [InlineData("anemia", "nemia", false)]
    public void Agree_TwoNames_SeesNumbersLettersAndOpposites(string one, string other, bool agree)
    {
        var distinctions = new NameDistinctions(NoteRules.BuiltIn);
        distinctions.Agree(one, other).ShouldBe(agree);
        distinctions.Agree(other, one).ShouldBe(agree);
    }

    [Fact]
    public void Find_WithoutDistinctions_IsAsQuickUmls() =>
        clinical.Concepts("hepatitis C", new NoteMatcherOptions { KeepDistinctions = false }).ShouldBe(["Hepatitis B"]);

    [Fact]
    public void Find_NotBestMatch_GivesAllWindowsAndNames()
    {
        var options = new NoteMatcherOptions { BestMatch = false, KeepDistinctions = false };
        clinical.Concepts("renal failure", options).ShouldBe(["Renal failure", "Prerenal failure"]);
        clinical.Concepts("congestive heart failure", options).ShouldBe(["Congestive heart failure", "Heart failure"]);
        clinical.Concepts("renal failure").ShouldBe(["Renal failure"]);
    }

    [Fact]
    public void Find_Length_PrefersTheLongerPlace()
    {
        // "diabetes" is exact, and 19 of 26 trigrams are shared with the longer name.
        clinical.Concepts("type II diabetes mellitus").ShouldBe(["Diabetes"]);
        clinical.Concepts("type II diabetes mellitus", new NoteMatcherOptions { Overlap = OverlapCriterion.Length }).ShouldBe(["Type 2 diabetes mellitus"]);
    }

    [Fact]
    public void Find_NameOfSeveralConcepts_IsAMentionOfEachInOrder()
    {
        using var built = new BuiltTerminology(new SaidSource(SaidSource.Concept("X:2", "cold"), SaidSource.Concept("X:1", "Cold"), SaidSource.Concept("X:3", "fever")));
        var mentions = new NoteMatcher(built.Store).Find("A cold with fever");
        mentions.Select(m => (built.Store.Id(m.Concept), m.Start, m.Length, m.Similarity)).ShouldBe([("X:1", 2, 4, 1), ("X:2", 2, 4, 1), ("X:3", 12, 5, 1)]);
    }

    [Fact]
    public void Find_SemanticTypes_LeavesOutOthers()
    {
        using var built = new BuiltTerminology(new SaidSource(
            SaidSource.Concept("X:1", "cold"), intake => intake.SemanticType("X:1"u8, "Disease"u8), SaidSource.Concept("X:2", "cold"), intake => intake.SemanticType("X:2"u8, "Sensation"u8), SaidSource.Concept("X:3", "fever")));
        var mentions = new NoteMatcher(built.Store, new NoteMatcherOptions { SemanticTypes = ["disease"] }).Find("cold and fever");
        mentions.Select(m => built.Store.Id(m.Concept)).ShouldBe(["X:1"]);
    }

    [Theory]
    [InlineData(3, "Heart failure")]
    [InlineData(1)]
    public void Find_MostWords_BoundsTheWindow(int words, params string[] concepts) =>
        clinical.Concepts("heart failure", new NoteMatcherOptions { MostWords = words }).ShouldBe(concepts);

    [Fact]
    public void Find_LeastLength_LeavesOutShorterPlaces()
    {
        using var built = new BuiltTerminology(new SaidSource(SaidSource.Concept("X:1", "MI"), SaidSource.Concept("X:2", "x"), SaidSource.Concept("X:3", "12")));
        new NoteMatcher(built.Store).Find("MI x 12").ShouldBeEmpty();
        new NoteMatcher(built.Store, new NoteMatcherOptions { LeastLength = 1 }).Find("MI x 12").Count.ShouldBe(2); // a number alone is none
    }

    [Fact]
    public void Find_EmptyTextOrTerminology_FindsNothing()
    {
        new NoteMatcher(clinical.Store).Find("").ShouldBeEmpty();
        new NoteMatcher(clinical.Store).Find(" \n \n").ShouldBeEmpty();
        using var built = new BuiltTerminology(new SaidSource(SaidSource.Concept("X:1", "y")));
        new NoteMatcher(built.Store).Find("fever").ShouldBeEmpty();
    }

    [Fact]
    public void Find_LongTexts_TakeNoTimeBeyondTheirLength()
    {
        var matcher = new NoteMatcher(clinical.Store);
        matcher.Find(new string('x', 100_000)).ShouldBeEmpty();
        matcher.Find(string.Concat(Enumerable.Repeat("no-fever-", 11_000))).Count.ShouldBe(11_000);
        matcher.Find(string.Concat(Enumerable.Repeat("no fever ", 11_000))).ShouldAllBe(m => m.IsNegated);
        matcher.Find(new string(' ', 100_000) + "fever").Count.ShouldBe(1);
        matcher.Find(new string('?', 100_000)).ShouldBeEmpty();
    }

    [Fact]
    public void Find_LongName_IsFound()
    {
        var name = string.Concat(Enumerable.Range(0, 2500).Select(i => $"{i:x4}"));
        using var built = new BuiltTerminology(new SaidSource(SaidSource.Concept("X:1", name), SaidSource.Concept("X:2", "y")));
        var mention = new NoteMatcher(built.Store).Find($"of {name.ToUpperInvariant()} and").ShouldHaveSingleItem();
        (mention.Start, mention.Length).ShouldBe((3, 10_000));
    }

    [Fact]
    public void NoteMatcher_OptionsThatMeanNothing_AreErrors()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new NoteMatcher(clinical.Store, new NoteMatcherOptions { MostWords = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new NoteMatcher(clinical.Store, new NoteMatcherOptions { LeastLength = 0 }));
    }
}
