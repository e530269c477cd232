"""The checks of one model: a planted shift fires, and nothing fires where nothing moved."""

from dataclasses import replace

import pytest

from tests.governance.watch.made import cohort, draft_of, reference
from wardround.governance.monitoring import Check
from wardround.governance.watch import (
    FIRST,
    Prediction,
    Spreads,
    checks_of,
    first_spreads,
    prediction_of,
)

REFERENCE = reference(1)


def fired(made: list[Prediction], spreads: Spreads | None = REFERENCE) -> set[tuple[str, str]]:
    return {(one.kind, one.subject) for one in checks_of(made, spreads) if one.fires}


def check(found: list[Check], kind: str, subject: str) -> Check:
    (one,) = [one for one in found if (one.kind, one.subject) == (kind, subject)]
    return one


def test_nothing_fires_where_nothing_moved() -> None:
    assert fired(cohort(2, 2000)) == set()


def test_each_check_says_of_how_many_how_sure_and_by_what_rule() -> None:
    for one in checks_of(cohort(2, 2000), REFERENCE):
        assert one.n > 0
        assert one.rule.startswith("fires ")
        assert one.value is not None
        assert one.value.low is not None
        assert one.value.high is not None
        assert one.value.low <= one.value.value <= one.value.high


def test_an_input_that_moved_is_named() -> None:
    moved = fired(cohort(3, 500, shift=0.3))
    assert ("input shift", "Lactate") in moved
    assert ("input shift", "Age") not in moved


def test_where_the_outcome_comes_more_often_calibration_fires_in_both_groups() -> None:
    found = fired(cohort(4, 1500, odds=2.5))
    assert {("calibration", one) for one in ("Predictions", "women", "men")} == found


def test_an_input_that_is_no_longer_measured_fires() -> None:
    made = [replace(one, inputs={**one.inputs, "age": None}) for one in cohort(5, 200)]
    assert ("missing", "Age") in fired(made)


def test_levels_that_are_others_fire() -> None:
    made = [replace(one, inputs={**one.inputs, "sex": "male"}) for one in cohort(5, 300)]
    assert fired(made) == {("distribution (PSI)", "Sex")}


def test_too_many_abstentions_and_overrides_fire() -> None:
    made = [replace(one, abstained=True, overridden=True) for one in cohort(6, 300)]
    assert {kind for kind, _ in fired(made)} == {"abstained", "overridden"}


def test_abstentions_that_fall_on_one_group_fire() -> None:
    first, later = cohort(7, FIRST), cohort(8, 600)
    later = [replace(one, abstained=one.groups["sex"] == "women") for one in later]
    assert ("gap between groups", "Abstentions: men and women") in fired(first + later)


def test_without_a_reference_the_first_predictions_here_are_it() -> None:
    made = cohort(9, FIRST) + cohort(10, 600, shift=0.5)
    assert {one.kind for one in checks_of(made, None)}.isdisjoint({"input shift", "output shift"})
    local = first_spreads(made[:FIRST])
    assert local.local
    found = checks_of(made, local)
    assert check(found, "input shift", "Lactate").fires
    assert check(found, "output shift", "Predictions").n == 600
    assert check(found, "input shift", "Age").n == 600


def test_a_reference_of_one_value_alone_says_so() -> None:
    made = [
        replace(one, inputs={"age": 50.0}, labels={"age": "Age"}) for one in cohort(11, FIRST + 300)
    ]
    found = checks_of(made, first_spreads(made[:FIRST]))
    age = check(found, "input shift", "Age")
    assert not age.fires
    assert age.value is None
    assert "one value" in age.said


def test_few_patients_say_nothing_yet() -> None:
    assert all(one.value is None for one in checks_of(cohort(12, 30), REFERENCE))


@pytest.mark.parametrize("number", range(20))
def test_a_draft_is_read_as_the_prediction_it_is(number: int) -> None:
    made = cohort(13, 20)[number]
    read = replace(prediction_of(draft_of(made)), groups=made.groups, outcome=made.outcome)
    if made.abstained:
        made = replace(made, inputs={}, labels={}, result=None, probability=False, overridden=None)
    assert read == made
