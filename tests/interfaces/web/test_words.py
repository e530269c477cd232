from datetime import UTC, date, datetime

import pytest

from wardround.interfaces.web import words

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("1968-07-15", "58 y"),
        ("1968-11-24", "58 y"),
        ("1968-11-25", "57 y"),
        ("2025-01-24", "22 months"),
        ("2026-11-23", "1 day"),
        ("2026-09-25", "60 days"),
        ("2026-09-24", "2 months"),
        ("1968", "about 58 y"),
        ("1968-07", "about 58 y"),
        (None, ""),
    ],
)
def test_age(born: str | None, said: str) -> None:
    assert words.age(born, TODAY) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026", "2026"),
        ("2026-11", "Nov 2026"),
        ("2026-11-04", "4 Nov 2026"),
        (TODAY, "24 Nov 2026"),
    ],
)
def test_day_keeps_what_is_known(value: str | date, said: str) -> None:
    assert words.day(value) == said


def test_a_moment_is_told_by_the_clock_of_the_clinic() -> None:
    moment = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
    here = moment.astimezone()
    assert words.when(moment) == here.strftime("%-d %b %Y, %H:%M")
    assert words.when(moment.isoformat()) == words.when(moment)
    assert words.when("2026-11-24") == "24 Nov 2026"


def test_counts() -> None:
    assert words.count(1, "finding") == "1 finding"
    assert words.count(0, "entry", "entries") == "0 entries"


def test_timecode() -> None:
    assert words.timecode(65.9) == "1:05"
    assert words.timecode(3725) == "1:02:05"
