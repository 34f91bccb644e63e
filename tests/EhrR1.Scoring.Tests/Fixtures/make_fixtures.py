"""Writes the fixtures beside this file. Run once, with Debian 12's python3-sklearn 1.2.1, python3-nltk 3.8 and wamerican:

    /usr/bin/python3 make_fixtures.py

sklearn.json: small weighted and tied risk columns with scikit-learn's figures for them.
porter.csv:   words and what NLTK's PorterStemmer (default mode) makes of them: every 97th word of
              /usr/share/dict/words, and words of the wards.
"""
import json
import pathlib
import sys

import numpy as np
import sklearn
from nltk.stem.porter import PorterStemmer
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score, roc_curve

HERE = pathlib.Path(__file__).parent
WARD = """abdominal ablation acetaminophen admitted agonies allergies allergy analogies anticoagulation appendectomy
arrhythmias artery assessed atelectasis atrial bilaterally biopsies bleeding bradycardia breathing calcified cannings
cardiology catheterization cellulitis cholecystectomy cirrhosis coagulopathy complications consolidation coronary
cultures decreased defibrillator dehydration diabetes diagnoses dialysis died dies discharged distally diuresis dizziness
dying dyspnea edematous effusions elevated embolism emphysema encephalopathy endoscopy enlarged epilepsy exceed
extremities failing falling fevers fibrillation filed fistulas followed gallbladder gastroenterology geology hematocrit
hemorrhagic heparin hepatically hiss hypertensive hypotension hypoxia infarction infiltrates inhibitors inning innings
insufficiency intubated ischemic kidneys laparoscopically lesions lethargy leukocytosis lung lying medications metastases
methodologically mildly monitored morphologies murmur nausea nephrology neurologically news normally obstructive
oncologically operationally opacities oxygenation pathologically pain pancreatitis pathology patients perforations
pneumonia possibly postoperatively pressures proceed procedures prophylactically radiologically readmission recommended
relational respiratory restarted resuscitated seizures sepsis severely singing sky skies spied stable stenosis studies
succeed suctioning swollen symptomatically tachycardic tanned thrombosis tied transfusions troubled tying ulcers
ultrasonography urinary vancomycin ventilated vomiting weakness wheezing x-ray yyyyy ally agreed feed eed ing ied us as""".split()


def case(seed, n, levels, weighted):
    rng = np.random.default_rng(seed)
    p = rng.integers(0, levels + 1, n) / levels if levels else rng.random(n)
    y = rng.random(n) < 0.15 + 0.6 * p
    w = rng.integers(0, 7, n) / 4 if weighted else np.ones(n)
    fpr, tpr, threshold = roc_curve(y, p, sample_weight=w, drop_intermediate=False)
    observed, predicted = calibration_curve(y, p, n_bins=10, strategy="uniform") if not weighted else ([], [])
    return {
        "p": p.tolist(), "y": [int(v) for v in y], "w": w.tolist(),
        "auroc": roc_auc_score(y, p, sample_weight=w),
        "auprc": average_precision_score(y, p, sample_weight=w),
        "brier": brier_score_loss(y, p, sample_weight=w),
        "roc": [[float(f), float(t)] for f, t in zip(fpr, tpr)],
        "observed": list(map(float, observed)), "predicted": list(map(float, predicted)),
    }


def main():
    cases = [case(1, 40, 0, False), case(2, 60, 5, False), case(3, 60, 9, True), case(4, 50, 0, True), case(5, 30, 1, True)]
    (HERE / "sklearn.json").write_text(json.dumps({"sklearn": sklearn.__version__, "cases": cases}, indent=None) + "\n")
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 97
    listed = open("/usr/share/dict/words", encoding="utf-8").read().split()[::every]
    words = sorted({w.lower() for w in listed + WARD if w.isascii() and w.replace("-", "").isalnum()})
    stem = PorterStemmer().stem
    (HERE / "porter.csv").write_text("".join(f"{w},{stem(w)}\n" for w in words))


main()
