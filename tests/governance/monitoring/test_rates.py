"""Rates within what was agreed, and gaps between groups that stay or grow."""

import pytest

from wardround.governance.monitoring import gap, rate
from wardround.kernel import InvalidInput

AGREED = (0.0, 0.4)


@pytest.mark.parametrize(("hits", "fires"), [(20, False), (45, False), (80, True)])
def test_a_rate_fires_when_it_is_surely_beyond(hits: int, fires: bool) -> None:
    found = rate("abstention", "Sepsis risk", (hits, 100), AGREED)
    assert found.fires is fires
    assert found.value is not None
    assert found.value.value == hits / 100
    assert "0% to 40%" in found.rule


def test_too_seldom_is_beyond_as_well() -> None:
    assert rate("override", "Sepsis risk", (0, 400), (0.05, 0.5)).said == (
        "Less often than was agreed."
    )


@pytest.mark.parametrize(("missed", "fires"), [(40, False), (110, True)])
def test_a_gap_fires_when_it_grew(missed: int, fires: bool) -> None:
    before = ((60, 300), (54, 300))
    found = gap("missed, women less men", ((missed * 3, 600), (108, 600)), before)
    assert found.fires is fires
    assert found.reference_n == 600


def test_small_groups_say_nothing() -> None:
    before = ((60, 300), (54, 300))
    assert gap("missed", ((9, 10), (1, 900)), before).value is None
    assert rate("abstention", "Sepsis risk", (9, 10), AGREED).value is None


def test_what_is_no_share_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no share"):
        rate("abstention", "Sepsis risk", (110, 100), AGREED)
    with pytest.raises(InvalidInput, match="no range"):
        rate("abstention", "Sepsis risk", (10, 100), (0.4, 0.1))
