"""Windows that are spread as at validation, and windows that are not."""

import numpy as np
import pytest
from scipy import stats

from wardround.governance.monitoring import ks, psi
from wardround.kernel import InvalidInput


def test_psi_by_hand() -> None:
    """Of 100 with 50 and 50, and 100 with 80 and 20, half a patient added to each."""
    found = psi(["a"] * 50 + ["b"] * 50, ["a"] * 80 + ["b"] * 20, "site")
    before, now = np.array([50.5, 50.5]) / 101, np.array([80.5, 20.5]) / 101
    assert found.value is not None
    assert found.value.value == pytest.approx(((now - before) * np.log(now / before)).sum())
    assert found.fires
    assert (found.n, found.reference_n) == (100, 100)


def test_ks_is_that_of_scipy() -> None:
    chance = np.random.default_rng(1)
    known, new = chance.normal(size=900), chance.normal(0.2, 1, 400)
    found = ks(known.tolist(), new.tolist(), "age")
    assert found.value is not None
    assert found.value.value == pytest.approx(stats.ks_2samp(known, new).statistic)


@pytest.mark.parametrize("check", [psi, ks])
def test_calm_windows_hardly_ever_fire(check: object) -> None:
    """A year of weekly windows fires once in twenty: of 520 looks, fewer than four."""
    assert callable(check)
    chance = np.random.default_rng(2)
    known = chance.normal(size=5000)
    assert sum(check(known, chance.normal(size=150), "age").fires for _ in range(520)) < 4


@pytest.mark.parametrize("check", [psi, ks])
def test_what_is_wider_is_seen_where_the_mean_stays(check: object) -> None:
    assert callable(check)
    chance = np.random.default_rng(3)
    assert check(chance.normal(size=5000), chance.normal(0, 2.2, 400), "age").fires


def test_the_interval_of_psi_holds_what_it_promises() -> None:
    chance = np.random.default_rng(4)
    before, now = np.full(10, 0.1), np.array([0.16, 0.14, 0.12, *[0.1] * 4, 0.08, 0.06, 0.04])
    true = float(((now - before) * np.log(now / before)).sum())
    held = 0
    for _ in range(200):
        known = np.repeat(np.arange(10), chance.multinomial(2000, before)).astype(str)
        new = np.repeat(np.arange(10), chance.multinomial(500, now)).astype(str)
        found = psi(known.tolist(), new.tolist(), "bins").value
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held += found.low <= true <= found.high
    assert held >= 180


def test_a_value_that_was_never_seen_counts() -> None:
    found = psi(["a", "b"] * 500, ["a", "b", "c"] * 100, "site")
    assert found.fires


@pytest.mark.parametrize("check", [psi, ks])
def test_too_little_is_said_or_refused(check: object) -> None:
    assert callable(check)
    known = np.arange(1000.0)
    found = check(known, known[:20], "age")
    assert (found.value, found.fires) == (None, False)
    with pytest.raises(InvalidInput, match="too little at validation"):
        check(np.ones(1000), known, "age")
    with pytest.raises(InvalidInput, match="too little at validation"):
        check(known[:10], known, "age")
