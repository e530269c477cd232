"""Published visits, a few of each file: where it is asked whether a measurement runs at all.

What the whole sets must show is held by the tests of what is measured, and by ``make bench``.
"""

import csv
from pathlib import Path

TABLES = ("aci-bench", "mts-dialog")
"""The sets whose visits are rows of tables."""


def sampled(data: Path, folder: Path, most: int = 3) -> Path:
    """Make ``folder`` as ``data`` is, with at most as many visits in each table of visits."""
    folder.mkdir()
    for one in data.iterdir():
        if one.name not in TABLES:
            (folder / one.name).symlink_to(one)
    with (data / "aci-bench" / "test1.csv").open(newline="", encoding="utf-8") as file:
        known = [row["encounter_id"] for row in csv.DictReader(file)][:most]
    for name in TABLES:
        for table in (data / name).rglob("*.csv"):
            made = folder / table.relative_to(data)
            made.parent.mkdir(parents=True, exist_ok=True)
            _cut(table, made, known)
    return folder


def _cut(table: Path, made: Path, known: list[str]) -> None:
    """Keep the visits of ``known``, which other systems noted too; elsewhere the first ones."""
    with table.open(newline="", encoding="utf-8") as read, made.open("w", encoding="utf-8") as out:
        rows = csv.DictReader(read)
        kept = csv.DictWriter(out, rows.fieldnames or ())
        kept.writeheader()
        everything = list(rows)
        these = [row for row in everything if row.get("encounter_id") in known]
        kept.writerows(these or everything[: len(known)])
