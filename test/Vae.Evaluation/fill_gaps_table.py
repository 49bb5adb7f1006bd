"""The lines of fill_gaps_peers.py and of `fill-gaps` as tables in Markdown: means over seeds ± standard errors.

    python3 fill_gaps_table.py FILE.tsv …
"""
import collections
import math
import sys

values = collections.defaultdict(list)
methods, cases = [], []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            table, percentage, _, method, *numbers = line.rstrip("\n").split("\t")
            case = table, int(percentage)
            if method not in methods:
                methods.append(method)
            if case not in cases:
                cases.append(case)
            for kind, number in enumerate(map(float, numbers)):
                values[case, method, kind].append(number)


def text(numbers):
    if not numbers or math.isnan(numbers[0]):
        return ""
    n = len(numbers)
    mean = sum(numbers) / n
    if n == 1:
        return f"{mean:.3f}"
    return f"{mean:.3f} ± {math.sqrt(sum((number - mean) ** 2 for number in numbers) / (n - 1) / n):.3f}"


for kind, title in enumerate(("RMSE of numbers", "accuracy of categories")):
    print(f"\n| {title} | deleted | seeds | " + " | ".join(methods) + " |\n| --- | ---: | ---: |" + " --- |" * len(methods))
    for case in cases:
        cells = [text(values[case, method, kind]) for method in methods]
        if any(cells):
            seeds = min(len(values[case, method, kind]) for method in methods if values[case, method, kind])
            print(f"| {case[0]} | {case[1]}% | {seeds} | " + " | ".join(cells) + " |")
