"""From signed claims to the last cent, with a payer that is simulated from a seed."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.revenue.made import ROSA, SUBJECT, claim, now
from tests.revenue.payer import Asked, Payer, Service, claims_of
from tests.revenue.test_batches import TRADE
from wardround.kernel import InvalidInput
from wardround.revenue import (
    Account,
    Answers,
    Batch,
    Batches,
    Books,
    ClaimState,
    Deeds,
    Holding,
    Ledger,
    Postings,
    WorkKind,
    WorkList,
    read_incoming,
)


def batch_of(tx: Connection, many: int) -> tuple[Batch, bytes]:
    ledger, batches = Ledger(tx, now), Batches(tx, now)
    for n in range(many):
        charges = tuple(f"{40 + 7 * n + k}.{(n * 13 + k) % 100:02}" for k in range(1 + n % 4))
        ledger.enter(claim(f"E{n}", charges), None, SUBJECT, ROSA)
    batch = batches.export([f"E{n}" for n in range(many)], TRADE, ROSA)
    batches.mark_sent(batch.number, ROSA)
    return batch, batches.file(batch.number, ROSA)


def read(tx: Connection, answer: str) -> None:
    incoming = read_incoming(answer.encode())
    if incoming.remittances:
        Postings(tx, now).post(incoming.remittances, ROSA)
    else:
        Answers(tx, now).read(incoming.answers, answer.encode(), ROSA)


@pytest.mark.requirement("REV-06")
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 9999), many=st.integers(1, 9))
def test_all_the_way(tx: Connection, seed: int, many: int) -> None:
    with tx.begin_nested() as undone:
        payer, ledger = Payer(seed, refuses=0.3), Ledger(tx, now)
        batch, file = batch_of(tx, many)
        read(tx, payer.takes(file))
        assert Batches(tx).find(batch.number).state == "accepted"
        read(tx, payer.accepts(file, refused=["E0"]))
        assert ledger.find("E0").listed.state is ClaimState.REJECTED
        rest = [one for one in claims_of(file) if one.id != "E0"]
        held = Asked(
            "STRANGE-1", Decimal("10.00"), (Service("99212", Decimal(10), "", "20261102"),)
        )
        remittance = payer.remits([*rest, held], "T1", withheld=Decimal("1.23"))
        (paid,) = read_incoming(remittance.encode()).remittances
        read(tx, remittance)

        found = ledger.known(one.id for one in rest)
        for one in found.values():
            balance = one.balance
            assert balance.charge - balance.paid - balance.adjusted == balance.open
            assert not balance.payer  # everything was decided
            assert not balance.written_off
        by_claims = sum((one.balance.paid for one in found.values()), Decimal(0))
        (waiting,) = Holding(tx).list()
        assert by_claims + waiting.amount - Decimal("1.23") == paid.amount
        assert Books(tx).total(Account.CASH) == paid.amount * 100

        for item in WorkList(tx, now).list():
            assert item.kind is WorkKind.DENIAL
            Deeds(tx, now).write_off(item.id, "Nothing can be done", ROSA)
        for one in ledger.known(found).values():
            assert not one.balance.denied
            assert one.balance.open == one.balance.patient
        undone.rollback()


def test_a_file_of_the_wrong_form_comes_back(tx: Connection) -> None:
    batch, file = batch_of(tx, 2)
    read(tx, Payer(1).takes(file, form=False))
    assert Batches(tx).find(batch.number).state == "rejected"
    assert Ledger(tx).counts() == {ClaimState.REJECTED: 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ISA"),
        ("hello", "ISA"),
        (Payer(1).remits([], "T").replace("SE*10*", "SE*9*"), "count"),
        (Payer(1).remits([], "T")[:400], "stops within a segment"),
    ],
)
def test_what_is_no_file_of_a_payer(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_incoming(text.encode())


def test_our_own_file_is_no_answer(tx: Connection) -> None:
    _, file = batch_of(tx, 1)
    with pytest.raises(InvalidInput, match="This file holds 837"):
        read_incoming(file)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_letters_that_x12_does_not_have_are_told_by_their_place(encoding: str) -> None:
    text = Payer(1).remits([], "T").replace("MEDICARE", "ASSUR\u00c9")
    with pytest.raises(InvalidInput, match="segment 7, N102"):
        read_incoming(text.encode(encoding))
