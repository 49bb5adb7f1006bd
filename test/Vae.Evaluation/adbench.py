"""Writes ADBench's tables (datasets/Classical/*.npz of github.com/Minqi824/ADBench) as the CSV files that the detection study reads.

    python3 adbench.py FOLDER-WITH-NPZ OUTPUT-FOLDER
"""
import pathlib
import sys

import numpy

MOST = 4000

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.npz")):
    data = numpy.load(path)
    values, labels = data["X"], data["y"]
    if len(labels) > MOST:
        chosen = numpy.sort(numpy.random.RandomState(0).choice(len(labels), MOST, replace=False))
        values, labels = values[chosen], labels[chosen]
    name = path.stem.split("_", 1)[1]
    with open(pathlib.Path(sys.argv[2]) / f"{name}.csv", "w") as file:
        file.write(",".join(f"x{i}" for i in range(values.shape[1])) + ",class\n")
        for row, label in zip(values, labels):
            file.write(",".join(repr(float(value)) for value in row) + f",{int(label)}\n")
