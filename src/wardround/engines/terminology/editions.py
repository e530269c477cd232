"""ICD-10-CM as it stands here: the packaged edition, and those that were loaded."""

from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from wardround.engines.terminology.edition import Edition
from wardround.engines.terminology.packaged import packaged_edition
from wardround.engines.terminology.rows import Rows
from wardround.engines.terminology.shelf import Shelf
from wardround.engines.terminology.tabular import Tabular


def load_icd10cm(folder: Path | None = None) -> Tabular:
    """Return ICD-10-CM: the packaged edition and those loaded into ``folder``.

    An edition loaded as order file and as tabular list is one: the order file says which codes
    there are, the tabular list gives the notes.
    """
    shelf = Shelf(folder)
    spans: dict[tuple[date, date], dict[str, Rows]] = {}
    for kind in ("icd10cm-tabular", "icd10cm-order"):
        for manifest in shelf.of(kind):
            rows = Rows.read(shelf.content(manifest))
            spans.setdefault((manifest.start, manifest.end), {})[kind] = rows
    loaded = [_edition(start, end, found) for (start, end), found in spans.items()]
    editions = [_packaged(), *loaded]
    if shelf.of("icd10cm-index"):
        editions = [
            replace(one, looked_up=partial(_looked_up, shelf, one.start, one.end))
            for one in editions
        ]
    return Tabular(editions)


@cache
def _packaged() -> Edition:
    """Read the packaged edition once: nothing changes it."""
    return packaged_edition()


def _looked_up(shelf: Shelf, start: date, end: date) -> list[tuple[str, str]]:
    """Return the terms of the indexes that hold within an edition; of one kind, the latest."""
    latest = {
        one.variant: one
        for one in shelf.of("icd10cm-index")
        if one.start <= end and one.end >= start
    }
    return [(row[0], row[1]) for one in latest.values() for row in shelf.rows(one).every()]


def _edition(start: date, end: date, found: dict[str, Rows]) -> Edition:
    tabular, order = found.get("icd10cm-tabular"), found.get("icd10cm-order")
    name = f"{start:%Y-%m}"
    if tabular is None:
        return Edition(name, start, end, order or Rows(), annotated=False)
    if order is not None:
        tabular.billable, tabular.allowed = order.billable, order.allowed
    return Edition(name, start, end, tabular)
