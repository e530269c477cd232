"""999 and 277CA: matched by control numbers, as a whole or not at all."""

import pytest
from sqlalchemy import Connection, func, select

from tests.revenue.made import ROSA, SUBJECT, claim, now
from tests.revenue.test_batches import TRADE, states
from wardround.capabilities.billing import Acknowledged, Acknowledgement, Answer, Fault
from wardround.kernel import Conflict, InvalidInput
from wardround.revenue.answers import Answers
from wardround.revenue.batches import Batch, Batches
from wardround.revenue.history import History
from wardround.revenue.ledger import Ledger
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import answers


@pytest.fixture
def ledger(tx: Connection) -> Ledger:
    ledger = Ledger(tx, now)
    for number in ("A", "B", "C"):
        ledger.enter(claim(number), None, SUBJECT, ROSA)
    return ledger


@pytest.fixture
def batch(ledger: Ledger, tx: Connection) -> Batch:
    made = Batches(tx, now)
    one = made.export(["A", "B"], TRADE, ROSA)
    made.mark_sent(one.number, ROSA)
    return made.find(one.number)


def of_form(
    batch: Batch, answer: Answer, sets: tuple[str, ...] = (), **more: object
) -> Acknowledgement:
    which = "rejected_sets" if answer is Answer.REJECTED else "accepted_sets"
    fields = {which: sets, **more}
    return Acknowledgement(
        kind="999", answer=answer, group_control=str(batch.group_control), **fields
    )


def taken_up(*claims: tuple[str, Answer]) -> Acknowledgement:
    told = tuple(
        Acknowledged(id=n, answer=a, statuses=("A3:21",) if a is Answer.REJECTED else ("A2:20",),
                     payer_control=f"ICN{n}")
        for n, a in claims
    )  # fmt: skip
    return Acknowledgement(kind="277CA", answer=Answer.ACCEPTED, claims=told)


def test_a_file_of_the_right_form(ledger: Ledger, batch: Batch, tx: Connection) -> None:
    control = Batches(tx).claims(batch.number)["A"]
    Answers(tx, now).read([of_form(batch, Answer.ACCEPTED, (control,))], b"1", ROSA)
    assert Batches(tx).find(batch.number).state == "accepted"
    assert states(ledger) == "A:sent B:sent C:ready"


def test_a_set_of_the_wrong_form(ledger: Ledger, batch: Batch, tx: Connection) -> None:
    control = Batches(tx).claims(batch.number)["A"]
    fault = Fault(set_control=control, segment="NM1", position=12, code="8", says="Too long")
    told = of_form(batch, Answer.REJECTED, (control,), faults=(fault,))
    Answers(tx, now).read([told], b"1", ROSA)
    assert Batches(tx).find(batch.number).state == "rejected"
    assert states(ledger) == "A:rejected B:rejected C:ready"
    assert History(tx).of("A")[0].words == "NM1 segment 12 8 Too long"


def test_claims_are_taken_up_or_not(ledger: Ledger, batch: Batch, tx: Connection) -> None:
    told = taken_up(("A", Answer.ACCEPTED), ("B", Answer.REJECTED))
    Answers(tx, now).read([told], b"1", ROSA)
    assert states(ledger) == "A:accepted B:rejected C:ready"
    assert ledger.find("A").listed.payer_control == "ICNA"
    assert History(tx).of("B")[0].words == "A3:21"
    # Corrected, it goes out again under its own number, in another batch.
    ledger.amend(claim("B"), ROSA, "Member number")
    assert Batches(tx, now).export(["B"], TRADE, ROSA).number == batch.number + 1


@pytest.mark.requirement("REV-07")
@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Acknowledgement(kind="999", answer=Answer.REJECTED, group_control="777"), "group control"),
        (Acknowledgement(kind="999", answer=Answer.REJECTED, group_control="x"), "group control"),
        (taken_up(("A", Answer.REJECTED), ("Z", Answer.REJECTED)), "1 of 2 claims are not ours"),
        (taken_up(("A", Answer.REJECTED), ("C", Answer.REJECTED)), "never sent"),
    ],
)
def test_what_is_not_ours_changes_nothing(
    ledger: Ledger, batch: Batch, tx: Connection, told: Acknowledgement, said: str
) -> None:
    good = taken_up(("A", Answer.ACCEPTED))
    with pytest.raises(InvalidInput, match=said):
        Answers(tx, now).read([good, told], b"1", ROSA)
    assert states(ledger) == "A:sent B:sent C:ready"
    assert tx.execute(select(func.count()).select_from(answers)).scalar() == 0


def test_a_set_that_the_batch_does_not_have(batch: Batch, tx: Connection) -> None:
    with pytest.raises(InvalidInput, match="does not have"):
        Answers(tx, now).read([of_form(batch, Answer.REJECTED, ("9999",))], b"1", ROSA)


def test_the_same_file_is_read_once(ledger: Ledger, batch: Batch, tx: Connection) -> None:
    told = [taken_up(("A", Answer.ACCEPTED))]
    Answers(tx, now).read(told, b"1", ROSA)
    with pytest.raises(Conflict, match="read before"):
        Answers(tx, now).read(told, b"1", ROSA)


def test_a_late_answer_undoes_no_decision(ledger: Ledger, batch: Batch, tx: Connection) -> None:
    ledger.move("A", ClaimState.PAID, ROSA, "decided by payer")
    (outcome,) = Answers(tx, now).plan([taken_up(("A", Answer.REJECTED))], b"1")
    assert outcome.claims[0].then is ClaimState.PAID
    with pytest.raises(InvalidInput, match="no answer"):
        Answers(tx, now).plan([], b"1")


def test_a_refused_envelope_refuses_all(ledger: Ledger, batch: Batch, tx: Connection) -> None:
    told = Acknowledgement(kind="TA1", answer=Answer.REJECTED, reference=f"{batch.number:09}")
    Answers(tx, now).read([told], b"1", ROSA)
    assert states(ledger) == "A:rejected B:rejected C:ready"
    strange = told.model_copy(update={"reference": "000000777"})
    with pytest.raises(InvalidInput, match="interchange control number"):
        Answers(tx, now).plan([strange], b"2")
