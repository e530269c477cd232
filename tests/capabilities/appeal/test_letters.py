"""The letter: each sentence rests on a source, each ground has what it needs, or none is made."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fhir.resources.R4B.composition import Composition
from fhir.resources.R4B.documentreference import DocumentReference
from hypothesis import given
from hypothesis import strategies as st

from tests.capabilities.appeal.made import (
    NOTE,
    NOW,
    SUBJECT,
    VISIT,
    asked,
    denial,
    drafted,
    places,
)
from wardround.capabilities.appeal import (
    Appeal,
    Letter,
    Pointed,
    Remark,
    Sent,
    Service,
    load_appeal,
)
from wardround.capabilities.appeal.grounds import letters
from wardround.capabilities.appeal.reading import lines_in
from wardround.kernel import (
    Actor,
    Draft,
    Drafted,
    Edit,
    InvalidInput,
    Part,
    Role,
    Severity,
    Statement,
    TextSpan,
    Work,
    apply,
    work_of,
)

ROSA = Actor(
    id="rosa", name="Rosa Delgado", role=Role.BILLER, reference="Practitioner/rosa-delgado"
)
APPEAL = load_appeal()
ANSWERED = sorted({(name, one) for name, g in letters().grounds.items() for one in g.reasons})


@pytest.fixture
def appeal() -> Appeal:
    return APPEAL


def letter_of(found: Drafted) -> Letter:
    assert found.abstained is None, found.abstained
    return Letter.model_validate(found.content)


def full(reason: str, **more: object) -> Drafted:
    """Draft with everything that any ground needs."""
    service = Service(number=1, code="99214", modifiers=("25",), day=date(2026, 11, 2))
    request = asked(denial(reason), authorization="AUTH-9", service=service, **more)
    request = request.model_copy(update={"level": places("Physical therapy for six weeks")})
    return drafted(APPEAL, request)[0]


def changed(found: Drafted, path: str, value: object, op: str = "replace") -> Drafted:
    edit = Edit.model_validate({"op": op, "path": path, "value": value})
    said = Statement(by=ROSA.id, at=NOW)
    content, evidence = apply(edit, found.content, found.evidence, said)
    return found.model_copy(update={"content": APPEAL.validate(content), "evidence": evidence})


def rules(found: Drafted, order: object, charts: object) -> dict[str, Severity]:
    return {
        one.rule: one.severity
        for guardrail in APPEAL.guardrails
        for one in guardrail.check(found, order, charts)  # type: ignore[arg-type]
    }


@pytest.mark.requirement("APPEAL-01")
@pytest.mark.parametrize(("ground", "reason"), ANSWERED)
def test_every_sentence_says_what_its_sources_say(ground: str, reason: str) -> None:
    """Every number, amount, code and quotation of a sentence stands at the places it names."""
    service = Service(number=1, code="99214", modifiers=("25",), day=date(2026, 11, 2))
    request = asked(
        denial(reason, Remark(code="N115", says="Decided by an LCD")),
        authorization="AUTH-9",
        service=service,
        level=places("Physical therapy for six weeks", "BMI 31"),
    )
    found, order, charts = drafted(APPEAL, request)
    letter = letter_of(found)
    assert letter.ground == ground
    lines = lines_in(order.inputs, charts)
    known = {item.claim: item for item in found.evidence}
    for number, section in enumerate(letter.sections):
        assert section.sentences
        for place, sentence in enumerate(section.sentences):
            item = known[f"/sections/{number}/sentences/{place}"]
            said = " ".join(
                lines[one.part].text[one.start : one.end]
                for one in item.sources
                if isinstance(one, TextSpan)
            )
            for token in re.findall(r"\$?[A-Z]*\d[\w.,-]*", sentence.text):
                if token != "277CA":
                    assert token.rstrip(".,") in said, sentence.text
            for words in re.findall("\u201c([^\u201d]+)\u201d", sentence.text):
                assert words in said
                assert words in NOTE
    assert not [one for one, severity in rules(found, order, charts).items() if severity == "block"]


def test_whole_sentences_of_the_note_are_quoted_and_no_others() -> None:
    text = letter_of(full("50")).text
    assert "\u201cOsteoarthritis of the right knee, worse.\u201d" in text
    assert "Hypertension, controlled" not in text  # the service was not done for it
    assert "Effusion" not in text
    assert work_of(APPEAL) is Work.BILLING


def test_a_denial_of_the_whole_claim_names_no_service() -> None:
    text = letter_of(drafted(APPEAL, asked(service=Service(day=date(2026, 11, 2))))[0]).text
    assert "was refused of the claim as a whole" in text
    assert "{" not in text


@pytest.mark.requirement("APPEAL-02")
@pytest.mark.parametrize(
    ("reason", "more", "said"),
    [
        ("50", {"diagnoses": ()}, "no words of the signed note"),
        ("50", {"diagnoses": (Pointed(code="I10"),)}, "no words of the signed note"),
        ("150", {"diagnoses": ()}, "behind the level"),
        ("29", {"sent": ()}, "no file in which the claim was sent"),
        ("29", {"sent": (Sent(day=date(2027, 11, 9), file="1"),)}, "sent after November 2, 2027"),
        ("197", {}, "no authorization number"),
        ("97", {}, "no modifier"),
        ("18", {}, "Nothing in the note or the claim answers the reason CO-18"),
        ("999", {}, "answers the reason CO-999"),
    ],
)
def test_what_nothing_supports_is_not_drafted(
    reason: str, more: dict[str, object], said: str
) -> None:
    found, _, _ = drafted(APPEAL, asked(denial(reason), **more))
    assert said in str(found.abstained)
    assert found.content == {}


def test_a_remark_is_answered_where_no_ground_answers_the_reason() -> None:
    found, _, _ = drafted(APPEAL, asked(denial("96", Remark(code="N386"))))
    assert letter_of(found).ground == "necessity"
    assert drafted(APPEAL, asked(denial("96")))[0].abstained


@pytest.mark.requirement("APPEAL-03")
@pytest.mark.parametrize("code", ["MA130", "N211"])
def test_a_remark_that_leaves_no_appeal(code: str) -> None:
    found, _, _ = drafted(APPEAL, asked(denial("50", Remark(code=code))))
    assert f"Remark {code} leaves no appeal" in str(found.abstained)


@pytest.mark.requirement("APPEAL-03")
def test_the_last_day_is_a_day() -> None:
    due = date(2026, 11, 20)
    for at, late in ((NOW, False), (datetime(2026, 11, 22, tzinfo=UTC), True)):
        found, _, _ = drafted(APPEAL, asked(denial(due=due)), at=at)
        assert ("The last day to appeal was November 20, 2026" in str(found.abstained)) is late


def test_a_day_that_was_assumed_is_told() -> None:
    found, order, charts = drafted(APPEAL, asked(denial(assumed=True)))
    assert rules(found, order, charts) == {"appeal-limit": Severity.NOTE}
    found, order, charts = drafted(APPEAL, asked())
    assert rules(found, order, charts) == {}


@pytest.mark.requirement("APPEAL-02")
@pytest.mark.parametrize("whose", ["document", "condition"])
def test_what_is_of_another_patient_is_not_drafted(whose: str) -> None:
    found, _, _ = drafted(APPEAL, asked(), owners={whose: "Patient/eve"})
    assert "another patient" in str(found.abstained)
    lost = asked(note="DocumentReference/gone")
    assert "holds no DocumentReference" in str(drafted(APPEAL, lost)[0].abstained)


@pytest.mark.requirement("APPEAL-01")
def test_what_a_person_writes_is_held_against_the_sources() -> None:
    found, order, charts = drafted(APPEAL, asked())
    at = "/sections/2/sentences/1/text"
    seen = rules(changed(found, at, "The note says: \u201cNever hurt at all.\u201d"), order, charts)
    assert seen["misquoted"] is Severity.BLOCK
    seen = rules(changed(found, at, "We ask for $151.00 instead."), order, charts)
    assert seen["unknown-number"] is Severity.WARN
    wrong = {"label": "Claim", "value": "W2"}
    seen = rules(changed(found, "/about/3", wrong), order, charts)
    assert seen["other-claim"] is Severity.BLOCK
    assert rules(changed(found, "/claim", "W2"), order, charts)["other-claim"] is Severity.BLOCK
    added = changed(found, "/sections/2/sentences/-", {"text": "She is very kind."}, "add")
    assert rules(added, order, charts)["unsupported-sentence"] is Severity.WARN
    bare = added.model_copy(update={"evidence": found.evidence})
    assert rules(bare, order, charts)["unsupported-sentence"] is Severity.BLOCK
    with pytest.raises(InvalidInput, match="cannot stand in a letter"):
        changed(found, at, "")


def test_what_weakens_an_appeal_is_said_first() -> None:
    bare = (*asked().diagnoses, Pointed(code="I10", source=""))
    request = asked(denial(first="correct"), superseded=True, diagnoses=bare)
    seen = rules(*drafted(APPEAL, request))
    assert seen == {
        "other-way-first": Severity.WARN,
        "codes-signed-anew": Severity.WARN,
        "diagnosis-without-words": Severity.WARN,
    }
    late = asked(denial("29"), sent=(Sent(day=date(2026, 11, 5), file="7"),))
    assert rules(*drafted(APPEAL, late)) == {"no-receipt": Severity.WARN}


@pytest.mark.requirement("APPEAL-04")
def test_a_signed_letter_is_a_document_of_the_chart(appeal: Appeal) -> None:
    found, order, charts = drafted(appeal, asked())
    draft = Draft(
        id="d1",
        capability="appeal",
        subject=SUBJECT,
        encounter=VISIT,
        content=found.content,
        evidence=found.evidence,
        model=found.model,
        inputs=order.inputs,
        created=NOW,
        updated=NOW,
    )
    composition, document = appeal.resources(draft, ROSA, NOW, charts)
    Composition.model_validate(composition)
    DocumentReference.model_validate(document)
    assert composition["attester"][0]["party"]["display"] == "Rosa Delgado"
    related = [one.get("reference") for one in document["context"]["related"]]
    assert {"DocumentReference/n1", "Condition/c1"} <= set(related)
    shown = appeal.review(draft, charts)
    assert [line.of for _, line in shown["lines"]][-1] == "note"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((), "one denial"),
        ((Part(name="request.json", data=b"{}"),), "which denial"),
        ((Part(name="request.json", data=b"no"),), "which denial"),
        ((Part(name="other.txt", data=b""),), "one denial"),
    ],
)
def test_what_is_no_request(appeal: Appeal, parts: tuple[Part, ...], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        appeal.accept(parts)


def test_a_note_that_is_no_text(appeal: Appeal) -> None:
    request = Part(name="request.json", data=asked().model_dump_json().encode())
    with pytest.raises(InvalidInput, match="no UTF-8"):
        appeal.accept([request, Part(name="note.txt", data=b"\xff\xfe\x00")])


def test_a_bulk_record(appeal: Appeal) -> None:
    due = date(2999, 1, 1)
    request = asked(denial(due=due)).model_dump(mode="json")
    answer = appeal.batch({"id": "1", "request": request, "note": NOTE})
    assert (answer["id"], answer["status"]) == ("1", "drafted")
    assert "claim W1" in str(answer["text"])
    assert appeal.batch({"id": "2", "request": request})["status"] == "abstained"


@given(
    note=st.text(max_size=300),
    start=st.integers(0, 400),
    length=st.integers(0, 400),
    amount=st.decimals("0.01", "9999.99", places=2),
)
def test_whatever_the_note_says(note: str, start: int, length: int, amount: Decimal) -> None:
    """No quotation is invented, whatever is marked in whatever note; nor does anything break."""
    place = {"start": start, "end": start + length}
    pointed = Pointed.model_validate({"code": "I10", "places": [place]})
    request = asked(denial(amount=amount), diagnoses=(pointed,))
    found, order, charts = drafted(APPEAL, request, note=note)
    if found.abstained is None:
        assert rules(found, order, charts).get("misquoted") is None
