"""The contamination study's peer: scikit-learn's IsolationForest on the splits of ContaminationSplit.cs, as a Markdown table.

    python3 isolation_forest.py DATA-FOLDER [TABLE | TABLE:CLASS | TABLE:*]…
"""
import csv
import sys

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

SEEDS = range(5)


def load(folder, name):
    """Values, and one array of labels for each class that is the anomaly in turn."""
    table, _, anomaly = name.partition(":")
    with open(f"{folder}/{table}.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    values = numpy.array([row[:-1] for row in rows], dtype=float)
    classes = numpy.array([row[-1] for row in rows])
    anomalies = sorted(set(classes)) if anomaly == "*" else [anomaly or "1"]
    return values, [(classes == each).astype(int) for each in anomalies]


def area(values, labels, percentage, seed):
    random = numpy.random.RandomState(seed)
    normal = numpy.flatnonzero(labels == 0)
    anomalies = numpy.flatnonzero(labels == 1)
    random.shuffle(normal)
    random.shuffle(anomalies)
    half = len(normal) // 2
    count = round(len(anomalies) * percentage / 100)
    most = round(len(anomalies) * 0.1)
    training = numpy.concatenate([normal[:half], anomalies[:count]])
    test = numpy.concatenate([normal[half:], anomalies[most:]])
    forest = IsolationForest(random_state=seed).fit(values[training])
    return roc_auc_score(labels[test], -forest.score_samples(values[test]))


NAMES = sys.argv[2:] or ["anomaly_annthyroid", "anomaly_cardio", "breast_cancer:malignant", "digits:*"]
print(f"| anomalies in training | {' | '.join(NAMES)} |\n| ---: |{' --- |' * len(NAMES)}")
for percentage in (0, 1, 3, 5, 7, 9, 10):
    cells = []
    for name in NAMES:
        values, tables = load(sys.argv[1], name)
        areas = [area(values, labels, percentage, seed) for labels in tables for seed in SEEDS]
        error = numpy.std(areas, ddof=1) / len(areas) ** 0.5
        cells.append(f"{numpy.mean(areas):.3f} ± {error:.3f}")
    print(f"| {percentage}% | {' | '.join(cells)} |", flush=True)
