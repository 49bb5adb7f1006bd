"""The lines of fill_gaps_peers.py and of `fill-gaps` as tables in Markdown: means over seeds ± standard errors.

    python3 fill_gaps_table.py FILE.tsv …

The last column is the paired difference of VaeImpute to the best of the others but the forest; the best is the same for all seeds.
"""
import collections
import math
import sys

OURS = "VaeImpute"
APART = "forest"

values = collections.defaultdict(dict)
methods, cases = [], []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            table, percentage, seed, method, *numbers = line.rstrip("\n").split("\t")
            case = table, int(percentage)
            if method not in methods:
                methods.append(method)
            if case not in cases:
                cases.append(case)
            for kind, number in enumerate(map(float, numbers)):
                if not math.isnan(number):
                    values[case, method, kind][seed] = number


def mean(numbers):
    return sum(numbers) / len(numbers)


def text(numbers, form=".3f"):
    n = len(numbers)
    if n == 0:
        return ""
    error = math.sqrt(sum((number - mean(numbers)) ** 2 for number in numbers) / (n - 1) / n) if n > 1 else math.nan
    return f"{mean(numbers):{form}}" + (f" ± {error:.3f}" if n > 1 else "")


for kind, (title, choose) in enumerate((("RMSE of numbers", min), ("accuracy of categories", max))):
    print(f"\n| {title} | deleted | seeds | " + " | ".join(methods) + f" | {OURS} − best |")
    print("| --- | ---: | ---: |" + " --- |" * len(methods) + " --- |")
    for case in cases:
        measured = {method: values[case, method, kind] for method in methods if values[case, method, kind]}
        if OURS not in measured:
            continue
        seeds = set.intersection(*(set(numbers) for numbers in measured.values()))
        others = [method for method in measured if method not in (OURS, APART)]
        best = choose(others, key=lambda method: mean([measured[method][seed] for seed in seeds]))
        cells = [text([measured[method][seed] for seed in sorted(seeds)]) if method in measured else "" for method in methods]
        difference = text([measured[OURS][seed] - measured[best][seed] for seed in sorted(seeds)], "+.3f")
        print(f"| {case[0]} | {case[1]}% | {len(seeds)} | " + " | ".join(cells) + f" | {difference} ({best}) |")
