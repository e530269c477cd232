"""The grid: two of three make the level of medical decision making; codes and least minutes."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from wardround.capabilities.coding.em.model import LEVELS, Level, Setting


class Row(NamedTuple):
    """A code, its level, and the least minutes of the day (None where time is no basis)."""

    level: Level
    code: str
    minutes: int | None


def read_rules(name: str) -> dict[str, Any]:
    """Return a file of the room's ``rules``."""
    file = files("wardround.capabilities.coding.em").joinpath("rules", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def rows(setting: Setting, *, new: bool) -> tuple[Row, ...]:
    """Return the codes of a setting, the lowest level first."""
    found = next(item for item in read_rules("grid")["setting"] if item["name"] == setting)
    codes = found["new" if new else "established"]
    return tuple(
        Row(level, codes[level][0], codes[level][1] if len(codes[level]) > 1 else None)
        for level in LEVELS
    )


def two_of_three(problems: Level, data: Level, risk: Level) -> Level:
    """Return the highest level that two of the three meet or exceed (AMA 2023, table of MDM)."""
    return sorted((problems, data, risk), key=LEVELS.index)[1]


def by_mdm(level: Level, setting: Setting, *, new: bool) -> str:
    """Return the code of a level of medical decision making."""
    return next(row.code for row in rows(setting, new=new) if row.level == level)


def by_time(minutes: int, setting: Setting, *, new: bool) -> str | None:
    """Return the code whose least minutes are met; None if none is, or time is no basis."""
    met = [row for row in rows(setting, new=new) if row.minutes and minutes >= row.minutes]
    return met[-1].code if met else None


def higher(levels: Sequence[Level]) -> Level:
    """Return the highest of some levels."""
    return max(levels, key=LEVELS.index)
