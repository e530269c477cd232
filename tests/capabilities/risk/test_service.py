"""A score on the route: drafted from the chart, answered by a person, checked."""

import pytest

from tests.capabilities.risk.drafts import ROOM, answered, asked, drafted, result, rules
from tests.capabilities.risk.patients import (
    ANSWERS,
    AT,
    ICD10,
    PATIENT,
    SNOMED,
    VITALS,
    Held,
    diagnosed,
    observed,
)
from wardround.capabilities.risk import SCORES
from wardround.kernel import ChartPath, Draft, InvalidInput, Part, Severity


def test_what_is_missing_makes_a_range_and_the_answers_make_the_number() -> None:
    chart = Held(*VITALS)
    made = drafted("news2", chart)
    assert (result(made)["value"], result(made)["low"], result(made)["high"]) == (None, 7, 14)
    assert result(made)["meaning"] == "high: emergency response"
    assert rules(made) == {"range": Severity.WARN, "device-function": Severity.NOTE}
    whole = answered(made, chart, **{name.replace("-", "_"): a for name, a in ANSWERS.items()})
    assert (result(whole)["value"], whole.content["headline"]) == (
        9,
        "NEWS2: 9, high: emergency response",
    )
    assert rules(whole) == {"device-function": Severity.NOTE}


def test_each_input_leads_to_the_element_it_was_taken_from() -> None:
    made = drafted("news2", Held(*VITALS))
    inputs = made.content["inputs"]
    assert isinstance(inputs, list)
    places = {item.claim: item.sources[0] for item in made.evidence}
    for number, entry in enumerate(inputs):
        assert isinstance(entry, dict)
        if entry["state"] == "used":
            source = places[f"/inputs/{number}"]
            assert isinstance(source, ChartPath)
            assert (source.resource, source.path) == (entry["resource"], entry["path"])
    (warmth,) = [e for e in inputs if isinstance(e, dict) and e["name"] == "temperature"]
    assert (warmth["value"], warmth["unit"], warmth["says"]) == (38.5, "Cel", "101.3 [degF]")


def test_nobody_types_a_number_into_the_result() -> None:
    made = drafted("ckd-epi", Held(observed("c", "2160-0", 1.4, "mg/dL")))
    told = {**made.content, "result": {**result(made), "value": 120.0}, "headline": "Well"}
    assert ROOM.validate(told) == made.content


def test_a_value_that_is_not_the_charts_is_found_out() -> None:
    chart = Held(observed("c", "2160-0", 1.4, "mg/dL"))
    made = drafted("ckd-epi", chart)
    inputs = made.content["inputs"]
    assert isinstance(inputs, list)
    told = [{**e, "held": 0.7} if isinstance(e, dict) and e["held"] == 1.4 else e for e in inputs]
    other = answered(made.model_copy(update={"content": {**made.content, "inputs": told}}), chart)
    assert result(other)["value"] > result(made)["value"]
    assert rules(other) == {"chart-differs": Severity.BLOCK}


def test_a_chart_that_was_corrected_since_blocks_the_draft() -> None:
    chart = Held(observed("c", "2160-0", 1.4, "mg/dL"))
    made = drafted("ckd-epi", chart)
    assert rules(made) == {}
    chart.resources["Observation/c"] = observed("c", "2160-0", 4.1, "mg/dL")
    assert rules(answered(made, chart)) == {"chart-differs": Severity.BLOCK}


