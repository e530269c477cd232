"""What is usual."""

from datetime import UTC, datetime, timedelta

import pytest

from wardround.kernel import InvalidInput
from wardround.privacy.oversight import read_hours
from wardround.privacy.oversight.habit import Habit, far_above, usual

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)


def nights(hour: int, days: int) -> Habit:
    habit = Habit()
    for day in range(days):
        habit.add(MONDAY + timedelta(days=day, hours=hour), f"Patient/{day}")
    return habit


def test_nights_are_usual_for_who_works_them() -> None:
    habit = nights(2, 5)
    assert habit.works_at(MONDAY.replace(hour=2), 3)
    assert habit.works_at(MONDAY.replace(hour=3), 3)
    assert habit.works_at(MONDAY.replace(hour=1), 3)
    assert not habit.works_at(MONDAY.replace(hour=4), 3)
    assert not habit.works_at(MONDAY.replace(hour=2) + timedelta(days=5), 3), "a Saturday"
    assert not nights(2, 2).works_at(MONDAY.replace(hour=2), 3)


def test_midnight_is_next_to_eleven() -> None:
    assert nights(23, 4).works_at(MONDAY.replace(hour=0), 3)


def test_one_chart_twice_is_one() -> None:
    habit = Habit()
    for patient in ("a", "b", "a"):
        habit.add(MONDAY, patient)
    habit.add(MONDAY + timedelta(days=1), "a")
    assert habit.days == [2, 1]


@pytest.mark.parametrize(
    ("value", "others", "far"),
    [
        (30, [10, 11, 12, 10, 9], True),
        (16, [10, 11, 12, 10, 9], False),
        (30, [10, 10, 10, 10, 60], True),
        (17, [10] * 20, False),
        (18, [10] * 20, True),
        (3, [0, 0, 0], False),
        (4, [0, 0, 0], True),
    ],
)
def test_far_above(value: int, others: list[int], far: bool) -> None:
    assert far_above(value, others, 3.5) is far


def test_what_is_usual_is_shown() -> None:
    assert usual([1, 2, 4, 5]) == "3"
    assert usual([]) == "not known"


def test_hours() -> None:
    hours = read_hours("07:00 - 19:00")
    assert hours.hold(MONDAY.replace(hour=7))
    assert not hours.hold(MONDAY.replace(hour=19))
    assert not hours.hold(MONDAY.replace(hour=12) - timedelta(days=1)), "a Sunday"


@pytest.mark.parametrize("text", ["", "7", "19:00-07:00", "morning-evening", "07:00-07:00"])
def test_no_hours(text: str) -> None:
    with pytest.raises(InvalidInput, match="no hours"):
        read_hours(text)
