"""An answer: a result, a range that holds every filling, or why neither."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.capabilities.risk.fillings import complete, of
from wardround.capabilities.risk import SCORES, Given, Kind, Measured, Status, answer
from wardround.capabilities.risk.score import Value

QSOFA: dict[str, Value] = {"respiratory-rate": 24.0, "systolic": 95.0, "coma-scale": 15.0}
NEWS: dict[str, Value] = {
    "respiratory-rate": 26.0, "saturation": 90.0, "saturation-scale": "one", "oxygen": True,
    "systolic": 95.0, "consciousness": "alert", "temperature": 37.0, "age": 60.0,
}  # fmt: skip


def test_a_complete_score_is_a_result() -> None:
    found = answer(SCORES["qsofa"], QSOFA)
    assert found.status is Status.RESULT
    assert found.result is not None
    assert found.result.value == 2
    assert [part.points for part in found.result.parts] == [1, 1, 0]


@pytest.mark.requirement("RISK-02")
def test_what_is_missing_is_listed_and_makes_a_range() -> None:
    found = answer(SCORES["news2"], NEWS)
    assert found.status is Status.RANGE
    assert (found.low, found.high) == (10, 13)
    assert [(reason.kind, reason.input) for reason in found.reasons] == [("missing", "heart-rate")]
    assert "exact" in (found.basis or "")
    assert found.result is None


@pytest.mark.requirement("RISK-03")
def test_what_is_stale_does_not_count() -> None:
    found = answer(SCORES["news2"], {**NEWS, "heart-rate": 70.0}, stale=["heart-rate"])
    assert found.status is Status.RANGE
    assert found.reasons[0].kind == "stale"


@pytest.mark.requirement("RISK-04")
def test_what_contradicts_itself_does_not_count() -> None:
    found = answer(SCORES["news2"], {**NEWS, "heart-rate": 70.0}, conflicting=["heart-rate"])
    assert found.status is Status.RANGE
    assert found.reasons[0].kind == "conflict"


@pytest.mark.requirement("RISK-02")
def test_a_range_that_tells_nothing_is_not_given() -> None:
    found = answer(SCORES["qsofa"], {"coma-scale": 15.0})
    assert found.status is Status.ABSTAINED
    assert {reason.input for reason in found.reasons} == {"respiratory-rate", "systolic"}


@pytest.mark.requirement("RISK-06")
@pytest.mark.parametrize(
    ("name", "given_", "kind"),
    [
        ("qsofa", {**QSOFA, "systolic": 1200.0}, "implausible"),
        ("qsofa", {**QSOFA, "systolic": float("nan")}, "implausible"),
        ("qsofa", {**QSOFA, "systolic": Measured(95.0, None)}, "unit"),
        ("qsofa", {**QSOFA, "systolic": Measured(95.0, "kg")}, "unit"),
        ("qsofa", {**QSOFA, "systolic": "low"}, "unreadable"),
        ("qsofa", {**QSOFA, "systolic": True}, "unreadable"),
        ("qsofa", {**QSOFA, "systolic": 10**400}, "implausible"),
        ("qsofa", {**QSOFA, "systolic": Measured("95", "mm[Hg]")}, "unreadable"),  # type: ignore[arg-type]
        ("qsofa", {**QSOFA, "systolic": Measured(float("inf"), "kPa")}, "implausible"),
        ("ckd-epi", {"age": 50.0, "sex": "unknown", "creatinine": 1.0}, "unreadable"),
        ("ckd-epi", {"age": 17.0, "sex": "male", "creatinine": 1.0}, "age"),
        ("ckd-epi", {"age": -1.0, "sex": "male", "creatinine": 1.0}, "implausible"),
        (
            "ckd-epi",
            {"age": 30.0, "sex": "female", "creatinine": 1.0, "pregnant": True},
            "excluded",
        ),
        ("wells-dvt", {"active-cancer": "yes"}, "unreadable"),
        ("kfre-2", {"age": 60.0, "sex": "male", "egfr": 75.0, "uacr": 30.0}, "outside"),
        ("fib-4", {"age": 60.0, "ast": 40.0, "alt": 40.0, "platelets": 0.0}, "outside"),
    ],
)
def test_bad_input_is_refused_with_the_reason(
    name: str, given_: dict[str, Given], kind: str
) -> None:
    found = answer(SCORES[name], given_)
    assert found.status is Status.ABSTAINED
    assert found.reasons[-1].kind == kind
    assert found.result is None


@pytest.mark.requirement("RISK-07")
def test_without_an_age_nobody_knows_whether_the_score_is_for_the_patient() -> None:
    found = answer(SCORES["ckd-epi"], {"sex": "male", "creatinine": 1.0})
    assert found.status is Status.ABSTAINED
    assert [reason.input for reason in found.reasons] == ["age"]


@pytest.mark.requirement("RISK-06")
def test_what_is_unusual_is_pointed_out_and_counts() -> None:
    found = answer(SCORES["qsofa"], {**QSOFA, "systolic": 55.0})
    assert found.status is Status.RESULT
    assert [reason.kind for reason in found.reasons] == ["unusual"]


def test_units_are_converted() -> None:
    given_: dict[str, Given] = {
        "age": 50.0,
        "sex": "female",
        "creatinine": Measured(88.4, "umol/L"),
    }
    found = answer(SCORES["ckd-epi"], given_)
    assert found.result is not None
    assert found.result.value == 69


def test_the_full_model_has_terms_for_what_it_lacks() -> None:
    values: dict[str, Value] = {
        "age": 50.0, "sex": "female", "systolic": 130.0, "pressure-treated": False,
        "diabetes": False, "smoking": False, "egfr": 90.0, "cholesterol": 200.0, "hdl": 50.0,
        "statin": False,
    }  # fmt: skip
    assert answer(SCORES["prevent-full-cvd-10"], values).status is Status.RESULT
    known = answer(SCORES["prevent-full-cvd-10"], {**values, "uacr": 500.0}).result
    unknown = answer(SCORES["prevent-full-cvd-10"], values).result
    assert known is not None
    assert unknown is not None
    assert known.value > unknown.value


@pytest.mark.requirement("RISK-02")
@pytest.mark.parametrize("name", SCORES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(drawn=st.data())
def test_a_range_holds_every_filling(name: str, drawn: st.DataObject) -> None:
    score = SCORES[name]
    whole = drawn.draw(complete(score))
    able = [a for a in score.inputs if a.kind is not Kind.AGE and a.name not in score.optional]
    missing = drawn.draw(st.lists(st.sampled_from(able), min_size=1, max_size=3, unique=True))
    known = {n: v for n, v in whole.items() if n not in {asked.name for asked in missing}}
    found = answer(score, known)
    if found.status is Status.RANGE:
        assert found.low is not None
        assert found.high is not None
        filled = {**known, **{a.name: drawn.draw(of(a, score)) for a in missing}}
        assert found.low <= score.calculate(filled).value <= found.high
        assert found.low <= score.calculate(whole).value <= found.high
    else:
        assert found.status is Status.ABSTAINED
