"""The 999 and 277CA read back: matched by control numbers, as a whole or not at all."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from wardround.capabilities.billing import Acknowledged, Acknowledgement, Answer
from wardround.kernel import Actor, Clock, Conflict, InvalidInput, Noun, system_clock
from wardround.revenue.batches import Batch, Batches
from wardround.revenue.ledger import Ledger
from wardround.revenue.model import Listed
from wardround.revenue.state import MOVES, ClaimState
from wardround.revenue.tables import answer_place, answers
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, vault_of

_TOLD = 5


class Answered(Noun):
    """What an answer makes of one claim; it stays where it was decided meanwhile."""

    claim: str
    now: ClaimState
    then: ClaimState
    batch: int | None = None
    payer_control: str = ""
    says: str = ""


class Outcome(Noun):
    """What an answer makes of a batch and of its claims."""

    kind: str
    batch: int | None
    state: str
    claims: tuple[Answered, ...]


class Answers:
    """What payers answered to files, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock
        self._ledger = Ledger(tx, clock)
        self._batches = Batches(tx, clock)

    def plan(self, found: Sequence[Acknowledgement], file: bytes) -> Sequence[Outcome]:
        """Return what an answer would do; nothing is changed.

        Raise ``InvalidInput`` where it answers a batch or a claim that we do not know, and
        ``Conflict`` where this file was read before.
        """
        if not found:
            raise InvalidInput("There is no answer in this file.")
        same = answers.c.digest == sha256(file).hexdigest()
        if self._tx.execute(select(answers.c.id).where(same)).first():
            raise Conflict("This file was read before.", mend="Nothing was changed.")
        ways = {"999": self._of_file, "TA1": self._of_interchange}
        return [ways.get(one.kind, self._of_claims)(one) for one in found]

    def read(self, found: Sequence[Acknowledgement], file: bytes, by: Actor) -> Sequence[Outcome]:
        """Let an answer change the batch and its claims: all of them, or none on an error."""
        outcomes, answer = self.plan(found, file), str(uuid4())
        vault, place = vault_of(self._tx), answer_place(answer)
        self._tx.execute(
            insert(answers).values(
                id=answer,
                kind=found[0].kind,
                digest=sha256(file).hexdigest(),
                batch=next((one.batch for one in outcomes if one.batch is not None), None),
                answer=str(found[0].answer),
                read=self._clock(),
                read_by=by.id,
                body=vault.seal(self._tx, NOBODY, file, place),
            )
        )
        for one in outcomes:
            if one.batch is not None and one.state:
                self._batches.answered(one.batch, one.state)
            for claim in one.claims:
                self._ledger.move(
                    claim.claim,
                    claim.then,
                    by,
                    f"{one.kind} read",
                    about=answer,
                    words=claim.says,
                    payer_control=claim.payer_control[:64],
                )
        AuditTrail(self._tx, self._clock).record(
            "add-answer",
            "success",
            actor=by,
            entity=f"answer/{answer}",
            purpose=PurposeOfUse.PAYMENT,
            detail={"kind": found[0].kind},
        )
        return outcomes

    def _of_interchange(self, one: Acknowledgement) -> Outcome:
        """Read a TA1, of the envelope: where it refuses, nothing of the file was read."""
        batch = self._batches.by_interchange(one.reference)
        if batch is None:
            raise InvalidInput(
                "No batch of ours went out with this interchange control number.",
                where=f"TA1 of {one.reference[:20] or '(none)'}",
                mend="Nothing was changed. See whether the file was meant for others.",
            )
        if one.answer is not Answer.REJECTED:
            return Outcome(kind="TA1", batch=batch.number, state=batch.state, claims=())
        return self._all_refused(one, batch)

    def _of_file(self, one: Acknowledgement) -> Outcome:
        """Read a 999, of the form of a file: a set that is refused never came to the payer."""
        batch = self._batches.by_group(one.group_control)
        if batch is None:
            raise InvalidInput(
                "No batch of ours went out with this group control number.",
                where=f"999 of group {one.group_control[:20] or '(none)'}",
                mend="Nothing was changed. See whether the file was meant for others.",
            )
        sets = self._batches.claims(batch.number)
        _require_sets(one, batch, set(sets.values()))
        refused = set(one.rejected_sets)
        if one.answer is Answer.REJECTED and not (refused or one.accepted_sets):
            refused = set(sets.values())
        known = self._ledger.known(sets)
        claims = [
            _step(known[claim], ClaimState.REJECTED, _faults(one, control), batch.number)
            for claim, control in sets.items()
            if control in refused
        ]
        state = "accepted"
        if refused:
            state = "rejected" if refused >= set(sets.values()) else "partly rejected"
        return Outcome(kind="999", batch=batch.number, state=state, claims=tuple(claims))

    def _of_claims(self, one: Acknowledgement) -> Outcome:
        """Read a 277CA: whether each claim was taken up for adjudication."""
        if not one.claims:
            return self._of_whole(one)
        known = self._ledger.known(claim.id for claim in one.claims)
        strange = [n for n, claim in enumerate(one.claims, 1) if claim.id not in known]
        if strange:
            raise InvalidInput(
                f"{len(strange)} of {len(one.claims)} claims are not ours.",
                where=f"277CA, claim no. {', '.join(map(str, strange[:_TOLD]))}",
                mend="Nothing was changed. See whether the file was meant for others.",
            )
        claims = tuple(self._taken_up(claim, known[claim.id]) for claim in one.claims)
        batch = next((each.batch for each in claims if each.batch is not None), None)
        return Outcome(kind="277CA", batch=batch, state="", claims=claims)

    def _of_whole(self, one: Acknowledgement) -> Outcome:
        """Read a 277CA that speaks of the file alone, by the reference we gave it (BHT03)."""
        batch = self._batches.by_interchange(one.reference.partition("-")[0])
        if batch is None:
            raise InvalidInput(
                "It names no claim, and no batch of ours.",
                where="277CA",
                mend="Nothing was changed. See whether the file was meant for others.",
            )
        if one.answer is not Answer.REJECTED:
            return Outcome(kind="277CA", batch=batch.number, state=batch.state, claims=())
        return self._all_refused(one, batch)

    def _all_refused(self, one: Acknowledgement, batch: Batch) -> Outcome:
        known, told = self._ledger.known(self._batches.claims(batch.number)), _faults(one, "")
        claims = [_step(claim, ClaimState.REJECTED, told, batch.number) for claim in known.values()]
        return Outcome(kind=one.kind, batch=batch.number, state="rejected", claims=tuple(claims))

    def _taken_up(self, told: Acknowledged, claim: Listed) -> Answered:
        refused = told.answer is Answer.REJECTED
        then = ClaimState.REJECTED if refused else ClaimState.ACCEPTED
        batches = self._batches.of_claim(claim.id)
        if not batches:
            raise InvalidInput(
                "This claim was never sent.",
                where=f"277CA, claim {claim.id}",
                mend="Nothing was changed.",
            )
        says = " ".join([*told.statuses, told.says]).strip()
        answered = _step(claim, then, says, batches[0].number)
        return answered.model_copy(update={"payer_control": told.payer_control})


