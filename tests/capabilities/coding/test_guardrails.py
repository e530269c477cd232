"""Each check finds what it is for, and leaves a clean draft alone."""

from typing import Any

import pytest

from tests.capabilities.coding.words import (
    ENCOUNTER,
    ROOM,
    Held,
    checked,
    drafted,
    edited,
    rules,
)
from wardround.capabilities.coding import Coded, deciding
from wardround.kernel import Draft, Evidence, InvalidInput, Severity, TextSpan


def put(text: str, *codes: tuple[str, str], chart: Held | None = None) -> Draft:
    """Return a draft that holds just these codes on these words, whatever guidelines would do."""
    chart = chart or Held(text=text)
    draft = drafted(text=text, chart=chart)
    content: dict[str, Any] = {**draft.content, "queries": [], "hints": [], "level": None}
    content["codes"] = [
        {"id": f"c{n}", "code": code, "score": 0.95, "auto": True, "state": "suggested"}
        for n, (code, _) in enumerate(codes)
    ]
    content["order"] = [f"c{n}" for n in range(len(codes))]
    evidence = tuple(
        Evidence(
            claim=f"/codes/{n}",
            sources=(
                TextSpan(
                    input="note.txt", start=text.index(words), end=text.index(words) + len(words)
                ),
            ),
        )
        for n, (_, words) in enumerate(codes)
    )
    return checked(
        draft.model_copy(update={"content": ROOM.validate(content), "evidence": evidence}), chart
    )


LONG = (
    " She was seen today in the clinic and feels well otherwise. Lungs are clear, heart sounds are "
    "normal, abdomen is soft. We talked about diet and walking. She comes back in three months."
)
PLAIN = "Hypertension is well controlled on lisinopril." + LONG


def test_a_clean_draft_has_no_finding() -> None:
    assert rules(put(PLAIN, ("I10", "Hypertension"))) == {}


@pytest.mark.requirement("CODE-03")
@pytest.mark.parametrize(
    ("code", "rule"),
    [("E11.99", "not-valid"), ("E11", "not-billable"), ("S83.511", "not-billable")],
)
def test_a_code_that_is_none_or_not_complete_blocks(code: str, rule: str) -> None:
    found = rules(put(PLAIN, (code, "Hypertension")))
    assert found[rule] is Severity.BLOCK


@pytest.mark.requirement("CODE-03")
@pytest.mark.parametrize(
    ("day", "severity"), [("2026-11-28", Severity.NOTE), ("2020-03-01", Severity.WARN)]
)
def test_a_day_of_no_edition_is_told_once(day: str, severity: Severity) -> None:
    chart = Held({**ENCOUNTER, "period": {"start": day}}, text=PLAIN)
    draft = put(PLAIN, ("I10", "Hypertension"), ("E11", "lisinopril"), chart=chart)
    assert [f.severity for f in draft.findings if f.rule == "no-edition"] == [severity]
    assert rules(draft)["not-billable"] is Severity.BLOCK


@pytest.mark.requirement("CODE-04")
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("No hypertension." + LONG, "hypertension"),
        ("Possible pneumonia, awaiting the film." + LONG, "pneumonia"),
        ("Her mother has hypertension." + LONG, "hypertension"),
        ("Return if fever develops." + LONG, "fever"),
    ],
)
def test_what_the_words_do_not_affirm_blocks_until_a_coder_decides(said: str, words: str) -> None:
    draft = put(said, ("I10", words))
    assert rules(draft)["not-asserted"] is Severity.BLOCK
    accepted = edited(
        draft, deciding.accept(Coded.model_validate(draft.content), "c0"), Held(text=said)
    )
    assert rules(accepted)["not-asserted"] is Severity.WARN


@pytest.mark.requirement("CODE-04")
def test_in_hospital_what_is_suspected_is_coded() -> None:
    said = "Possible pneumonia, awaiting the film." + LONG
    stay = {**ENCOUNTER, "class": {"code": "IMP"}}
    assert "not-asserted" not in rules(
        put(said, ("J18.9", "pneumonia"), chart=Held(stay, text=said))
    )


def test_a_code_that_says_it_is_past_or_a_relatives_may_rest_on_such_words() -> None:
    said = "Her mother has hypertension." + LONG
    assert "not-asserted" not in rules(put(said, ("Z82.49", "hypertension")))


