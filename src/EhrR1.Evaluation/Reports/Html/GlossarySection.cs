namespace EhrR1.Evaluation;

/// <summary>The words of the report.</summary>
internal static class GlossarySection
{
    private static readonly (string Word, string Meaning)[] _words =
    [
        ("AUROC", "Area under the ROC curve: the probability that of two patients the one to whom it happens is given the higher probability. 0.5 is chance, 1 is perfect; it does not depend on how frequent the outcome is."),
        ("AUPRC", "Area under the precision-recall curve. Chance is the prevalence, so compare it within a task only."),
        ("Baselines", "prior answers what is most frequent in training, whatever the chart says; copy-last repeats the items of the last event of the asked type; gbm is gradient-boosted trees on the counts of what stands in the input. They are fitted on training patients alone, cost nothing, and must be beaten."),
        ("Brier score", "Mean squared distance of the probability from what happened (0 or 1). Smaller is better."),
        ("Calibration error (ECE)", "Mean distance between the probability and the observed share, over ten bins. Smaller is better; few samples make it look larger."),
        ("Chart, sample, run", "A chart is a patient's events in order; a sample is a task's question at a prediction time, with its answer; a run is a model's answers to samples."),
        ("F1", "Of the answered items, how many are right (precision), and of the right ones, how many were answered (recall): the harmonic mean of the two, for each sample, then averaged."),
        ("Interval", "95 % bootstrap interval: patients, not samples, are drawn with replacement, because a patient's samples resemble each other."),
        ("Macro mean", "Mean over tasks; each weighs the same however many samples it has."),
        ("Net benefit", "True positives a sample less false positives at the odds of the threshold from which one acts: what a decision by the model is worth."),
        ("Prevalence", "The share of yes. Benchmarks draw yes and no in equal numbers; in the hospital most outcomes are rare."),
        ("Profile", "ehr-bench: the published definitions with their corrections; strict: nothing is read before it was known."),
        ("Rung", "The way in which an endpoint gave P(yes): from token probabilities, best first, down to drawing answers and counting them."),
        ("Strict reading", "One item a line, compared as exact strings, as the published scorer reads answers: a bullet in front of an item makes it wrong."),
        ("Unanswered", "The model gave nothing that can be read as an answer. It counts as wrong; in risk tasks as a probability of one half."),
    ];

    public static void Write(HtmlText html)
    {
        ReportPage.Section(html, "glossary", "Glossary", "The words of this page.").Open("dl", "class", "glossary");
        foreach (var (word, meaning) in _words)
            html.Element("dt", word).Element("dd", meaning);
        html.Close().Close();
    }
}
