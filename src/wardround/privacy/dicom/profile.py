"""What is to be done with each attribute: Tables E.1-1 and E.3.4-1 of PS3.15, 2026d.

``attributes.csv`` and ``concepts.csv`` are written by ``scripts/dicom_profile.py``.
"""

import csv
import re
from collections.abc import Collection
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from wardround.privacy.dicom.option import Option

_TAG = re.compile(r"[0-9A-F]{8}")


class Action(StrEnum):
    """The actions of Table E.1-1a, and JUDGE for what the table does not list."""

    DUMMY = "D"
    EMPTY = "Z"
    REMOVE = "X"
    KEEP = "K"
    CLEAN = "C"
    UID = "U"
    JUDGE = "?"


SAFE_CHOICE = {
    "X/Z": Action.EMPTY,
    "X/D": Action.DUMMY,
    "Z/D": Action.DUMMY,
    "X/Z/D": Action.DUMMY,
    "X/Z/U*": Action.UID,
}
"""A choice that depends on the attribute's type in the IOD: a dummy satisfies types 1, 2 and 3,
an empty value 2 and 3, so that every IOD stays whole and nothing of the original is left."""


class Row(NamedTuple):
    """A row of a table: the action of the basic profile, and those of its options."""

    name: str
    basic: str
    options: dict[str, str]

    def action(self, chosen: Collection[Option]) -> Action:
        """Return what to do: kept where one chosen option keeps it, else cleaned, else basic."""
        asked = {action for option, action in self.options.items() if option in chosen}
        for action in (Action.KEEP, Action.CLEAN):
            if action in asked:
                return action
        return SAFE_CHOICE.get(self.basic) or Action(self.basic)


@cache
def attributes() -> dict[int, Row]:
    """Return the rows of Table E.1-1 by tag; groups that repeat (50xx, 60xx) are not in it."""
    single = (row for row in _rows("attributes") if _TAG.fullmatch(row["tag"]))
    return {int(row["tag"], 16): _row(row) for row in single}


@cache
def concepts() -> dict[tuple[str, str], Row]:
    """Return the rows of Table E.3.4-1 by coding scheme and code."""
    return {(row["scheme"], row["code"]): _row(row) for row in _rows("concepts")}


def _row(row: dict[str, str]) -> Row:
    options = dict(pair.split("=") for pair in row["options"].split())
    return Row(row.get("name") or row["meaning"], row["basic"], options)


def _rows(table: str) -> list[dict[str, str]]:
    path = files("wardround.privacy.dicom") / f"{table}.csv"
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))
