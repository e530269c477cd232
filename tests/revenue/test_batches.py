"""Batches: complete claims only, once, under numbers of their own, kept byte for byte."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import Connection, select

from tests.revenue.made import NOW, ROSA, SUBJECT, claim, money, now
from wardround.capabilities.billing import Claim, ClaimKind, Edit, Known, Trader
from wardround.kernel import Conflict, InvalidInput, NotAllowed, NotFound, Severity
from wardround.revenue.batches import Batches, Trade
from wardround.revenue.ledger import Ledger
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import batches


class Diagnosed:
    """A scrubber that asks for a diagnosis, and remarks on something else."""

    def scrub(self, claim: Claim, known: Known | None, on: date) -> Sequence[Edit]:
        assert on == NOW.date()
        said = {"says": "-", "mend": "-", "source": "-"}
        edits = [Edit(rule="W1", severity=Severity.WARN, **said)]
        if known and any(one.lines == claim.lines and one.note for one in known.claims):
            edits.append(Edit(rule="DUP", severity=Severity.BLOCK, **said))
        if claim.diagnoses:
            return edits
        return [*edits, Edit(rule="DX1", severity=Severity.BLOCK, **said)]


class Lenient:
    """A scrubber that finds nothing."""

    def scrub(self, claim: Claim, known: Known | None, on: date) -> Sequence[Edit]:
        return ()


TRADE = Trade(
    Trader(id="WARDROUND", name="Wardround Clinic", contact="Rosa", phone="2175550100"),
    Trader(id="CLEARING", name="Clearing House"),
    Diagnosed(),
)


@pytest.fixture
def ledger(tx: Connection) -> Ledger:
    ledger = Ledger(tx, now)
    for number in ("A", "B", "C"):
        ledger.enter(claim(number), None, SUBJECT, ROSA)
    return ledger


def states(ledger: Ledger) -> str:
    return " ".join(f"{one.id}:{one.state}" for one in sorted(ledger.list(), key=lambda c: c.id))


@pytest.mark.requirement("REV-02")
def test_a_batch_is_a_file_under_numbers_of_its_own(ledger: Ledger, tx: Connection) -> None:
    made = Batches(tx, now)
    one, two = made.export(["A", "B"], TRADE, ROSA), made.export(["C"], TRADE, ROSA)
    assert (one.claims, one.charge, one.state) == (2, money("400"), "made")
    assert (two.number, two.group_control) == (one.number + 1, one.group_control + 1)
    assert states(ledger) == "A:batched B:batched C:batched"
    file = made.file(one.number, ROSA)
    assert file == made.file(one.number, ROSA)
    segments = file.decode().replace("\n", "").split("~")
    control = made.claims(one.number)["A"]
    assert made.claims(one.number) == {"A": control, "B": control}
    assert made.claims(two.number)["C"] != control
    assert f"ST*837*{control}*005010X222A1" in segments
    assert next(s for s in segments if s.startswith("CLM*")).startswith("CLM*A*200*")
    assert segments[0].split("*")[13] == f"{one.number:09}"
    assert next(s for s in segments if s.startswith("GS*")).split("*")[6] == str(one.group_control)
    assert [each.number for each in made.of_claim("A")] == [one.number]
    assert one.name == f"837-{one.number:09}.txt"


@pytest.mark.requirement("REV-02")
def test_an_incomplete_claim_is_in_no_batch(ledger: Ledger, tx: Connection) -> None:
    ledger.enter(claim("D", diagnoses=()), None, SUBJECT, ROSA)
    with pytest.raises(NotAllowed, match=r"Not complete: claim D \(DX1\)\. .*No batch was made"):
        Batches(tx, now).export(["A", "D"], TRADE, ROSA)
    assert states(ledger) == "A:ready B:ready C:ready D:ready"
    assert Batches(tx, now).list() == []


def test_the_patients_other_claims_are_known_to_the_scrubber(
    ledger: Ledger, tx: Connection
) -> None:
    made = Batches(tx, now)
    ledger.enter(claim("N", note="Has one"), None, SUBJECT, ROSA)
    with pytest.raises(NotAllowed, match=r"claim A \(DUP\)"):
        made.export(["A"], TRADE, ROSA)
    assert made.export(["N"], TRADE, ROSA).claims == 1  # it is not beside itself


@pytest.mark.requirement("REV-02")
def test_a_claim_goes_out_once(ledger: Ledger, tx: Connection) -> None:
    made = Batches(tx, now)
    made.export(["A"], TRADE, ROSA)
    with pytest.raises(NotAllowed, match="claim A: This claim is batched: it goes out once"):
        made.export(["A", "B"], TRADE, ROSA)
    assert made.export(["B", "B"], TRADE, ROSA).claims == 1
    with pytest.raises(NotFound):
        made.export(["Z"], TRADE, ROSA)
    with pytest.raises(NotAllowed, match="a claim at least"):
        made.export([], TRADE, ROSA)


def test_forms_are_not_mixed(ledger: Ledger, tx: Connection) -> None:
    ledger.enter(claim("I", kind=ClaimKind.INSTITUTIONAL), None, SUBJECT, ROSA)
    with pytest.raises(NotAllowed, match="claims of one form"):
        Batches(tx, now).export(["A", "I"], TRADE, ROSA)


def test_what_cannot_be_written_leaves_nothing(ledger: Ledger, tx: Connection) -> None:
    """Where the checks were too lenient, the writer still refuses, and no number is used."""
    ledger.enter(claim("D", diagnoses=()), None, SUBJECT, ROSA)
    lenient = TRADE._replace(scrubber=Lenient())
    with pytest.raises(InvalidInput, match="cannot be sent"), tx.begin_nested():
        Batches(tx, now).export(["D"], lenient, ROSA)
    first = Batches(tx, now).export(["A"], TRADE, ROSA)
    assert first.number == 1
    assert ledger.find("D").listed.state is ClaimState.READY


def test_a_batch_is_marked_as_sent_by_a_person_or_taken_back(
    ledger: Ledger, tx: Connection
) -> None:
    made = Batches(tx, now)
    one, two = made.export(["A"], TRADE, ROSA), made.export(["B"], TRADE, ROSA)
    made.mark_sent(one.number, ROSA)
    made.take_back(two.number, ROSA)
    assert states(ledger) == "A:sent B:ready C:ready"
    assert (made.find(one.number).sent_by, made.find(two.number).state) == ("rosa", "taken back")
    with pytest.raises(Conflict, match="sent already"):
        made.take_back(one.number, ROSA)
    with pytest.raises(Conflict, match="taken back already"):
        made.mark_sent(two.number, ROSA)
    again = made.export(["B"], TRADE, ROSA)
    assert again.number == two.number + 1


@pytest.mark.requirement("REV-08")
def test_the_file_is_sealed(ledger: Ledger, tx: Connection) -> None:
    Batches(tx, now).export(["A"], TRADE, ROSA)
    assert "VEGA" not in repr(tx.execute(select(batches)).all()).upper()
