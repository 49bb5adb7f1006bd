"""The detection study's peer: scikit-learn's IsolationForest on the splits of DetectionSplit.cs.

    python3 isolation_forest_adbench.py CSV-FOLDER SEEDS TABLE,TABLE,…

Each line: table, seed, area after training on rows as they are, and on normal ones.
"""
import sys

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

for name in sys.argv[3].split(","):
    rows = numpy.loadtxt(f"{sys.argv[1]}/{name}.csv", delimiter=",", skiprows=1)
    values, labels = rows[:, :-1], rows[:, -1].astype(int)
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
