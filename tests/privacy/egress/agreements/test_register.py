from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from tests.privacy.egress.parties import NOON, OFFICER, TODAY, terms
from wardround.database import Database
from wardround.kernel import Conflict, InvalidInput, NotAllowed, NotFound, TooLarge
from wardround.privacy.egress import Agreements, Papers, Standing
from wardround.privacy.egress.agreements import papers
from wardround.privacy.egress.agreements.tables import agreements, documents
from wardround.security import AuditTrail

PDF = b"%PDF-1.7 signed by Vendor Incorporated"


class Undone(Exception):
    pass


def now() -> datetime:
    return NOON


@pytest.fixture
def tx(unchanged_database: Database) -> Iterator[Connection]:
    with suppress(Undone), unchanged_database.begin() as tx:
        yield tx
        raise Undone


@pytest.fixture
def register(tx: Connection) -> Agreements:
    return Agreements(tx, now)


def test_what_is_entered_is_found(register: Agreements) -> None:
    entered = register.add(terms(), OFFICER)
    other = register.add(terms(party="a small laboratory"), OFFICER)
    assert register.find(entered.id) == entered
    assert (entered.version, entered.change, entered.by) == (1, "entered", OFFICER.id)
    assert entered.at == NOON
    assert register.list() == [other, entered]
    with pytest.raises(NotFound):
        register.find("nothing")


def test_every_change_is_a_version_and_audited(register: Agreements, tx: Connection) -> None:
    first = register.add(terms(), OFFICER)
    second = register.revise(first.id, 1, terms(contact="Jo, 555 0100"), OFFICER)
    third = register.renew(first.id, 2, TODAY + timedelta(days=900), OFFICER)
    last = register.terminate(first.id, 3, TODAY, " No longer used. ", OFFICER)
    assert register.history(first.id) == [last, third, second, first]
    assert register.list() == [last]
    assert last.reason == "No longer used."
    assert last.terms.expires == TODAY + timedelta(days=900)
    assert last.terms.contact == "Jo, 555 0100"
    assert last.standing(TODAY) is Standing.TERMINATED
    audited = AuditTrail(tx).list(entity=f"agreement/{first.id}")
    assert [(event.action, event.detail["change"]) for event in reversed(audited)] == [
        ("add-agreement", "entered"),
        ("change-agreement", "changed"),
        ("change-agreement", "renewed"),
        ("change-agreement", "terminated"),
    ]


def test_two_who_change_the_same_version(register: Agreements) -> None:
    first = register.add(terms(), OFFICER)
    register.revise(first.id, 1, terms(contact="Jo"), OFFICER)
    with pytest.raises(Conflict, match="meanwhile"):
        register.revise(first.id, 1, terms(contact="Al"), OFFICER)
    with pytest.raises(Conflict, match="meanwhile"):
        register.renew(first.id, 1, TODAY + timedelta(days=900), OFFICER)
    with pytest.raises(Conflict, match="meanwhile"):
        register.terminate(first.id, 1, TODAY, "Late.", OFFICER)
    assert register.find(first.id).terms.contact == "Jo"


def test_what_is_over_is_not_renewed(register: Agreements) -> None:
    first = register.add(terms(), OFFICER)
    with pytest.raises(InvalidInput, match="later"):
        register.renew(first.id, 1, TODAY + timedelta(days=200), OFFICER)
    with pytest.raises(InvalidInput, match="reason"):
        register.terminate(first.id, 1, TODAY, "  ", OFFICER)
    register.terminate(first.id, 1, TODAY, "Over.", OFFICER)
    with pytest.raises(NotAllowed, match="not renewed"):
        register.renew(first.id, 2, TODAY + timedelta(days=900), OFFICER)
    with pytest.raises(Conflict, match="terminated already"):
        register.terminate(first.id, 2, TODAY, "Again.", OFFICER)


def test_a_signed_document_is_kept_as_it_came(register: Agreements, tx: Connection) -> None:
    first = register.add(terms(), OFFICER)
    shelf = Papers(tx, now)
    paper = shelf.add(first.id, "../signed\r\n.pdf", PDF, OFFICER)
    (listed,) = shelf.list(first.id)
    assert (listed.name, listed.media_type, listed.size) == ("..signed.pdf", "application/pdf", 38)
    assert shelf.read(first.id, paper) == (listed, PDF)
    assert register.find(first.id).documents == 1
    with pytest.raises(NotFound):
        shelf.read("another", paper)
    with pytest.raises(NotFound):
        shelf.add("another", "signed.pdf", PDF, OFFICER)


def test_what_is_no_document(
    register: Agreements, tx: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = register.add(terms(), OFFICER)
    shelf = Papers(tx, now)
    for data in (b"", b"<html>", b"MZ\x90"):
        with pytest.raises(InvalidInput, match="PDF, PNG or JPEG"):
            shelf.add(first.id, "a.pdf", data, OFFICER)
    monkeypatch.setattr(papers, "MOST", 10)
    with pytest.raises(TooLarge):
        shelf.add(first.id, "a.pdf", PDF, OFFICER)


def test_nothing_is_readable_without_the_keys(register: Agreements, tx: Connection) -> None:
    first = register.add(terms(), OFFICER)
    Papers(tx, now).add(first.id, "signed.pdf", PDF, OFFICER)
    kept = b"".join(
        bytes(value)
        for table in (agreements, documents)
        for row in tx.execute(select(table))
        for value in row
        if isinstance(value, bytes | memoryview)
    )
    for words in (b"Vendor", b"vendor.example", b"signed"):
        assert words not in kept
