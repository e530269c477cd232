"""The day of a FHIR date or moment, and nothing where it names none."""

from datetime import date

import pytest

from wardround.kernel import day_of


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-05-12", date(2026, 5, 12)),
        ("2026-05-12T23:30:00-04:00", date(2026, 5, 12)),
        ("2026-05", None),
        ("2026", None),
        ("2026-02-30", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_day_is_that_of_the_clock_it_was_written_by(moment: object, day: date | None) -> None:
    assert day_of(moment) == day