@pytest.mark.requirement("CODE-05")
@pytest.mark.parametrize("code", ["W11.XXXA", "Y92.009", "H28"])
def test_what_never_stands_first_blocks_there_and_only_there(code: str) -> None:
    draft = put(PLAIN, (code, "lisinopril"), ("I10", "Hypertension"))
    assert rules(draft)["not-first"] is Severity.BLOCK
    coded = Coded.model_validate(draft.content)
    after = edited(draft, deciding.move(coded, "c1", 0), Held(text=PLAIN))
    assert "not-first" not in rules(after)


@pytest.mark.requirement("CODE-05")
def test_codes_that_exclude_each_other_are_to_be_acknowledged() -> None:
    draft = put(PLAIN, ("E11.9", "lisinopril"), ("E10.9", "Hypertension"))
    assert rules(draft)["excludes1"] is Severity.WARN
    left_out = edited(
        draft,
        deciding.reject(Coded.model_validate(draft.content), "c1", "Other"),
        Held(text=PLAIN),
    )
    assert "excludes1" not in rules(left_out)


@pytest.mark.requirement("CODE-05")
def test_a_code_that_stands_twice_blocks() -> None:
    assert rules(put(PLAIN, ("I10", "Hypertension"), ("I10", "lisinopril")))["duplicate"] == "block"


@pytest.mark.requirement("CODE-05")
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("Pain in the left knee since May." + LONG, True),
        ("Pain in the right knee since May." + LONG, False),
        ("Pain in both knees, knee worse on the left." + LONG, False),
        ("Pain in the knee since May." + LONG, False),
        ("The left hip is well. Pain in the knee, right." + LONG, False),
    ],
)
def test_the_side_of_a_code_is_that_of_its_words(said: str, wrong: bool) -> None:
    found = rules(put(said, ("M25.561", "knee")))
    assert ("laterality" in found) is wrong


@pytest.mark.requirement("CODE-01")
def test_words_that_lead_to_no_place_block() -> None:
    draft = put(PLAIN, ("I10", "Hypertension"))
    far = TextSpan(input="note.txt", start=9_000, end=9_010)
    astray = draft.model_copy(update={"evidence": (Evidence(claim="/codes/0", sources=(far,)),)})
    assert rules(checked(astray, Held(text=PLAIN)))["no-evidence"] is Severity.BLOCK


@pytest.mark.requirement("CODE-12")
def test_a_level_is_confirmed_by_a_person_and_another_is_explained() -> None:
    draft = drafted(PLAIN)
    coded = Coded.model_validate(draft.content)
    assert coded.level is not None
    supported = coded.level.code
    assert rules(draft)["level"] is Severity.BLOCK
    chart = Held(text=PLAIN)
    confirmed = edited(draft, deciding.set_level(coded, supported, ""), chart)
    assert "level" not in rules(confirmed)
    with pytest.raises(InvalidInput, match="another level"):
        deciding.set_level(coded, "99205", "")
    with pytest.raises(InvalidInput, match="no code of"):
        deciding.set_level(coded, "12345", "Because")
    higher = edited(draft, deciding.set_level(coded, "99205", "Time was 65 minutes"), chart)
    assert rules(higher)["level"] is Severity.WARN
    none = edited(draft, deciding.set_level(coded, "", ""), chart)
    assert "level" not in rules(none)


@pytest.mark.requirement("CODE-12")
def test_a_visit_whose_note_supports_no_level_is_billed_none_by_a_person() -> None:
    text = "CHIEF COMPLAINT\n\nSeen for a form." + LONG
    chart = Held(text=text)
    draft = drafted(text, chart=chart)
    coded = Coded.model_validate(draft.content)
    assert coded.level is not None
    assert coded.level.code == ""
    assert rules(draft)["level"] is Severity.BLOCK
    assert "level" not in rules(edited(draft, deciding.set_level(coded, "", ""), chart))


def test_nothing_left_and_a_few_words_are_told() -> None:
    draft = put(PLAIN, ("I10", "Hypertension"))
    empty = edited(
        draft, deciding.reject(Coded.model_validate(draft.content), "c0", "Other"), Held(text=PLAIN)
    )
    assert rules(empty)["no-codes"] is Severity.BLOCK
    assert rules(put("Hypertension, stable.", ("I10", "Hypertension"))) == {
        "short-note": Severity.WARN
    }


@pytest.mark.requirement("CODE-09")
@pytest.mark.parametrize(("status", "blocks"), [("superseded", True), ("current", False)])
def test_codes_of_an_amended_note_cannot_be_signed(status: str, blocks: bool) -> None:
    note = {"resourceType": "DocumentReference", "id": "n1", "status": status}
    draft = put(PLAIN, ("I10", "Hypertension"), chart=Held(note, text=PLAIN))
    assert ("note-replaced" in rules(draft)) is blocks
