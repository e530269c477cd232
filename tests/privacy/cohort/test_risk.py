"""Worked examples with known answers."""

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardround.kernel import InvalidInput
from wardround.privacy.cohort import Cohort, coarsened, measure_risk

HOSPITAL = Cohort.of(
    {"zip": zip_code, "age": age, "nationality": "*", "condition": condition}
    for zip_code, age, condition in [
        *(("130**", "<30", c) for c in ("heart", "heart", "viral", "viral")),
        *(("1485*", ">=40", c) for c in ("cancer", "heart", "viral", "viral")),
        *(("130**", "3*", c) for c in ("cancer", "cancer", "cancer", "cancer")),
    ]
)
"""Machanavajjhala et al. 2007, figure 2: 4-anonymous, and one class is of cancer alone."""


def test_the_table_of_the_paper() -> None:
    risk = measure_risk(HOSPITAL, ["zip", "age", "nationality"], "condition")
    assert (risk.people, risk.classes, risk.k, risk.unique, risk.small) == (12, 3, 4, 0, 12)
    assert risk.diversity == 1
    assert risk.entropy == pytest.approx(1.0)
    assert risk.average == pytest.approx(3 / 12)


def test_a_three_diverse_table() -> None:
    rows = [{"z": z, "c": c} for z, c in product("ab", ("cancer", "heart", "viral"))]
    risk = measure_risk(Cohort.of(rows), ["z"], "c")
    assert risk.diversity == 3
    assert risk.entropy == pytest.approx(3.0)


def test_everybody_is_alone() -> None:
    risk = measure_risk(Cohort.of({"id": n} for n in range(50)), ["id"], population=1000)
    assert (risk.k, risk.unique, risk.small) == (1, 50, 50)
    assert risk.population_unique == pytest.approx(50 * 0.05)
    p = 0.05
    assert risk.expected == pytest.approx(50 * p / (1 - p) * math.log(1 / p))  # Franconi, f = 1


@pytest.mark.parametrize("fraction", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("size", [1, 2, 10, 20, 21, 400])
def test_the_expected_matches_are_those_of_the_distribution(size: int, fraction: float) -> None:
    """E[1/F | f], added up over the negative binomial itself."""
    people = size * 7
    cohort = Cohort.of({"g": n % 7} for n in range(people))
    risk = measure_risk(cohort, ["g"], population=round(people / fraction))
    p = people / round(people / fraction)
    total, log_p, log_q = 0.0, math.log(p), math.log1p(-p)
    for f in range(size, size + int(min(60 * size / p, 400_000))):
        chance = math.lgamma(f) - math.lgamma(size) - math.lgamma(f - size + 1)
        total += math.exp(chance + size * log_p + (f - size) * log_q) / f
    assert risk.expected == pytest.approx(people * total, rel=1e-6)


def test_a_cohort_that_is_the_population() -> None:
    cohort = Cohort.of({"g": n % 3} for n in range(30))
    risk = measure_risk(cohort, ["g"], population=30)
    assert risk.expected == pytest.approx(3.0)
    assert risk.population_unique == 0


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1))
def test_fewer_columns_never_tell_more(pairs: list[tuple[str, str]]) -> None:
    cohort = Cohort.of({"a": a, "b": b} for a, b in pairs)
    both, one = measure_risk(cohort, ["a", "b"]), measure_risk(cohort, ["a"])
    assert one.k >= both.k
    assert one.unique <= both.unique
    assert one.small <= both.small


@pytest.mark.parametrize(
    ("values", "coarse"),
    [
        (["1951-03-09", "1951-12-31", ""], {"1951", ""}),
        (["53560", "53562-1234"], {"535"}),
        (["34", "39", "7"], {"30-39", "0-9"}),
        (["red", "34"], None),
        ([""], None),
    ],
)
def test_coarser(values: list[str], coarse: set[str] | None) -> None:
    found = coarsened(Cohort.of({"v": value} for value in values), "v")
    assert (None if found is None else {row["v"] for row in found.rows}) == coarse


def test_what_cannot_be_measured() -> None:
    cohort = Cohort.of([{"a": 1}])
    for quasi, sensitive, population, said in (
        ([], None, None, "one or more"),
        (["a", "a"], None, None, "each once"),
        (["b"], None, None, "Columns are: a"),
        (["a"], "c", None, "no such column"),
        (["a"], None, 0, "smaller than the cohort"),
    ):
        with pytest.raises(InvalidInput, match=said):
            measure_risk(cohort, quasi, sensitive, population)
