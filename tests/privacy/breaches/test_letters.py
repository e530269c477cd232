"""Drafts of letters: the five contents, gaps, versions, and how they stand on paper."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import Connection, select

from tests.privacy.breaches.incidents import ADA, RUTH, TODAY, incident, known, now
from wardround.kernel import Conflict, InvalidInput
from wardround.privacy.breaches import (
    Breaches,
    Conclusion,
    Letter,
    LetterKind,
    Letters,
    Phi,
    breach_log,
    facts_of,
    facts_pdf,
    facts_text,
    letter_pdf,
    letter_text,
)
from wardround.privacy.breaches.letters import draft_letter
from wardround.privacy.breaches.tables import letters
from wardround.security import AuditTrail

WRITTEN = {
    name: f"All about {name}." for name in ("happened", "kinds", "steps", "doing", "contact")
}


def drafted(kind: LetterKind = LetterKind.INDIVIDUAL, **more: Any) -> Letter:
    return draft_letter(incident(**more), kind)


def words(pdf: bytes, page: int = 0) -> str:
    return " ".join(PdfReader(BytesIO(pdf)).pages[page].extract_text().split())


def test_a_draft_says_what_is_known() -> None:
    letter = drafted(happened=TODAY, phi={Phi.SSN, Phi.NAME})
    assert "taken from a car" in letter.happened
    assert "happened on 2 March 2026" in letter.happened
    assert "found it out on 2 March 2026" in letter.happened
    assert "- name\n- Social Security number" in letter.kinds
    assert "credit reports" in letter.steps
    assert letter.lacks == ("doing", "contact")
    assert letter.is_draft


def test_who_died_is_written_to_through_the_next_of_kin() -> None:
    letter = drafted(LetterKind.NEXT_OF_KIN)
    assert letter.happened.startswith("We write to you as the next of kin")
    told = drafted(LetterKind.NEXT_OF_KIN, phi={Phi.SSN, Phi.NAME}).steps
    assert "TransUnion of the death" in told
    assert "you did not open" not in told
    assert "somebody who has died" in letter_text(letter, LetterKind.NEXT_OF_KIN, TODAY)
    assert "next of kin" not in drafted().happened


def test_a_draft_leaves_a_gap_for_what_is_not_known() -> None:
    letter = drafted()
    assert "do not know the day" in letter.happened
    assert letter.lacks == ("kinds", "steps", "doing", "contact")
    assert "credit" not in drafted(phi={Phi.DIAGNOSIS}).steps
    assert "90 days" in drafted(LetterKind.SUBSTITUTE).contact


def test_what_is_saved_is_a_version_sealed_and_audited(tx: Connection) -> None:
    one = Breaches(tx, now).enter(known(), RUTH)
    register = Letters(tx, now)
    assert register.latest(one, LetterKind.MEDIA).version == 0
    first = register.keep(one, LetterKind.MEDIA, 0, WRITTEN, RUTH)
    assert (first.version, first.by, first.is_draft) == (1, "ruth", False)
    with pytest.raises(Conflict, match="meanwhile"):
        register.keep(one, LetterKind.MEDIA, 0, WRITTEN, RUTH)
    register.keep(one, LetterKind.MEDIA, 1, WRITTEN | {"doing": " "}, RUTH)
    assert [v.version for v in register.history(one, LetterKind.MEDIA)] == [2, 1]
    assert register.latest(one, LetterKind.MEDIA).lacks == ("doing",)
    assert register.latest(one, LetterKind.INDIVIDUAL).version == 0
    assert all(
        b"All about" not in sealed for sealed in tx.execute(select(letters.c.sealed)).scalars()
    )
    assert len(AuditTrail(tx).list(action="change-breach-letter")) == 2


def test_a_letter_is_not_endless(tx: Connection) -> None:
    one = Breaches(tx, now).enter(known(), RUTH)
    with pytest.raises(InvalidInput) as refused:
        Letters(tx, now).keep(one, LetterKind.MEDIA, 0, WRITTEN | {"kinds": "x" * 4001}, RUTH)
    assert refused.value.where == "kinds"


def test_on_paper() -> None:
    letter = Letter(**WRITTEN | {"doing": "Locks <new> & keys"}, version=1)
    pdf = letter_pdf(letter, LetterKind.INDIVIDUAL, TODAY, ["HL-1", "HL-2"])
    assert len(PdfReader(BytesIO(pdf)).pages) == 2
    for page, number in enumerate(("HL-1", "HL-2")):
        found = words(pdf, page)
        assert f"Record number: {number}" in found
        assert "Locks <new> & keys" in found
        assert "Draft" not in found
        assert all(heading in found for heading in ("What happened", "What you can do"))
    template = words(letter_pdf(letter, LetterKind.INDIVIDUAL, TODAY))
    assert "Record number" not in template
    text = letter_text(letter, LetterKind.MEDIA, TODAY)
    assert text.startswith("To the media")
    assert "Locks <new> & keys" in text


def test_what_nobody_went_over_says_so() -> None:
    for letter in (drafted(), Letter(**WRITTEN | {"steps": "[to do]"}, version=3)):
        assert "Draft." in words(letter_pdf(letter, LetterKind.INDIVIDUAL, TODAY))
        assert letter_text(letter, LetterKind.INDIVIDUAL, TODAY).startswith("Draft.")


def test_the_secretary_s_sheet_has_what_is_asked() -> None:
    one = incident(
        Conclusion.BREACH, residents={"CA": 501, "??": 2}, phi={Phi.NAME}, patients=(ADA,)
    )
    facts = dict(facts_of(one, TODAY))
    assert facts["Individuals affected"] == "503"
    assert facts["Where they live"] == "California 501; State not known 2"
    assert facts["Type of breach"] == "Theft"
    assert facts["Prominent media in California"] == "Not notified yet"
    assert "HL-1" not in facts_text(facts.items(), TODAY)
    assert "Type of breach: Theft" in words(facts_pdf(facts.items(), TODAY))


def test_the_log_of_a_year() -> None:
    told = [
        incident(title="=1+1", residents={"CA": 3}),
        incident(Conclusion.BREACH, discovered=TODAY.replace(year=2025)),
        incident(Conclusion.LOW, title="No breach"),
    ]
    lines = breach_log(told, 2026).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=1+1,2026-03-02,,3,Theft,")
    assert ",presumed," in lines[1]
    assert len(breach_log(told, 2025).decode().splitlines()) == 2
