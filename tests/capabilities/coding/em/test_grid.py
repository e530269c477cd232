"""The grid of medical decision making, and the codes and minutes of each setting."""

from itertools import product

import pytest

from wardround.capabilities.coding.em import LEVELS, Level, Setting
from wardround.capabilities.coding.em.data import level_of_data
from wardround.capabilities.coding.em.grid import by_mdm, by_time, rows, two_of_three


@pytest.mark.parametrize(("problems", "data", "risk"), list(product(LEVELS, repeat=3)))
def test_two_of_three_meet_or_exceed_the_level(problems: Level, data: Level, risk: Level) -> None:
    """Told anew: the highest level that at least two of the three reach."""
    ranks = [LEVELS.index(level) for level in (problems, data, risk)]
    reached = [level for at, level in enumerate(LEVELS) if sum(rank >= at for rank in ranks) >= 2]
    assert two_of_three(problems, data, risk) == reached[-1]


CODES: list[tuple[Setting, bool, list[str]]] = [
    ("office", True, ["99202", "99203", "99204", "99205"]),
    ("office", False, ["99212", "99213", "99214", "99215"]),
    ("inpatient", True, ["99221", "99221", "99222", "99223"]),
    ("inpatient", False, ["99231", "99231", "99232", "99233"]),
    ("emergency", True, ["99282", "99283", "99284", "99285"]),
    ("emergency", False, ["99282", "99283", "99284", "99285"]),
    ("home", True, ["99341", "99342", "99344", "99345"]),
    ("home", False, ["99347", "99348", "99349", "99350"]),
]


@pytest.mark.parametrize(("setting", "new", "codes"), CODES)
def test_each_level_has_its_code(setting: Setting, new: bool, codes: list[str]) -> None:
    assert [by_mdm(level, setting, new=new) for level in LEVELS] == codes


MINUTES: list[tuple[Setting, bool, dict[str, int]]] = [
    ("office", True, {"99202": 15, "99203": 30, "99204": 45, "99205": 60}),
    ("office", False, {"99212": 10, "99213": 20, "99214": 30, "99215": 40}),
    ("inpatient", True, {"99221": 40, "99222": 55, "99223": 75}),
    ("inpatient", False, {"99231": 25, "99232": 35, "99233": 50}),
    ("home", True, {"99341": 15, "99342": 30, "99344": 60, "99345": 75}),
    ("home", False, {"99347": 20, "99348": 30, "99349": 40, "99350": 60}),
]


@pytest.mark.parametrize(("setting", "new", "least"), MINUTES)
def test_the_least_minutes_must_be_met(setting: Setting, new: bool, least: dict[str, int]) -> None:
    before = None
    for code, minutes in least.items():
        assert by_time(minutes - 1, setting, new=new) == before
        assert by_time(minutes, setting, new=new) == code
        before = code
    assert by_time(600, setting, new=new) == before


def test_time_is_no_basis_in_the_emergency_department() -> None:
    assert all(row.minutes is None for row in rows("emergency", new=True))
    assert by_time(120, "emergency", new=True) is None


@pytest.mark.parametrize(
    ("kinds", "level"),
    [
        ([], "straightforward"),
        (["test"], "straightforward"),
        (["test", "test"], "low"),
        (["test", "note"], "low"),
        (["historian"], "low"),
        (["test", "historian"], "low"),
        (["test", "test", "historian"], "moderate"),
        (["test"] * 3, "moderate"),
        (["test"] * 9, "moderate"),
        (["interpretation"], "moderate"),
        (["discussion"], "moderate"),
        (["interpretation", "discussion"], "high"),
        (["test"] * 3 + ["discussion"], "high"),
        (["test"] * 2 + ["interpretation"], "moderate"),
    ],
)
def test_the_categories_of_data(kinds: list[str], level: Level) -> None:
    assert level_of_data(kinds)[0] == level