_UNDECIDED = frozenset({ClaimState.BATCHED, ClaimState.SENT, ClaimState.ACCEPTED})


def _step(claim: Listed, then: ClaimState, says: str, batch: int) -> Answered:
    """Return what becomes of a claim: what was decided since is not undone by a late answer."""
    moves = claim.state in _UNDECIDED and then in MOVES[claim.state]
    return Answered(
        claim=claim.id,
        now=claim.state,
        then=then if moves else claim.state,
        batch=batch,
        says=says,
    )


def _require_sets(one: Acknowledgement, batch: Batch, ours: set[str]) -> None:
    told = {*one.accepted_sets, *one.rejected_sets}
    if strange := sorted(told - ours):
        raise InvalidInput(
            "It answers a transaction set that this batch does not have.",
            where=f"999 of group {batch.group_control}, set {strange[0][:9]}",
            mend="Nothing was changed.",
        )


def _faults(one: Acknowledgement, control: str) -> str:
    return "; ".join(_each_fault(one, control))


def _each_fault(one: Acknowledgement, control: str) -> Iterator[str]:
    for fault in one.faults:
        if fault.set_control in {"", control}:
            place = " ".join(filter(None, (fault.segment, fault.element)))
            at = f"segment {fault.position}" if fault.position is not None else ""
            yield " ".join(filter(None, (place, at, fault.code, fault.says)))
