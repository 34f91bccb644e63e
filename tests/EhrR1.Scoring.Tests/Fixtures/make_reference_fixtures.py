"""Writes reference.json beside this file. Run once, with Debian 12's python3-sklearn 1.2.1 and python3-scipy 1.10.1:

    /usr/bin/python3 make_reference_fixtures.py

What sklearn.json leaves open: figures at a natural prevalence (as sample weights), the Mann-Whitney statistic, net benefit
out of confusion matrices, calibration error out of binned statistics, set F1 as the samples' average of multi-label
indicators, quantiles of type 7.
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.stats import binned_statistic, mannwhitneyu
from scipy.stats.mstats import mquantiles
from sklearn.metrics import (average_precision_score, brier_score_loss, confusion_matrix, f1_score, precision_score,
                             recall_score, roc_auc_score)

HERE = pathlib.Path(__file__).parent
THRESHOLDS = [0.05, 0.2, 0.5, 0.8]


def risk(seed, n, levels, prevalence):
    rng = np.random.default_rng(seed)
    p = (rng.integers(0, levels + 1, n) + 0.5) / (levels + 1) if levels else rng.random(n)
    y = rng.random(n) < p
    share = y.mean()
    w = np.where(y, prevalence / share, (1 - prevalence) / (1 - share))
    benefit = []
    for t in THRESHOLDS:
        tn, fp, fn, tp = confusion_matrix(y, p >= t, sample_weight=w, labels=[False, True]).ravel()
        benefit.append((tp - fp * t / (1 - t)) / (tn + fp + fn + tp))
    edges = np.linspace(0, 1, 11)
    weight = binned_statistic(p, w, "sum", bins=edges).statistic
    said = binned_statistic(p, w * p, "sum", bins=edges).statistic
    came = binned_statistic(p, w * y, "sum", bins=edges).statistic
    return {
        "p": p.tolist(), "y": [int(v) for v in y], "prevalence": prevalence,
        "auroc": roc_auc_score(y, p), "mann_whitney": mannwhitneyu(p[y], p[~y]).statistic / (y.sum() * (~y).sum()),
        "auprc": average_precision_score(y, p, sample_weight=w), "brier": brier_score_loss(y, p, sample_weight=w),
        "ece": float(np.abs(said - came).sum() / weight.sum()), "net_benefit": benefit,
    }


def sets(seed, n, vocabulary):
    rng = np.random.default_rng(seed)
    truth = rng.random((n, vocabulary)) < 0.3
    answer = np.where(rng.random((n, vocabulary)) < 0.7, truth, rng.random((n, vocabulary)) < 0.2)
    truth[:, 0] |= ~truth.any(axis=1)
    score = {"average": "samples", "zero_division": 0}
    return {
        "truth": [np.flatnonzero(row).tolist() for row in truth], "answer": [np.flatnonzero(row).tolist() for row in answer],
        "f1": f1_score(truth, answer, **score), "precision": precision_score(truth, answer, **score),
        "recall": recall_score(truth, answer, **score),
    }


def quantiles(seed, n):
    values = np.random.default_rng(seed).normal(size=n)
    return {"values": values.tolist(), "q": mquantiles(values, [0.025, 0.975], alphap=1, betap=1).tolist()}


(HERE / "reference.json").write_text(json.dumps({
    "sklearn": sklearn.__version__, "scipy": scipy.__version__, "thresholds": THRESHOLDS,
    "risks": [risk(11, 80, 0, 0.1), risk(12, 120, 6, 0.03), risk(13, 60, 0, 0.5)],
    "sets": [sets(21, 40, 9), sets(22, 15, 30)],
    "quantiles": [quantiles(31, 1000), quantiles(32, 37)],
}) + "\n")
