"""Prints what bargain.py has measured as Markdown: per table, and as ranks over the tables of a list.

    python3 bargain_page.py RESULTS.csv LIST.txt METHOD [BASE]

METHOD is compared with BASE (PCA unless given) table by table: means over folds and seeds, and the standard error of the difference over the
folds.
"""
import collections
import csv
import math
import sys

import numpy
from scipy.stats import rankdata, studentized_range

MEASURES = ["k-NN", "logistic regression"]


def read(path):
    """Per measure, table, k and columns: the mean over seeds of each fold."""
    values = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(path) as file:
        for name, k, columns, fold, _, *measured in csv.reader(file):
            for measure, value in zip(MEASURES, measured):
                values[measure, name, k, columns][fold].append(float(value))
    return {key: numpy.array([numpy.mean(folds[fold]) for fold in sorted(folds)]) for key, folds in values.items()}


def error(values):
    return numpy.std(values, ddof=1) / math.sqrt(len(values))


def critical_difference(methods, tables):
    """Of mean ranks, at 5% (Nemenyi 1963; Demšar 2006)."""
    quantile = studentized_range.ppf(0.95, methods, math.inf) / math.sqrt(2)
    return quantile * math.sqrt(methods * (methods + 1) / (6 * tables))


def main(results, names, method, base="PCA"):
    values = read(results)
    with open(names) as file:
        names = file.read().split()
    columns = [base, method, "raw", "raw + PCA", "raw + " + method.removesuffix(" data")]
    for measure in MEASURES:
        for k in ["2", "8"]:
            known = [name for name in names if (measure, name, k, method) in values]
            print(f"\n**{measure}, k = {k}**\n\n| | {' | '.join(columns)} | {method} − {base} |\n| --- |{' ---: |' * (len(columns) + 1)}")
            above = below = 0
            ranks = []
            for name in known:
                difference = values[measure, name, k, method] - values[measure, name, k, base]
                ratio = difference.mean() / max(error(difference), 1e-9)
                above += ratio > 2
                below += ratio < -1
                means = [values[measure, name, k, column].mean() for column in columns]
                ranks.append(rankdata([-mean for mean in means]))
                cells = " | ".join(f"{mean:.3f}" for mean in means)
                print(f"| {name} | {cells} | {difference.mean():+.3f} ± {error(difference):.3f} |")
            cells = " | ".join(f"{rank:.2f}" for rank in numpy.mean(ranks, axis=0))
            print(f"| mean rank (critical difference {critical_difference(len(columns), len(known)):.2f}) | {cells} | "
                  f"{above} above by two, {below} below by one |")


if __name__ == "__main__":
    main(*sys.argv[1:])
