"""Batches: complete claims as one 837 file, with numbers that no other has, kept as it was made."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Row, insert, select, update

from wardround.capabilities.billing import (
    Claim,
    Edit,
    Envelope,
    Known,
    Money,
    Trader,
    blocks,
    write_837,
)
from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    NotAllowed,
    NotFound,
    Noun,
    system_clock,
)
from wardround.revenue.ledger import Ledger
from wardround.revenue.money import cents, dollars
from wardround.revenue.sequence import take
from wardround.revenue.state import ClaimState
from wardround.revenue.tables import batch_place, batched, batches
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

MOST = 5_000
"""Claims of a batch: it is one transaction set (5010 guides, section 1.3.2)."""

_TOLD = 5


class Scrubs(Protocol):
    """What finds what a claim would come back for: the scrubber of billing."""

    def scrub(self, claim: Claim, known: Known | None, on: date) -> Sequence[Edit]:
        """Return the edits of a claim that is filed on a day."""
        ...


class Trade(NamedTuple):
    """With whom files are traded, and what is asked of each claim before it leaves."""

    sender: Trader
    receiver: Trader
    scrubber: Scrubs
    production: bool = False


class Batch(Noun):
    """One file that was made: its numbers, its sums, where it stands."""

    number: int
    group_control: int
    kind: str
    state: str
    claims: int
    charge: Money
    made: datetime
    made_by: str
    sent: datetime | None
    sent_by: str | None
    digest: str

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"837-{self.number:09}.txt"


class Batches:
    """The batches, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock
        self._ledger = Ledger(tx, clock)

    def export(self, ids: Sequence[str], trade: Trade, by: Actor) -> Batch:
        """Make a batch of claims of one form that are ready, and keep its file.

        Raise ``NotAllowed`` where one is not ready or not complete: then no batch is made.
        """
        bodies = self._complete(ids, trade)
        number, group = take(self._tx, "interchange"), take(self._tx, "group")
        control = take(self._tx, "set")
        file = write_837(
            bodies,
            Envelope(
                sender=trade.sender,
                receiver=trade.receiver,
                control=number,
                group=group,
                first_set=control,
                at=self._clock(),
                usage="P" if trade.production else "T",
            ),
        )
        self._keep(number, group, bodies, file.encode(), by)
        common = {"batch": number, "set_control": f"{control:04}"}
        self._tx.execute(insert(batched), [{**common, "claim": one.id} for one in bodies])
        for one in bodies:
            self._ledger.move(one.id, ClaimState.BATCHED, by, "batched", about=str(number))
        self._audit("export-claims", number, by, {"claims": str(len(bodies))})
        return self.find(number)

    def find(self, number: int) -> Batch:
        """Return a batch; raise ``NotFound``."""
        return _batch(self._row(number))

    def list(self, limit: int = 200) -> Sequence[Batch]:
        """Return the batches, the latest first."""
        query = select(batches).order_by(batches.c.number.desc()).limit(limit)
        return [_batch(row) for row in self._tx.execute(query)]

    def claims(self, number: int) -> dict[str, str]:
        """Return the claims of a batch, each with the control number of its set."""
        query = select(batched).where(batched.c.batch == number).order_by(batched.c.claim)
        return {row.claim: row.set_control for row in self._tx.execute(query)}

    def file(self, number: int, by: Actor) -> bytes:
        """Return the file byte for byte as it was made; that it was taken is told in the trail."""
        row = self._row(number)
        file = vault_of(self._tx).open(self._tx, row.file, batch_place(number))
        if sha256(file).hexdigest() != row.digest:
            raise ValueError("the file of a batch is not the one that was made")
        self._audit("export-batch", number, by)
        return file

    def mark_sent(self, number: int, by: Actor) -> None:
        """Say that a person sent the file to the payer or the clearing house."""
        self._step(number, "made", "sent", sent=self._clock(), sent_by=by.id)
        for claim in self.claims(number):
            if self._ledger.locked(claim).state is ClaimState.BATCHED:
                self._ledger.move(claim, ClaimState.SENT, by, "sent", about=str(number))
        self._audit("change-batch", number, by, {"change": "sent"})

    def take_back(self, number: int, by: Actor) -> None:
        """Take a batch back that was not sent; its claims are ready again, its numbers used."""
        self._step(number, "made", "taken back")
        for claim in self.claims(number):
            if self._ledger.locked(claim).state is ClaimState.BATCHED:
                self._ledger.move(claim, ClaimState.READY, by, "taken back", about=str(number))
        self._audit("change-batch", number, by, {"change": "taken-back"})

    def answered(self, number: int, state: str) -> None:
        """Keep what a payer's 999 says of a batch as a whole."""
        self._tx.execute(update(batches).where(batches.c.number == number).values(state=state))

    def by_group(self, control: str) -> Batch | None:
        """Return the batch that went out with a group control number (GS06)."""
        if not (control.isascii() and control.isdigit()):
            return None
        query = select(batches).where(batches.c.group_control == int(control))
        row = self._tx.execute(query).one_or_none()
        return None if row is None else _batch(row)

    def by_interchange(self, control: str) -> Batch | None:
        """Return the batch that went out with an interchange control number (ISA13)."""
        if not (control.isascii() and control.isdigit()):
            return None
        query = select(batches).where(batches.c.number == int(control))
        row = self._tx.execute(query).one_or_none()
        return None if row is None else _batch(row)

    def edits(self, claim: Claim, scrubber: Scrubs) -> Sequence[Edit]:
        """Return what the scrubber says of a claim today, beside the patient's other claims."""
        known = Known(claims=self._ledger.others(claim.id))
        return scrubber.scrub(claim, known, self._clock().astimezone().date())

    def of_claim(self, claim: str) -> Sequence[Batch]:
        """Return the batches that a claim was in, the latest first."""
        mine = select(batched.c.batch).where(batched.c.claim == claim)
        query = select(batches).where(batches.c.number.in_(mine)).order_by(batches.c.number.desc())
        return [_batch(row) for row in self._tx.execute(query)]

    def _complete(self, ids: Sequence[str], trade: Trade) -> Sequence[Claim]:
        wanted = sorted(set(ids))
        if not wanted:
            raise NotAllowed("A batch has a claim at least.", where="batch")
        for one in wanted:
            state = self._ledger.locked(one).state
            if state is not ClaimState.READY:
                raise NotAllowed(f"This claim is {state}: it goes out once.", where=f"claim {one}")
        bodies = self._ledger.bodies(wanted)
        if lost := next((one for one in wanted if one not in bodies), None):
            raise NotAllowed("The data of this patient was destroyed.", where=f"claim {lost}")
        if len(wanted) > MOST:
            raise NotAllowed(f"A batch has {MOST:,} claims at most.", where="batch")
        if len({one.kind for one in bodies.values()}) > 1:
            raise NotAllowed("A batch has claims of one form.", where="batch")
        faults = [(one, self._blocking(bodies[one], trade)) for one in wanted]
        if told := [f"claim {one} ({', '.join(rules)})" for one, rules in faults if rules]:
            more = f" and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
            raise NotAllowed(
                f"Not complete: {'; '.join(told[:_TOLD])}{more}.",
                where="batch",
                mend="Mend them first, or leave them out. No batch was made.",
            )
        return [bodies[one] for one in wanted]

    def _blocking(self, claim: Claim, trade: Trade) -> Sequence[str]:
        edits = self.edits(claim, trade.scrubber)
        return sorted({one.rule for one in edits if blocks((one,))})

    def _keep(
        self, number: int, group: int, bodies: Sequence[Claim], file: bytes, by: Actor
    ) -> None:
        place = batch_place(number)
        self._tx.execute(
            insert(batches).values(
                number=number,
                group_control=group,
                kind=str(bodies[0].kind),
                state="made",
                claims=len(bodies),
                charge=sum(cents(one.total) for one in bodies),
                made=self._clock(),
                made_by=by.id,
                digest=sha256(file).hexdigest(),
                file=vault_of(self._tx).seal(self._tx, NOBODY, file, place),
            )
        )

    def _step(self, number: int, now: str, then: str, **more: Any) -> None:
        batch = self.find(number)
        here = batches.c.number == number, batches.c.state == now
        changed = self._tx.execute(update(batches).where(*here).values(state=then, **more))
        if changed.rowcount != 1:
            raise Conflict(f"This batch is {batch.state} already.", mend="Reload the page.")

    def _row(self, number: int) -> Row[Any]:
        row = self._tx.execute(select(batches).where(batches.c.number == number)).one_or_none()
        if row is None:
            raise NotFound("There is no such batch.")
        return row

    def _audit(
        self, action: str, number: int, by: Actor, detail: dict[str, str] | None = None
    ) -> None:
        AuditTrail(self._tx, self._clock).record(
            action,
            "success",
            actor=by,
            entity=f"batch/{number}",
            purpose=PurposeOfUse.PAYMENT,
            detail=detail,
        )


def _batch(row: Row[Any]) -> Batch:
    return Batch(
        number=row.number,
        group_control=row.group_control,
        kind=row.kind,
        state=row.state,
        claims=row.claims,
        charge=dollars(row.charge),
        made=utc(row.made),
        made_by=row.made_by,
        sent=None if row.sent is None else utc(row.sent),
        sent_by=row.sent_by,
        digest=row.digest,
    )
