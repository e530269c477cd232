"""The account of disclosures: what comes in, and what a patient is told of it."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import Connection, select

from wardround.kernel import Actor, InvalidInput, Role
from wardround.privacy.disclosures import (
    Account,
    Disclosures,
    Entry,
    account_csv,
    account_of,
    account_pdf,
    note_disclosure,
)
from wardround.privacy.disclosures.tables import disclosures
from wardround.privacy.egress import Disclosure, Purpose
from wardround.security import AuditTrail

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOW.date()
ADA = "Patient/ada"
RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")


def entered(tx: Connection, day: date = TODAY, /, **more: str) -> str:
    said = {"recipient": "County Health", "what": "Measles test", "why": "Public health"} | more
    return Disclosures(tx, lambda: NOW).enter(ADA, day, by=RUTH, **said)


def told(tx: Connection) -> list[Entry]:
    return Disclosures(tx).of(ADA, date(2000, 1, 1), TODAY)


def account(tx: Connection) -> Account:
    return account_of(told(tx), TODAY)


def test_an_entry_is_kept_sealed_and_audited(tx: Connection) -> None:
    one = entered(tx, address="1 Quay")
    (entry,) = told(tx)
    assert (entry.recipient, entry.address, entry.by) == ("County Health", "1 Quay", "ruth")
    assert b"County" not in tx.execute(select(disclosures.c.sealed)).scalar_one()
    (event,) = AuditTrail(tx).list(action="add-disclosure")
    assert (event.subject, event.entity) == (ADA, f"disclosure/{one}")
    assert Disclosures(tx).of("Patient/other", date(2000, 1, 1), TODAY) == []


@pytest.mark.parametrize("part", ["recipient", "what", "why"])
def test_what_an_account_must_say_is_demanded(tx: Connection, part: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        entered(tx, **{part: "  "})
    assert refused.value.where == part
    with pytest.raises(InvalidInput, match="more than"):
        entered(tx, **{part: "x" * 1001})


def test_what_is_to_come_was_not_disclosed(tx: Connection) -> None:
    with pytest.raises(InvalidInput, match="to come"):
        entered(tx, TODAY + timedelta(days=2))


def test_many_to_one_recipient_for_one_purpose_are_told_together(tx: Connection) -> None:
    for days in (3, 30, 10):
        entered(tx, TODAY - timedelta(days=days))
    entered(tx, recipient="COUNTY HEALTH", what="Address")
    entered(tx, recipient="Court", why="Subpoena 12/7")
    court, county = sorted(account(tx).groups, key=lambda group: group.count)
    assert (court.recipient, court.count) == ("Court", 1)
    assert (county.count, county.first, county.last) == (4, TODAY - timedelta(days=30), TODAY)
    assert county.what == ("Measles test", "Address")
    assert account(tx).count == 5


@pytest.mark.parametrize(
    ("until", "first"),
    [(date(2026, 3, 2), date(2020, 3, 2)), (date(2024, 2, 29), date(2018, 2, 28))],
)
def test_it_goes_back_six_years_to_the_day(until: date, first: date) -> None:
    def on(day: date) -> Entry:
        said = {"recipient": "R", "address": "", "what": "W", "why": "Y"}
        return Entry(id="1", patient=ADA, day=day, **said)

    assert account_of([on(first - timedelta(days=1))], until).groups == ()
    assert account_of([on(first), on(until)], until).count == 2
    assert account_of([on(until + timedelta(days=1))], until).count == 0


def test_the_gate_enters_what_it_lets_out(tx: Connection) -> None:
    note_disclosure(
        tx,
        Disclosure(
            at=NOW,
            subject=ADA,
            recipient="registry",
            host="registry.example",
            data=("records", "text"),
            purpose=next(one for one in Purpose if one.accounted),
            basis="agreement",
        ),
    )
    (entry,) = told(tx)
    assert (entry.recipient, entry.address, entry.by) == ("registry", "registry.example", None)
    assert entry.what == "records, text"


def test_the_letter_says_it_in_words(tx: Connection) -> None:
    entered(tx, recipient="Clerk <of> & Court", address="1 Quay")
    entered(tx, TODAY - timedelta(days=9), recipient="Clerk <of> & Court")
    page = PdfReader(BytesIO(account_pdf(account(tx), "HL-1", TODAY))).pages[0].extract_text()
    text = " ".join(page.split())
    for words in (
        "Account of disclosures",
        "Record number: HL-1",
        "from 2 March 2020 to 2 March 2026",
        "Clerk <of> & Court",
        "2 times, first on 21 February 2026, last on 2 March 2026",
        "Public health",
    ):
        assert words in text


def test_an_empty_account_says_so() -> None:
    pdf = account_pdf(account_of([], TODAY), "HL-1", TODAY)
    assert "There was none" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_no_cell_of_the_table_is_a_formula(tx: Connection) -> None:
    entered(tx, recipient="=HYPERLINK(1)")
    lines = account_csv(account(tx)).decode().splitlines()
    assert lines[0] == "recipient,address,what,why,count,first,last"
    assert lines[1].startswith("'=HYPERLINK(1),")
