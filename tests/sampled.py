"""Published data, a few of each set: where it is asked whether a measurement runs at all.

What the whole sets must show is held by the tests of what is measured, and by ``make bench``.
"""

import csv
from pathlib import Path
from typing import Any

import numpy as np

TABLES = ("aci-bench", "mts-dialog")
"""The sets whose visits are rows of tables."""
TILES, XRAYS = "nuclei", "pneumoniamnist"


def sampled(data: Path, folder: Path, most: int = 3) -> Path:
    """Make ``folder`` as ``data`` is, with at most as many visits in each table of visits.

    Of tiles there are three times as many, of X-rays of the chest twenty times.
    """
    folder.mkdir()
    _few_tiles(data / TILES, folder / TILES, 3 * most)
    _few_xrays(data / XRAYS, folder / XRAYS, 20 * most)
    for one in data.iterdir():
        if one.name not in {*TABLES, TILES, XRAYS}:
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


def _few_tiles(tiles: Path, folder: Path, most: int) -> None:
    """Link the first tiles and what is marked on them."""
    folder.mkdir()
    for mask in sorted(tiles.glob("*_mask.png"))[:most]:
        for name in (mask.name, mask.name.replace("_mask", "")):
            (folder / name).symlink_to(tiles / name)


def _few_xrays(images: Path, folder: Path, most: int) -> None:
    """Keep as many images of each part as ``most``, of either outcome as many as in the whole."""
    folder.mkdir()
    for file in images.glob("*.npz"):
        with np.load(file, allow_pickle=False) as read:
            whole = {name: read[name] for name in read.files}
        kept: dict[str, Any] = {}
        for part in {name.partition("_")[0] for name in whole}:
            step = max(1, len(whole[f"{part}_labels"]) // most)
            rows = np.argsort(whole[f"{part}_labels"].ravel(), kind="stable")[::step]
            kept |= {f"{part}_{of}": whole[f"{part}_{of}"][rows] for of in ("images", "labels")}
        np.savez(folder / file.name, **kept)