def test_a_person_may_state_another_value_and_is_told_of_it() -> None:
    chart = Held(observed("c", "2160-0", 1.4, "mg/dL"))
    made = answered(drafted("ckd-epi", chart), chart, creatinine="0,9")
    assert result(made)["value"] > 60
    assert rules(made) == {"stated-otherwise": Severity.WARN}


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("creatinine", "high", "/answers/creatinine"),
        ("creatinine", "900", "/answers/creatinine"),
        ("creatinine", "nan", "/answers/creatinine"),
        ("pregnant", "perhaps", "/answers/pregnant"),
        ("sex", "unknown", "/answers/sex"),
        ("heartbeat", "70", "/answers"),
        ("rest", "yes", "/answers/rest"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_says_where(
    name: str, text: str, where: str
) -> None:
    made = drafted("ckd-epi", Held(observed("c", "2160-0", 1.4, "mg/dL")))
    with pytest.raises(InvalidInput) as raised:
        ROOM.validate({**made.content, "answers": {name: text}})
    assert raised.value.where == where


def test_no_to_the_rest_answers_the_open_questions_alone() -> None:
    chart = Held(diagnosed("d", ICD10, "E11.65"), diagnosed("h", SNOMED, "59621000"))
    made = answered(drafted("cha2ds2-vasc", chart), chart, stroke="yes", rest="no")
    assert made.content["answers"] == {"stroke": "yes", "heart-failure": "no", "vascular": "no"}
    # 2 for the age, 1 for the sex, 2 for the stroke, 1 each for pressure and diabetes
    assert result(made)["value"] == 7


def test_a_diagnosis_counts_by_the_category_that_holds_its_code() -> None:
    chart = Held(diagnosed("f", ICD10, "I50.32"))
    made = drafted("cha2ds2-vasc", chart)
    inputs = made.content["inputs"]
    assert isinstance(inputs, list)
    (entry,) = [e for e in inputs if isinstance(e, dict) and e["name"] == "heart-failure"]
    assert (entry["value"], entry["resource"]) == (True, "Condition/f")


def test_who_is_pregnant_gets_no_filtration_rate() -> None:
    chart = Held(
        observed("c", "2160-0", 0.6, "mg/dL"),
        diagnosed("p", ICD10, "Z34.00"),
        patient={**PATIENT, "birthDate": "1995-02-03"},
    )
    made = drafted("ckd-epi", chart)
    assert made.abstained == "Pregnant: the score was not made for these patients."
    assert made.content["result"] is None


def test_who_is_too_young_gets_none_either() -> None:
    chart = Held(*VITALS, patient={**PATIENT, "birthDate": "2020-02-03"})
    made = drafted("news2", chart)
    assert made.abstained == "The score is for ages 16 to 120."


@pytest.mark.parametrize(
    ("unit", "value", "says"),
    [("mg/dL", 1400.0, "cannot be"), ("mm[Hg]", 1.4, "cannot become"), ("", 1.4, "without a unit")],
)
def test_an_impossible_value_is_shown_and_never_counted(unit: str, value: float, says: str) -> None:
    chart = Held(observed("c", "2160-0", value, unit))
    made = drafted("ckd-epi", chart)
    assert (made.abstained, made.content["result"]) == (None, None)
    assert says in str(made.content["reasons"])
    assert rules(made) == {"no-result": Severity.BLOCK}
    mended = answered(made, chart, creatinine="1.4")
    assert rules(mended) == {}


def test_an_old_value_is_named_and_not_used() -> None:
    made = drafted("ckd-epi", Held(observed("c", "2160-0", 1.4, "mg/dL", hours=24 * 900)))
    inputs = made.content["inputs"]
    assert isinstance(inputs, list)
    (entry,) = [e for e in inputs if isinstance(e, dict) and e["name"] == "creatinine"]
    assert (entry["state"], entry["value"], entry["says"]) == ("stale", None, "1.4 mg/dL")
    assert rules(made) == {"no-result": Severity.BLOCK}


def test_the_trend_is_what_the_chart_held_then() -> None:
    values = [(1.0, 24 * 60), (1.2, 24 * 30), (1.4, 1)]
    chart = Held(*(observed(f"c{v}", "2160-0", v, "mg/dL", hours=h) for v, h in values))
    trend = drafted("ckd-epi", chart).content["trend"]
    assert isinstance(trend, list)
    first, second, third = (point["value"] for point in trend if isinstance(point, dict))
    assert isinstance(first, float)
    assert isinstance(second, float)
    assert isinstance(third, float)
    assert first > second > third


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"model": "apache"}', b"{}", b"\xff", b'{"model": 3}']
)
def test_an_order_for_what_there_is_not_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        ROOM.accept([Part(name="x", data=data)])


def test_two_scores_are_two_orders() -> None:
    with pytest.raises(InvalidInput):
        ROOM.accept([asked("news2"), asked("qsofa")])


@pytest.mark.parametrize("name", SCORES)
def test_every_score_can_be_drafted_shown_and_checked(name: str) -> None:
    chart = Held(*VITALS, diagnosed("f", ICD10, "I50.32"))
    made = drafted(name, chart)
    assert made.model.name == name
    assert ROOM.validate(made.content) == made.content
    draft = Draft(
        id="d",
        capability="risk",
        subject="Patient/ada",
        content=made.content,
        model=made.model,
        created=AT,
        updated=AT,
    )
    shown = ROOM.review(draft, chart)
    assert len(shown["rows"]) == len(SCORES[name].inputs) + len(SCORES[name].exclusions)
