"""The contamination study's peer: scikit-learn's IsolationForest on the splits of ContaminationSplit.cs, as a Markdown table.

    python3 isolation_forest.py DATA-FOLDER
"""
import csv
import sys

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

SEEDS = range(5)


def load(path):
    with open(path, newline="") as file:
        table = numpy.array(list(csv.reader(file))[1:], dtype=float)
    return table[:, :-1], table[:, -1]


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


for name in ("anomaly_annthyroid", "anomaly_cardio"):
    values, labels = load(f"{sys.argv[1]}/{name}.csv")
    print(f"\n**{name}**\n\n| anomalies in training | IsolationForest |\n| ---: | --- |")
    for percentage in (0, 1, 3, 5, 7, 9, 10):
        areas = [area(values, labels, percentage, seed) for seed in SEEDS]
        error = numpy.std(areas, ddof=1) / len(areas) ** 0.5
        print(f"| {percentage}% | {numpy.mean(areas):.3f} ± {error:.3f} |", flush=True)
