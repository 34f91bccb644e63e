"""Scores EHR-Bench in the lm-evaluation-harness: set F1 for decisions, AUROC of P(yes) for risks.

The definitions are those of EHR-R1 for .NET. Answers are read strictly: what follows the last </think>, one item a line,
trimmed, lower-cased, compared as exact strings in a set.
"""

import math


def read_items(text):
    """The set of items that a text answers."""
    if "</think>" in text:
        text = text.rsplit("</think>", 1)[1]
    elif text.lstrip().startswith("<think>"):
        return set()
    lines = text.replace("\\n", "\n").splitlines()
    return {line.strip().lower() for line in lines if line.strip()}


def process_decision(doc, results):
    """Precision, recall and F1 of one generated answer."""
    truth = read_items("\n".join(doc["labels"]))
    answer = read_items(results[0])
    if not truth and not answer:
        return {"f1": 1.0, "precision": 1.0, "recall": 1.0}
    hits = len(truth & answer)
    return {
        "f1": 2.0 * hits / (len(truth) + len(answer)),
        "precision": hits / len(answer) if answer else 0.0,
        "recall": hits / len(truth) if truth else 0.0,
    }


def process_risk(doc, results):
    """P(yes) of one sample from the log-likelihoods of the two choices, yes first."""
    yes, no = (result[0] for result in results[:2])
    difference = max(-700.0, min(700.0, no - yes))
    probability = 1.0 / (1.0 + math.exp(difference))
    outcome = 1 if doc["target"] == 0 else 0
    return {
        "auroc": (outcome, probability),
        "auprc": (outcome, probability),
        "brier": (probability - outcome) ** 2,
    }


def auroc(items):
    """The probability that a yes is ranked above a no, a tie counting half."""
    rows = sorted(items, key=lambda item: item[1])
    positives = sum(outcome for outcome, _ in rows)
    negatives = len(rows) - positives
    if positives == 0 or negatives == 0:
        return float("nan")
    won, below, start = 0.0, 0, 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end][1] == rows[start][1]:
            end += 1
        yes = sum(outcome for outcome, _ in rows[start:end])
        no = end - start - yes
        won += yes * (below + 0.5 * no)
        below += no
        start = end
    return won / (positives * negatives)


def auprc(items):
    """Average precision over the distinct probabilities from the greatest down, without interpolation."""
    rows = sorted(items, key=lambda item: -item[1])
    positives = sum(outcome for outcome, _ in rows)
    if positives == 0:
        return float("nan")
    found, total, start = 0, 0.0, 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end][1] == rows[start][1]:
            end += 1
        yes = sum(outcome for outcome, _ in rows[start:end])
        found += yes
        total += yes * found / end
        start = end
    return total / positives
