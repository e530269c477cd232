"""Grouping a stay: by the day of discharge, and never by guessing."""

from datetime import date

import pytest

from wardround.capabilities.coding.drg import Stay, group, version_on
from wardround.kernel import InvalidInput

MAY = date(2026, 5, 1)


def stay(*codes: str, discharged: date = MAY) -> Stay:
    return Stay([(code, "Y") for code in codes], (), 70, "female", 1, discharged)


@pytest.mark.parametrize(
    ("codes", "drg", "severity"),
    [
        (("I50.33",), 293, "NONE"),
        (("I50.33", "N17.9"), 292, "CC"),
        (("I50.33", "J96.01"), 291, "MCC"),
        (("J18.9",), 195, "NONE"),
    ],
)
def test_complications_move_a_stay_within_its_family(
    codes: tuple[str, ...], drg: int, severity: str
) -> None:
    """Heart failure 291 to 293, simple pneumonia 195 (MS-DRG Definitions Manual)."""
    found = group(stay(*codes))
    assert (found.drg, found.severity, found.version) == (drg, severity, 431)


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2025, 9, 30), 421), (date(2025, 10, 1), 430), (date(2026, 3, 31), 430), (MAY, 431)],
)
def test_the_grouper_is_that_of_the_day_of_discharge(day: date, version: int) -> None:
    assert version_on(day) == version


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2030, 1, 1)])
def test_a_day_without_a_grouper_is_told(day: date) -> None:
    with pytest.raises(InvalidInput, match="no grouper for this day"):
        version_on(day)


def test_what_cannot_be_grouped_is_told() -> None:
    with pytest.raises(InvalidInput, match="invalid pdx"):
        group(stay("Z99.99X"))
    with pytest.raises(InvalidInput, match="principal diagnosis"):
        group(stay())
