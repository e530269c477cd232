from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardround.kernel import InvalidInput
from wardround.record.dates import date_range


def at(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp()  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2026", at(2026, 1, 1), at(2027, 1, 1)),
        ("2026-02", at(2026, 2, 1), at(2026, 3, 1)),
        ("2026-12", at(2026, 12, 1), at(2027, 1, 1)),
        ("2024-02-29", at(2024, 2, 29), at(2024, 3, 1)),
        ("2026-03-14T09:30", at(2026, 3, 14, 9, 30), at(2026, 3, 14, 9, 31)),
        ("2026-03-14T09:30:59", at(2026, 3, 14, 9, 30, 59), at(2026, 3, 14, 9, 31)),
        ("2026-03-14T09:30:00Z", at(2026, 3, 14, 9, 30), at(2026, 3, 14, 9, 30, 1)),
        ("2026-03-14T09:30:00+05:30", at(2026, 3, 14, 4), at(2026, 3, 14, 4, 0, 1)),
        ("2026-03-14T23:30:00-05:00", at(2026, 3, 15, 4, 30), at(2026, 3, 15, 4, 30, 1)),
        ("2016-12-31T23:59:60Z", at(2016, 12, 31, 23, 59, 59), at(2017, 1, 1)),
        ("9999-12-31", at(9999, 12, 31), at(9999, 12, 31) + 86400),
        ("0001", at(1, 1, 1), at(2, 1, 1)),
    ],
)
def test_a_date_covers_what_its_precision_says(text: str, low: float, high: float) -> None:
    assert date_range(text) == (low, high)


def test_fractions_of_a_second() -> None:
    low, high = date_range("2026-03-14T09:30:00.250Z")
    assert low == at(2026, 3, 14, 9, 30) + 0.25
    assert high == pytest.approx(low + 0.001)


@pytest.mark.parametrize(
    "text",
    ["", "today", "26", "2026-1", "2026-01-1", "20260314", "2026-03-14T", "2026-03-14T9:30",
     "2026-03-14T09:30:00 Z", "2026-03-14T09:30+0100", " 2026", "2026\n", "٢٠٢٦"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a FHIR date") as told:
        date_range(text, "birthdate")
    assert told.value.where == "birthdate"


@pytest.mark.parametrize(
    "text",
    ["0000", "2026-13", "2026-00", "2026-02-30", "2025-02-29", "2026-03-14T24:01",
     "2026-03-14T09:60"],
)  # fmt: skip
def test_what_was_never(text: str) -> None:
    with pytest.raises(InvalidInput, match="no such date"):
        date_range(text)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001
def test_the_less_precise_covers_the_more_precise(moment: datetime) -> None:
    written = moment.isoformat(timespec="milliseconds")
    ranges = [date_range(written[:length]) for length in (4, 7, 10, 16, 19, 23)]
    for (low, high), (inner_low, inner_high) in pairwise(ranges):
        assert low <= inner_low < inner_high <= high + 1e-6
