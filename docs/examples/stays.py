"""Makes a table of invented hospital stays: python docs/examples/stays.py OUT.csv [SITE]."""

import csv
import sys
from math import exp
from random import Random

ROWS = 2400
SITES = {"here": (905, 0.0), "elsewhere": (906, 0.8)}
"""The seed of each site, and how much likelier a readmission is there, in log-odds."""


def stay(draw: Random, shift: float) -> dict[str, object]:
    """Return one stay of nobody."""
    age = min(98, max(18, round(draw.gauss(66, 16))))
    emergency = draw.random() < 0.6
    admissions = min(9, int(draw.expovariate(0.9)))
    days = max(1, round(draw.lognormvariate(1.4, 0.7)))
    haemoglobin = round(draw.gauss(12.2 - 0.15 * admissions, 1.8), 1)
    sodium = round(draw.gauss(138, 4))
    odds = -3.4 + shift + 0.03 * (age - 66) + 0.7 * admissions + 0.7 * emergency
    odds += 0.05 * days + 0.35 * max(0.0, 11 - haemoglobin) + 0.02 * (sodium - 138) ** 2 / 4
    return {
        "stay": draw.randrange(10**9),
        "age": age,
        "sex": draw.choice(("female", "male")),
        "emergency": int(emergency),
        "admissions": admissions,
        "days": days,
        "haemoglobin [g/dL]": haemoglobin if draw.random() < 0.9 else "",
        "sodium": sodium if draw.random() < 0.8 else "",
        "ward": draw.choice(("north", "south", "west")),
        "readmitted": int(draw.random() < 1 / (1 + exp(-odds))),
    }


def main(out: str, site: str = "here") -> None:
    """Write the table of a site."""
    seed, shift = SITES[site]
    draw = Random(seed)  # noqa: S311 - invented patients are no secret
    rows = [stay(draw, shift) for _ in range(ROWS)]
    with open(out, "w", newline="", encoding="utf-8") as file:  # noqa: PTH123
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
