"""What the same bootstrap costs as a scikit-learn loop: draw patients, gather their rows, score. Prints seconds for 1,000
replicates of AUROC, AUPRC and Brier at 100,000 rows, scaled up from the number given (20 by default)."""
import sys
import time

import numpy as np
import sklearn
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

ROWS, PATIENTS = 100_000, 20_000
replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 20
rng = np.random.default_rng(7)
signal = rng.random(ROWS)
y = rng.random(ROWS) < 0.2 * signal
p = np.clip(0.7 * signal + 0.3 * rng.random(ROWS), 0, 1)
who = rng.integers(0, PATIENTS, ROWS)
start, work = time.perf_counter(), time.process_time()
order = np.argsort(who, kind="stable")
first = np.searchsorted(who[order], np.arange(PATIENTS + 1))
for _ in range(replicates):
    drawn = rng.integers(0, PATIENTS, PATIENTS)
    rows = np.concatenate([order[first[i]:first[i + 1]] for i in drawn])
    roc_auc_score(y[rows], p[rows])
    average_precision_score(y[rows], p[rows])
    brier_score_loss(y[rows], p[rows])
taken, work = time.perf_counter() - start, time.process_time() - work
print(f"scikit-learn {sklearn.__version__}, Python {sys.version.split()[0]}: {replicates} replicates in {taken:.2f} s, 1,000 in "
      f"{taken / replicates * 1000:.0f} s ({work / replicates * 1000:.0f} s of processor time)")
