"""Compares embeddings that `export` has written with PCA and the raw columns, by k-NN and logistic regression on held-out rows.

    OMP_NUM_THREADS=1 python3 embedding_peers.py TABLES-FOLDER EXPORT-FOLDER RESULTS.csv [METHOD ...]

Adds to RESULTS.csv what it does not hold yet: a line per table, k, columns, fold and seed. Embeddings are in units of the data
(EmbeddingScale.Data).
"""
import csv
import pathlib
import sys
import warnings

import numpy
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")


def is_number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


class Table:
    """The columns of a table: numbers with NaN where missing, texts one-hot."""

    def __init__(self, path):
        with open(path, newline="") as file:
            rows = list(csv.reader(file))[1:]
        columns = list(zip(*rows))
        self.numeric, self.one_hot = [], []
        for cells in columns[:-1]:
            known = sorted({cell for cell in cells if cell not in ("", "?")})
            if all(map(is_number, known)):
                self.numeric.append([float(cell) if cell not in ("", "?") else numpy.nan for cell in cells])
            else:
                self.one_hot += [[float(cell == category) for cell in cells] for category in known]
        self.numeric, self.one_hot = numpy.array(self.numeric).T, numpy.array(self.one_hot).T
        self.labels = numpy.unique(columns[-1], return_inverse=True)[1]

    def standardized(self, training):
        """Numeric columns with mean 0 and deviation 1 in the training rows, 0 where missing; one-hot columns as they are."""
        parts = []
        if self.numeric.size:
            mean, deviation = numpy.nanmean(self.numeric[training], 0), numpy.nanstd(self.numeric[training], 0)
            parts.append(numpy.nan_to_num((self.numeric - mean) / numpy.where(deviation > 0, deviation, 1)))
        if self.one_hot.size:
            parts.append(self.one_hot)
        return numpy.hstack(parts)


def measure(x, labels, held):
    """The accuracy of five neighbours, and the area under the ROC curve of logistic regression (of each class against the rest)."""
    known = ~held
    near = KNeighborsClassifier(5).fit(x[known], labels[known]).score(x[held], labels[held])
    scaled = StandardScaler().fit(x[known]).transform(x)
    chances = LogisticRegression(max_iter=1000).fit(scaled[known], labels[known]).predict_proba(scaled[held])
    if chances.shape[1] == 2:
        return near, roc_auc_score(labels[held], chances[:, 1])
    return near, numpy.mean([roc_auc_score(labels[held] == label, chances[:, label]) for label in range(chances.shape[1])])


def read_export(path):
    data = numpy.loadtxt(path, delimiter=",", ndmin=2)
    scales = {tuple(row[:2]): row[2:] for row in numpy.loadtxt(path.with_suffix(".scales"), delimiter=",", ndmin=2)}
    for fold, seed in sorted(scales):
        of_run = data[(data[:, 0] == fold) & (data[:, 1] == seed)]
        yield int(fold), int(seed), of_run[:, 2] == 1, of_run[:, 3:], scales[fold, seed]


def run(tables, exports, results, wanted):
    done = set()
    if results.exists():
        with open(results) as file:
            done = {tuple(row[:3]) for row in csv.reader(file)}
    with open(results, "a") as file:
        for path in sorted(exports.glob("*.csv")):
            name, method, k = path.stem.split(".")
            k = k[1:]
            if wanted and method not in wanted:
                continue
            table = Table(tables / f"{name}.csv")

            def write(columns, fold, seed, x, held):
                near, area = measure(x, table.labels, held)
                file.write(f"{name},{k},{columns},{fold},{seed},{near:.6f},{area:.6f}\n")

            for fold, seed, held, embedding, scales in read_export(path):
                raw = table.standardized(~held)
                if seed == 1 and (name, k, "PCA") not in done:
                    components = PCA(min(int(k), raw.shape[1])).fit(raw[~held]).transform(raw)
                    write("PCA", fold, 0, components, held)
                    write("raw", fold, 0, raw, held)
                    write("raw + PCA", fold, 0, numpy.hstack([raw, components]), held)
                if (name, k, method) in done:
                    continue
                scaled = embedding * scales
                write(method, fold, seed, scaled, held)
                write("raw + " + method, fold, seed, numpy.hstack([raw, scaled]), held)
            done |= {(name, k, "PCA"), (name, k, method)}
            file.flush()
            print(path.name, flush=True)


if __name__ == "__main__":
    run(*map(pathlib.Path, sys.argv[1:4]), sys.argv[4:])
