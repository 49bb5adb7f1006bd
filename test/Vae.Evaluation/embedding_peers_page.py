"""Prints what embedding_peers.py has measured as Markdown: a row per table of a list, for one k.

    python3 embedding_peers_page.py RESULTS.csv LIST.txt K

Means over folds and seeds; differences from PCA with their standard errors over the folds, and how many of them are above PCA by two
standard errors or below it by one.
"""
import collections
import csv
import math
import sys

import numpy
from scipy.stats import rankdata, studentized_range

METHODS = ["random", "components"]
RAW = ["raw", "raw + PCA", "raw + components"]
MEASURES = ["k-NN", "logistic regression"]


def read(path):
    """By table, k and columns: the measures by fold, each the mean over seeds."""
    values = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(path) as file:
        for name, k, columns, fold, _, *measured in csv.reader(file):
            values[name, k, columns][fold].append([float(value) for value in measured])
    return {key: numpy.array([numpy.mean(folds[fold], 0) for fold in sorted(folds)]) for key, folds in values.items()}


def number(value):
    return f"{value:+.3f}".replace("-", "−")


def critical_difference(methods, tables):
    """Of mean ranks, at 5% (Nemenyi 1963; Demšar 2006)."""
    quantile = studentized_range.ppf(0.95, methods, math.inf) / math.sqrt(2)
    return quantile * math.sqrt(methods * (methods + 1) / (6 * tables))


def section(values, names, k, measure):
    """Yields the lines of one measure's table."""
    yield f"**{MEASURES[measure]}, k = {k}**"
    yield ""
    yield f"| | PCA | {' | '.join(f'{method} − PCA' for method in METHODS)} | {' | '.join(RAW)} |"
    yield "| --- | ---: | --- | --- | ---: | ---: | ---: |"
    ranks, differences, counts = [], [], []
    for name in names:
        peer = values[name, k, "PCA"][:, measure]
        byfold = [values[name, k, method][:, measure] - peer for method in METHODS]
        means = [fold.mean() for fold in byfold]
        errors = [numpy.std(fold, ddof=1) / math.sqrt(len(fold)) for fold in byfold]
        raw = [f"{values[name, k, columns][:, measure].mean():.3f}" if (name, k, columns) in values else "" for columns in RAW]
        cells = [f"{number(mean)} ± {error:.3f}" for mean, error in zip(means, errors)]
        yield f"| {name} | {peer.mean():.3f} | {' | '.join(cells + raw)} |"
        ranks.append(rankdata([0] + [-mean for mean in means]))
        differences.append(means)
        counts.append([[mean > 2 * error, mean < -error] for mean, error in zip(means, errors)])
    counts = numpy.sum(counts, 0)
    yield f"| mean | | {' | '.join(map(number, numpy.mean(differences, 0)))} | | | |"
    yield f"| above by two, below by one | | {' | '.join(f'{above}, {below}' for above, below in counts)} | | | |"
    yield f"| mean rank | {' | '.join(f'{rank:.2f}' for rank in numpy.mean(ranks, 0))} | | | |"
    yield ""
    yield f"Ranks differ at 5% from {critical_difference(1 + len(METHODS), len(names)):.2f} on."


def main(results, names, k):
    values = read(results)
    with open(names) as file:
        names = [name for name in file.read().split() if all((name, k, method) in values for method in METHODS)]
    for measure in range(len(MEASURES)):
        print("\n".join(section(values, names, k, measure)), end="\n\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
