"""Entries of the registers go when they have been over for six years, and never before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import Connection

from wardround.kernel import Actor, NotFound, Role
from wardround.privacy.disclosures import Disclosures
from wardround.privacy.egress import Agreements, Papers, Terms
from wardround.privacy.holds import LegalHolds
from wardround.privacy.retention import Registers
from wardround.security import Emergencies, Judgement, Reason
from wardround.settings import Settings

ADA = "Patient/ada"
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")
OSEI = Actor(id="osei", name="O", role=Role.CLINICIAN, reference="Practitioner/osei")
THEN = datetime(2020, 3, 2, 12, tzinfo=UTC)
LATER = THEN + timedelta(days=3)


def then() -> datetime:
    return THEN


def disclosure(tx: Connection) -> str:
    return Disclosures(tx, then).enter(ADA, date(2020, 3, 1), "County", "Test", "Law", RUTH)


def hold(tx: Connection) -> str:
    placed = LegalHolds(tx, then).place(ADA, "Claim", RUTH)
    LegalHolds(tx, then).lift(placed, "Settled", RUTH)
    return placed


def emergency(tx: Connection) -> str:
    life = timedelta(hours=-1)
    opened = Emergencies(tx, then).open(OSEI, ADA, Reason.EMERGENCY, "Collapsed", life)
    Emergencies(tx, then).review(opened.id, RUTH, Judgement.APPROPRIATE, "")
    return opened.id


def agreement(tx: Connection) -> str:
    ended = Terms(party="Vendor", effective=date(2019, 1, 1), expires=date(2020, 2, 28))
    made = Agreements(tx, then).add(ended, RUTH).id
    Papers(tx, then).add(made, "signed.pdf", b"%PDF-", RUTH)
    return made


Make = Callable[[Connection], str]
MADE = [disclosure, hold, emergency, agreement]


@pytest.mark.parametrize("make", MADE)
def test_what_is_over_goes_and_nothing_earlier(tx: Connection, make: Make) -> None:
    entry, keeper = make(tx), Registers()
    assert keeper.due(tx, THEN - timedelta(days=2)) == []
    (item,) = keeper.due(tx, LATER)
    assert item.reference == f"{make.__name__}/{entry}"
    assert item.subject == (None if make is agreement else ADA)
    assert not keeper.destroy(tx, item, THEN - timedelta(days=2))
    assert keeper.destroy(tx, item, LATER)
    assert keeper.due(tx, LATER) == []
    assert not keeper.destroy(tx, item, LATER)


def test_an_agreement_goes_with_its_papers(tx: Connection) -> None:
    made, keeper = agreement(tx), Registers()
    keeper.destroy(tx, keeper.due(tx, LATER)[0], LATER)
    assert Papers(tx).list(made) == []
    with pytest.raises(NotFound):
        Agreements(tx).find(made)


def test_what_stands_or_waits_is_never_over(tx: Connection) -> None:
    LegalHolds(tx, then).place(ADA, "Claim", RUTH)
    Emergencies(tx, then).open(OSEI, ADA, Reason.EMERGENCY, "Collapsed", timedelta(hours=1))
    for expires in (None, date(2099, 1, 1)):
        terms = Terms(party="Vendor", effective=date(2019, 1, 1), expires=expires)
        Agreements(tx, then).add(terms, RUTH)
    assert Registers().due(tx, datetime(2040, 1, 1, tzinfo=UTC)) == []


def test_an_agreement_changed_since_is_not_over(tx: Connection) -> None:
    made = agreement(tx)
    changed = Agreements(tx, lambda: LATER)
    changed.terminate(made, 1, date(2020, 2, 1), "Moved", RUTH)
    assert Registers().due(tx, LATER) == []
    assert len(Registers().due(tx, LATER + timedelta(days=1))) == 1


def test_six_years_are_the_least() -> None:
    six = (date(2029, 1, 1) - date(2023, 1, 1)).days  # with two leap days, 2024 and 2028
    assert Settings(keep_registers_days=six).keep_registers_days == six
    with pytest.raises(ValidationError):
        Settings(keep_registers_days=six - 1)
