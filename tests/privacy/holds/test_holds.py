"""Legal holds: placed, lifted, sealed, audited, and what they forbid."""

import pytest
from sqlalchemy import Connection, select

from wardround.kernel import Actor, Conflict, InvalidInput, NotFound, Role
from wardround.privacy.holds import LegalHolds, held
from wardround.privacy.holds.tables import holds
from wardround.security import AuditTrail

ADA = "Patient/ada"
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")


def test_a_hold_stands_until_it_is_lifted(tx: Connection) -> None:
    assert held(tx, ADA) is None
    one = LegalHolds(tx).place(ADA, "Vega v. Clinic", RUTH)
    assert "legal hold on it since" in (held(tx, ADA) or "")
    assert "Vega" not in (held(tx, ADA) or "")
    assert held(tx, "Patient/other") is None
    LegalHolds(tx).lift(one, "Settled", RUTH)
    assert held(tx, ADA) is None
    (kept,) = LegalHolds(tx).list()
    assert (kept.matter, kept.why, kept.lifted_by) == ("Vega v. Clinic", "Settled", "ruth")


def test_a_hold_on_all_is_on_everybody(tx: Connection) -> None:
    LegalHolds(tx).place(None, "Audit by the state", RUTH)
    assert held(tx, ADA)
    assert held(tx, "Patient/other")


def test_of_two_holds_each_is_lifted_by_itself(tx: Connection) -> None:
    first = LegalHolds(tx).place(ADA, "One", RUTH)
    LegalHolds(tx).place(ADA, "Two", RUTH)
    LegalHolds(tx).lift(first, "Over", RUTH)
    assert held(tx, ADA)
    with pytest.raises(Conflict, match="lifted before"):
        LegalHolds(tx).lift(first, "Over", RUTH)
    with pytest.raises(NotFound):
        LegalHolds(tx).lift("nothing", "Over", RUTH)
    assert [one.matter for one in LegalHolds(tx).list()] == ["Two", "One"]


@pytest.mark.parametrize("words", [" ", "x" * 1001])
def test_a_matter_and_a_reason_have_words(tx: Connection, words: str) -> None:
    with pytest.raises(InvalidInput):
        LegalHolds(tx).place(ADA, words, RUTH)
    one = LegalHolds(tx).place(ADA, "One", RUTH)
    with pytest.raises(InvalidInput):
        LegalHolds(tx).lift(one, words, RUTH)
    assert held(tx, ADA)


def test_words_are_sealed_and_deeds_audited(tx: Connection) -> None:
    one = LegalHolds(tx).place(ADA, "Vega v. Clinic", RUTH)
    LegalHolds(tx).lift(one, "Settled", RUTH)
    row = tx.execute(select(holds)).one()
    assert b"Vega" not in row.matter
    assert b"Settled" not in row.why
    events = AuditTrail(tx).list(subject=ADA, entity=f"hold/{one}")
    assert [event.action for event in events] == ["remove-hold", "add-hold"]
