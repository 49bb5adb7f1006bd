"""The detection study's peer: scikit-learn's IsolationForest on the splits of DetectionSplit.cs. Text is one-hot, a missing number 0.

    python3 isolation_forest_adbench.py CSV-FOLDER SEEDS TABLE,TABLE,…

Each line: table, seed, area after training on rows as they are, and on normal ones.
"""
import csv
import sys

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

MISSING = ("", "?", "NA")


def columns(cells):
    """The columns that a column of text becomes: itself if it has numbers alone, and one for each category otherwise."""
    try:
        return [[0.0 if cell in MISSING else float(cell) for cell in cells]]
    except ValueError:
        return [[float(cell == category) for cell in cells] for category in sorted(set(cells) - set(MISSING))]


for name in sys.argv[3].split(","):
    with open(f"{sys.argv[1]}/{name}.csv", newline="") as file:
        cells = list(zip(*list(csv.reader(file))[1:]))
    values = numpy.array([column for text in cells[:-1] for column in columns(text)]).T
    labels = numpy.array(cells[-1]).astype(int)
    for seed in range(int(sys.argv[2])):
        random = numpy.random.RandomState(seed)
        normal, anomalies = (numpy.flatnonzero(labels == label) for label in (0, 1))
        random.shuffle(normal)
        random.shuffle(anomalies)
        n, a = len(normal) // 2, len(anomalies) // 2
        test = numpy.concatenate([normal[n:], anomalies[a:]])
        areas = []
        for training in (numpy.concatenate([normal[:n], anomalies[:a]]), normal[:n]):
            forest = IsolationForest(random_state=seed).fit(values[training])
            areas.append(roc_auc_score(labels[test], -forest.score_samples(values[test])))
        print(f"{name} {seed} {areas[0]:.4f} {areas[1]:.4f}", flush=True)
