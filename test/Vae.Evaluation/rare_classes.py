"""Writes tables of two classes as tables for the detection study: the rarer class is the anomalies, thinned to a tenth of the rows.

    python3 rare_classes.py TABLE-FOLDER OUTPUT-FOLDER TABLE,TABLE,…
"""
import collections
import csv
import pathlib
import random
import sys

PART = 0.1

for name in sys.argv[3].split(","):
    with open(pathlib.Path(sys.argv[1]) / f"{name}.csv", newline="") as file:
        header, *rows = csv.reader(file)
    normal = collections.Counter(row[-1] for row in rows).most_common(1)[0][0]
    rare = [row for row in rows if row[-1] != normal]
    common = [row for row in rows if row[-1] == normal]
    rare = random.Random(0).sample(rare, min(len(rare), round(len(common) * PART / (1 - PART))))
    with open(pathlib.Path(sys.argv[2]) / f"{name}.csv", "w", newline="") as file:
        csv.writer(file).writerows([header, *(row[:-1] + ["0"] for row in common), *(row[:-1] + ["1"] for row in rare)])
