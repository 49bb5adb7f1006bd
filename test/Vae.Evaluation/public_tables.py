"""Writes the tables on which embeddings are compared with their peers as CSV files whose last column is the class, at most 1,500 rows of
each, and two lists of names: choosing.txt (what choices may be made on) and reporting.txt (what is run once, for the page).

    python3 public_tables.py UCI-FOLDER RDATASETS-FOLDER OUTPUT-FOLDER

UCI-FOLDER holds wine, breast_cancer, digits, credit_g and adult as CSV files whose last column is the class. RDATASETS-FOLDER is the folder
csv of github.com/vincentarelbundock/Rdatasets, which collects the data sets of R packages.
"""
import collections
import csv
import pathlib
import random
import sys

MOST_ROWS = 1500
MOST_CATEGORIES = 30
FEWEST_OF_A_CLASS = 5

# The library's defaults were chosen on these.
KNOWN = ["wine", "breast_cancer", "digits", "credit_g", "adult"]

# Name: files, class, columns that tell the class or only the row.
TABLES = {
    "ad_biomarkers": (["modeldata/ad_data"], "Class", []),
    "attrition": (["modeldata/attrition"], "Attrition", []),
    "biopsy": (["MASS/biopsy"], "class", ["ID"]),
    "cells": (["modeldata/cells"], "class", ["case"]),
    "churn_mlc": (["modeldata/mlc_churn"], "churn", []),
    "churn_wa": (["modeldata/wa_churn"], "churn", []),
    "college": (["ISLR/College"], "Private", []),
    "credit_data": (["modeldata/credit_data"], "Status", []),
    "glass": (["MASS/fgl"], "type", []),
    "hawks": (["Stat2Data/Hawks"], "Species", ["Month", "Day", "Year", "CaptureTime", "ReleaseTime", "BandNumber"]),
    "heart_disease": (["MLDataR/heartdisease"], "HeartDisease", []),
    "heart_failure": (["CardioDataSets/cardiac_failure_df"], "DEATH_EVENT", []),
    "hmda": (["AER/HMDA"], "deny", []),
    "hotel": (
        ["bayesrules/hotel_bookings"], "is_canceled",
        ["agent", "company", "country", "reservation_status", "reservation_status_date"]),
    "hpc": (["modeldata/hpc_data"], "class", []),
    "leaf": (["modeldata/leaf_id_flavia"], "species", []),
    "olive": (["dslabs/olive"], "area", ["region"]),
    "orange_juice": (["ISLR/OJ"], "Purchase", []),
    "pima": (["MASS/Pima.tr", "MASS/Pima.te"], "type", []),
    "spam": (["DAAG/spam7"], "yesno", []),
    "weather_perth": (["bayesrules/weather_perth"], "raintomorrow", ["risk_mm"]),
}


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def is_number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


def columns_of(rows, label, left_out):
    """The columns to keep: numbers, and texts with few values."""
    for name in rows[0]:
        if name == label or name in left_out:
            continue
        values = {row[name] for row in rows} - {""}
        if all(map(is_number, values)) or len(values) <= MOST_CATEGORIES:
            yield name


def write(folder, name, rows, label, left_out):
    rows = [{column: "" if cell in ("NA", "NULL", "?") else cell for column, cell in row.items()} for row in rows]
    classes = collections.Counter(row[label] for row in rows)
    rows = [row for row in rows if row[label] and classes[row[label]] >= FEWEST_OF_A_CLASS]
    if len(rows) > MOST_ROWS:
        rows = [rows[i] for i in sorted(random.Random(0).sample(range(len(rows)), MOST_ROWS))]
    columns = list(columns_of(rows, label, left_out))
    with open(folder / f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns + ["class"])
        writer.writerows([row[column] for column in columns] + [row[label]] for row in rows)


uci, rdatasets, output = map(pathlib.Path, sys.argv[1:])
output.mkdir(parents=True, exist_ok=True)
for name in KNOWN:
    rows = read(uci / f"{name}.csv")
    write(output, name, rows, list(rows[0])[-1], [])
for name, (files, label, left_out) in TABLES.items():
    rows = [row for file in files for row in read(rdatasets / f"{file}.csv")]
    write(output, name, rows, label, ["rownames"] + left_out)

# The split was made by this line before any embedding of these tables was seen.
shuffled = random.Random(15).sample(sorted(TABLES), len(TABLES))
(output / "choosing.txt").write_text("\n".join(KNOWN + sorted(shuffled[:8])) + "\n")
(output / "reporting.txt").write_text("\n".join(sorted(shuffled[8:])) + "\n")
