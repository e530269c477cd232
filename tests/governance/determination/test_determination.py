"""The four criteria: what follows of answers, and what was determined of each capability."""

from itertools import product
from pathlib import Path

import pytest

from wardround.bootstrap import determinations, functions_of
from wardround.capabilities.risk import SCORES
from wardround.governance.cards import read_card
from wardround.governance.determination import (
    TABLE,
    Answered,
    Criteria,
    Imdrf,
    Reply,
    Result,
    Significance,
    decide,
    is_device,
    read_determination,
)
from wardround.kernel import InvalidInput

YES, NO, UNSURE = Reply.YES, Reply.NO, Reply.UNSURE
FILES = sorted(Path("src/wardround/capabilities").rglob("determination.yaml"))
RISK = Path("src/wardround/capabilities/risk")


def answered(reply: Reply) -> Answered:
    return Answered(answer=reply, evidence="Because it is so.")


def decided(criteria: tuple[Reply, ...], single: Reply = NO, immediate: Reply = NO) -> Result:
    given = dict(zip(Criteria.model_fields, map(answered, criteria), strict=True))
    return decide(Criteria(**given), answered(single), answered(immediate))[0]


@pytest.mark.parametrize(
    ("criteria", "single", "immediate", "result"),
    [
        ((YES, YES, YES, YES), NO, NO, Result.NOT_DEVICE),
        ((YES, YES, YES, YES), YES, NO, Result.NOT_DEVICE),
        ((YES, YES, NO, YES), YES, NO, Result.DISCRETION),
        ((YES, YES, NO, YES), NO, NO, Result.DEVICE),
        ((YES, YES, NO, YES), UNSURE, NO, Result.DEVICE),
        ((YES, YES, NO, YES), YES, YES, Result.DEVICE),
        ((YES, YES, NO, YES), YES, UNSURE, Result.DEVICE),
        ((YES, YES, YES, YES), NO, YES, Result.DEVICE),
        ((YES, YES, YES, YES), NO, UNSURE, Result.DEVICE),
        ((NO, YES, YES, YES), YES, NO, Result.DEVICE),
        ((YES, NO, YES, YES), YES, NO, Result.DEVICE),
        ((YES, YES, YES, NO), YES, NO, Result.DEVICE),
        ((YES, YES, NO, NO), YES, NO, Result.DEVICE),
        ((YES, YES, YES, UNSURE), YES, NO, Result.DEVICE),
        ((YES, YES, NO, UNSURE), YES, NO, Result.DEVICE),
    ],
)
def test_the_result_of_answers(
    criteria: tuple[Reply, ...], single: Reply, immediate: Reply, result: Result
) -> None:
    assert decided(criteria, single, immediate) is result


def test_doubt_never_makes_it_less_of_a_device() -> None:
    for given in product(Reply, repeat=6):
        found = decided(given[:4], given[4], given[5])
        if UNSURE in given[:4] or given[5] is not NO:
            assert found is Result.DEVICE, given
        elif found is not Result.DEVICE:
            assert given[:2] == (YES, YES)
            assert given[3] is YES


def test_why_is_said() -> None:
    given = dict(zip(Criteria.model_fields, map(answered, (NO, YES, NO, NO)), strict=True))
    assert (
        decide(Criteria(**given), answered(NO), answered(NO))[1]
        == "Criteria 1, 3 and 4 are not met."
    )


@pytest.mark.parametrize(
    ("state", "categories"),
    [
        ("critical", ["IV", "III", "II"]),
        ("serious", ["III", "II", "I"]),
        ("not serious", ["II", "I", "I"]),
    ],
)
def test_the_table_is_that_of_imdrf_n12(state: str, categories: list[str]) -> None:
    found = []
    for significance in Significance:
        one = Imdrf.model_validate(
            {"significance": significance, "state": state, "why": "As the table has it."}
        )
        found.append(one.category)
    assert found == categories
    assert len(TABLE) == 3


def test_every_capability_is_determined() -> None:
    rooms = {path.parent.name for path in Path("src/wardround/capabilities").glob("*/__init__.py")}
    assert set(determinations()) == rooms
    for name, one in determinations().items():
        assert one.capability == name


def test_what_was_determined() -> None:
    results = {one.name: one.result for each in determinations().values() for one in each.functions}
    assert results == {
        "visit-notes": Result.NOT_DEVICE,
        "published-scores": Result.DISCRETION,
        "time-critical-scores": Result.DEVICE,
        "learned-models": Result.DEVICE,
        "diagnosis-codes": Result.NOT_DEVICE,
        "claims": Result.NOT_DEVICE,
        "appeals": Result.NOT_DEVICE,
        "chest-pneumonia": Result.DEVICE,
        "nuclei": Result.DEVICE,
    }


def test_scores_are_determined_as_they_are_declared() -> None:
    risk = determinations()["risk"]
    for name, score in SCORES.items():
        function = risk.function_of(name)
        assert function is not None
        assert not function.others, name
        assert (function.name == "time-critical-scores") is score.time_critical, name
        assert is_device(risk, name) is score.time_critical, name


def test_the_scores_card_speaks_for_every_score() -> None:
    card = read_card((RISK / "card.yaml").read_text("utf-8"))
    assert card.covers == tuple(SCORES)


def test_a_model_that_nobody_named_is_a_device_until_determined() -> None:
    assert is_device(determinations()["risk"], "sepsis-of-our-own")
    text = (RISK / "determination.yaml").read_text("utf-8").replace("    others: true\n", "")
    assert is_device(read_determination(text), "sepsis-of-our-own")
    assert not is_device(determinations()["documentation"], "another-note-writer")


def test_a_card_shows_each_function_that_it_speaks_for() -> None:
    assert [one.name for one in functions_of("published-scores")] == [
        "published-scores",
        "time-critical-scores",
    ]
    assert [one.name for one in functions_of("news2")] == ["time-critical-scores"]
    assert functions_of("wardround-phi") == ()


@pytest.mark.parametrize("path", FILES, ids=str)
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("answer: yes", "answer: maybe", "yes"),
        ("answer: no", "answer:", "yes"),
        ("significance: ", "significance: hint ", "inform management"),
        ("immediate_action:", "immediate:", "required"),
        ("capability:", "capabilty:", "required"),
        ("determined: 2026-11-28", "determined: soon", "date"),
    ],
)
def test_a_wrong_file_names_the_place(path: Path, old: str, new: str, what: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    with pytest.raises(InvalidInput) as raised:
        read_determination(text.replace(old, new, 1), "x.yaml")
    assert (raised.value.where or "").startswith("x.yaml: ")
    assert what in raised.value.what


def test_no_model_has_two_functions() -> None:
    text = (RISK / "determination.yaml").read_text("utf-8")
    with pytest.raises(InvalidInput, match="“news2” is named by two"):
        read_determination(text.replace("- psi\n", "- news2\n"))
    with pytest.raises(InvalidInput, match="Two functions speak"):
        read_determination(text.replace("models: [news2", "others: true\n    models: [news2"))
