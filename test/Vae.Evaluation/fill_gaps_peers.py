"""Imputers of scikit-learn on the tables, rows and deleted cells of `fill-gaps` in this folder.

    python3 fill_gaps_peers.py CSV-FOLDER SEED[,SEED…] TABLE[,TABLE…] [PERCENTAGE,…] > peers.tsv

Each line: table, percentage, seed, method, RMSE of deleted numbers in standard deviations of their column, accuracy of deleted
categories. The last column of a table is a class, which no imputer sees.
"""
import csv
import sys
import time
import warnings

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer, SimpleImputer

MOST_ROWS = 2000
MISSING = ("", "?", "NA")
TREES = 50
ROUNDS = 5


def read(path):
    """Columns of numbers (floats, nan where missing) and of categories (codes, −1 where missing), without the last one."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    step = max(1, -(-len(rows) // MOST_ROWS))
    columns = []
    for cells in list(zip(*rows))[:-1]:
        try:
            values = np.array([np.nan if cell in MISSING else float(cell) for cell in cells], dtype=np.float32)
            columns.append((values.astype(float)[::step], 0))
        except ValueError:
            known = sorted({cell for cell in cells if cell not in MISSING})
            codes = np.array([-1 if cell in MISSING else known.index(cell) for cell in cells])
            columns.append((codes[::step], len(known)))
    return columns


def deleted(seed, percentage, rows, columns):
    """Which cells are deleted: SplitMix64 of the seed and the cell's place, the same as in C#."""
    with np.errstate(over="ignore"):
        place = np.arange(rows, dtype=np.uint64)[:, None] * np.uint64(1 << 20) + np.arange(columns, dtype=np.uint64)[None, :]
        z = (np.uint64(seed) << np.uint64(40)) + place
        z = (z + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)).astype(float) * 2.0 ** -53 < percentage / 100


class Gaps:
    """A table with gaps as a matrix: numbers standardized by what is left of them, a category as one-hot slots."""

    def __init__(self, columns, gone):
        self.columns, self.gone, self.spans, parts = columns, gone, [], []
        self.scales = []
        start = 0
        for j, (values, categories) in enumerate(columns):
            if categories == 0:
                left = np.where(gone[:, j], np.nan, values)
                mean, scale = np.nanmean(left), np.nanstd(left) or 1.0
                self.scales.append((mean, scale))
                part = ((left - mean) / scale)[:, None]
            else:
                self.scales.append(None)
                part = np.eye(categories)[np.maximum(values, 0)]
                part[gone[:, j] | (values < 0)] = np.nan
            parts.append(part)
            self.spans.append(slice(start, start + part.shape[1]))
            start += part.shape[1]
        self.matrix = np.hstack(parts)

    def measure(self, filled):
        squares, hits = [], []
        for j, (values, categories) in enumerate(self.columns):
            part = filled[:, self.spans[j]]
            if categories == 0:
                cells = self.gone[:, j] & ~np.isnan(values)
                mean, scale = self.scales[j]
                deviation = np.nanstd(values) or 1.0
                squares.extend(((part[cells, 0] * scale + mean - values[cells]) / deviation) ** 2)
            else:
                cells = self.gone[:, j] & (values >= 0)
                hits.extend(part[cells].argmax(axis=1) == values[cells])
        return (np.sqrt(np.mean(squares)) if squares else np.nan), (np.mean(hits) if hits else np.nan)


def whole(imputer, matrix):
    """A column without any value left is dropped by these imputers: it gets 0."""
    kept = ~np.isnan(matrix).all(axis=0)
    filled = np.zeros_like(matrix)
    filled[:, kept] = imputer.fit_transform(matrix[:, kept])
    return filled


def forest(gaps, seed):
    """Stekhoven & Buehlmann 2012 with extremely randomized trees and a fixed number of rounds."""
    matrix = gaps.matrix
    filled = whole(SimpleImputer(), matrix)
    missing = [np.isnan(matrix[:, span.start]) for span in gaps.spans]
    order = np.argsort([cells.sum() for cells in missing])
    for _ in range(ROUNDS):
        for j in order:
            cells, span = missing[j], gaps.spans[j]
            if not cells.any() or cells.all():
                continue
            others = np.delete(filled, np.r_[span], axis=1)
            numeric = gaps.columns[j][1] == 0
            kind = ExtraTreesRegressor if numeric else ExtraTreesClassifier
            model = kind(TREES, max_features="sqrt", min_samples_leaf=2, random_state=seed)
            if numeric:
                model.fit(others[~cells], matrix[~cells, span.start])
                filled[cells, span.start] = model.predict(others[cells])
            else:
                model.fit(others[~cells], matrix[~cells, span].argmax(axis=1))
                filled[np.ix_(cells, np.r_[span])] = 0
                shares = model.predict_proba(others[cells])
                for place, category in enumerate(model.classes_):
                    filled[cells, span.start + category] = shares[:, place]
    return filled


METHODS = {
    "mean": lambda gaps, seed: whole(SimpleImputer(), gaps.matrix),
    "k-NN, 5": lambda gaps, seed: whole(KNNImputer(n_neighbors=5), gaps.matrix),
    "k-NN, 20": lambda gaps, seed: whole(KNNImputer(n_neighbors=20), gaps.matrix),
    "iterative": lambda gaps, seed: whole(IterativeImputer(random_state=seed), gaps.matrix),
    "forest": forest,
}


def main():
    folder, tables = sys.argv[1], sys.argv[3].split(",")
    seeds = [int(text) for text in sys.argv[2].split(",")]
    percentages = [int(text) for text in (sys.argv[4] if len(sys.argv) > 4 else "10,30,50").split(",")]
    warnings.filterwarnings("ignore")
    for seed in seeds:
        for table in tables:
            columns = read(f"{folder}/{table}.csv")
            for percentage in percentages:
                gaps = Gaps(columns, deleted(seed, percentage, len(columns[0][0]), len(columns)))
                for name, method in METHODS.items():
                    start = time.time()
                    rmse, accuracy = gaps.measure(method(gaps, seed))
                    print(f"{table}\t{percentage}\t{seed}\t{name}\t{rmse:.4f}\t{accuracy:.4f}", flush=True)
                    print(f"{table} {name} {time.time() - start:.1f} s", file=sys.stderr, flush=True)


main()
