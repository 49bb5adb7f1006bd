"""Writes ADBench's tables (datasets/Classical and CV_by_ResNet18 of github.com/Minqi824/ADBench) as the CSV files of the detection study.

    python3 adbench.py FOLDER-WITH-NPZ OUTPUT-FOLDER
"""
import pathlib
import re
import sys

import numpy

MOST = 4000

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.npz")):
    data = numpy.load(path)
    values, labels = data["X"], data["y"]
    if len(labels) > MOST:
        chosen = numpy.sort(numpy.random.RandomState(0).choice(len(labels), MOST, replace=False))
        values, labels = values[chosen], labels[chosen]
    name = re.sub(r"^\d+_", "", path.stem)
    with open(pathlib.Path(sys.argv[2]) / f"{name}.csv", "w") as file:
        file.write(",".join(f"x{i}" for i in range(values.shape[1])) + ",class\n")
        for row, label in zip(values, labels):
            file.write(",".join(repr(float(value)) for value in row) + f",{int(label)}\n")
