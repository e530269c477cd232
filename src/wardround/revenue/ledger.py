"""The ledger: each claim from its signing to its last cent, and all that happened to it."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from wardround.capabilities.billing import Claim
from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    system_clock,
    worded,
)
from wardround.revenue.books import Books
from wardround.revenue.history import History
from wardround.revenue.ids import is_number
from wardround.revenue.model import OPEN, Account, Balance, Kept, Leg, Listed
from wardround.revenue.money import cents, dollars
from wardround.revenue.state import ClaimState, require_move
from wardround.revenue.tables import claim_place, claims
from wardround.security import utc, vault_of

_CHARGED = {"charge", "correction"}
_GONE = (str(ClaimState.REPLACED), str(ClaimState.WRITTEN_OFF))
"""Where a claim stands that asks for nothing any more."""
VOID = "8"
"""The frequency of a claim that takes another back: it asks for nothing."""


class Ledger:
    """The claims, within one transaction; every change is an event and is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock
        self._books = Books(tx, clock)
        self._history = History(tx, clock)

    def enter(
        self,
        claim: Claim,
        draft: str | None,
        subject: str,
        by: Actor,
        replaces: str | None = None,
        follows: str | None = None,
    ) -> Listed:
        """Enter a claim whose draft was signed; its charge is booked.

        Raise ``Conflict`` where one of this number is there, ``InvalidInput`` for a number that
        is not one of ours: it is in addresses and in the trail, so it has letters, digits, dots
        and hyphens only.
        """
        if not is_number(claim.id):
            raise InvalidInput(
                "A patient control number has letters, digits, dots and hyphens, 20 at most.",
                where="claim id",
            )
        now = self._clock()
        row = {
            "id": claim.id,
            "subject": subject,
            "draft": draft,
            "replaces": replaces,
            "follows": follows,
            "payer_control": "",
            "state": str(ClaimState.READY),
            "entered": now,
            "moved": now,
            **self._of_body(claim, subject),
        }
        try:
            with self._tx.begin_nested():
                self._tx.execute(insert(claims).values(**row))
        except IntegrityError:
            raise Conflict(
                "There is a claim of this number already.",
                where=f"claim {claim.id}",
                mend="Change that one, or give this one its own number.",
            ) from None
        self._book_charge("charge", claim, by)
        self._history.note(claim.id, subject, by, "entered", ClaimState.READY, draft or "")
        return self.find(claim.id).listed

    def amend(self, claim: Claim, by: Actor, why: str) -> Listed:
        """Put a corrected claim in the place of one that was not sent, or was rejected.

        A rejected claim never came to be at the payer: it is corrected and sent again as it is
        (277CA). What was adjudicated is replaced instead (``replace``).
        """
        now = self.locked(claim.id)
        if now.state not in {ClaimState.READY, ClaimState.REJECTED}:
            raise NotAllowed(
                f"This claim is {now.state}, and is not changed any more.",
                where=f"claim {claim.id}",
                mend="Take its batch back, or replace the claim.",
            )
        self._take_back_charge("correction", claim.id, by)
        mine = self._of_body(claim, now.subject)
        self._tx.execute(update(claims).where(claims.c.id == claim.id).values(**mine))
        self._book_charge("correction", claim, by)
        words = worded(why, "why", "Say what was corrected.")
        self.move(claim.id, ClaimState.READY, by, "corrected", words=words)
        return self.find(claim.id).listed

    def find(self, claim: str) -> Kept:
        """Return a claim with its body; raise ``NotFound``."""
        row = self._row(select(claims), claim)
        body = None
        if row.body:
            opened = vault_of(self._tx).open(self._tx, row.body, claim_place(row.id))
            body = Claim.model_validate_json(opened)
        return Kept(listed=_listed(row, self._books.balance(row.id)), body=body)

    def known(self, ids: Iterable[str]) -> dict[str, Listed]:
        """Return those of some claims that are there, by their numbers."""
        wanted = sorted({one for one in ids if is_number(one)})
        found: list[Listed] = []
        for start in range(0, len(wanted), 500):
            some = claims.c.id.in_(wanted[start : start + 500])
            found += self._read(self._tx.execute(select(claims).where(some)).all())
        return {one.id: one for one in found}

    def list(self, states: Iterable[ClaimState] = (), limit: int = 500) -> Sequence[Listed]:
        """Return claims of some states, or of all; those that stand there longest first."""
        query = select(claims).order_by(claims.c.moved, claims.c.id).limit(limit)
        if wanted := [str(one) for one in states]:
            query = query.where(claims.c.state.in_(wanted))
        return self._read(self._tx.execute(query).all())

    def bodies(self, ids: Sequence[str]) -> dict[str, Claim]:
        """Return the bodies of some claims; their keys are fetched together."""
        rows = self._tx.execute(select(claims).where(claims.c.id.in_(ids))).all()
        sealed = [(row.body, claim_place(row.id)) for row in rows if row.body]
        opened = vault_of(self._tx).open_all(self._tx, sealed) if sealed else []
        read = [Claim.model_validate_json(one) for one in opened]
        return {one.id: one for one in read}

    def others(self, claim: str) -> tuple[Claim, ...]:
        """Return the other claims of the same patient that ask for something."""
        mine = select(claims.c.subject).where(claims.c.id == claim).scalar_subquery()
        query = select(claims.c.id).where(
            claims.c.subject == mine, claims.c.id != claim, claims.c.state.not_in(_GONE)
        )
        return tuple(self.bodies(list(self._tx.execute(query).scalars())).values())

    def on_file(self, subject: str) -> tuple[tuple[Claim, ...], frozenset[str]]:
        """Return the claims of a patient that ask for something, and the numbers of all."""
        rows = self._tx.execute(
            select(claims.c.id, claims.c.state).where(claims.c.subject == subject)
        ).all()
        asking = [row.id for row in rows if row.state not in _GONE]
        return tuple(self.bodies(asking).values()), frozenset(row.id for row in rows)

    def of_draft(self, draft: str) -> Sequence[Listed]:
        """Return the claims that a draft became."""
        return self._read(self._tx.execute(select(claims).where(claims.c.draft == draft)).all())

    def replaced_by(self, claim: str) -> str | None:
        """Return the claim that took the place of one, where one did."""
        query = select(claims.c.id).where(claims.c.replaces == claim)
        return self._tx.execute(query).scalars().first()

    def followed_by(self, claim: str) -> str | None:
        """Return the latest claim that asks the next insurer, where one stands."""
        query = select(claims.c.id).where(claims.c.follows == claim, claims.c.state.not_in(_GONE))
        return self._tx.execute(query.order_by(claims.c.entered.desc())).scalars().first()

    def counts(self) -> dict[ClaimState, int]:
        """Return how many claims stand where."""
        query = select(claims.c.state, func.count().label("n")).group_by(claims.c.state)
        return {ClaimState(row.state): int(row.n) for row in self._tx.execute(query)}

    def lock(self, ids: Iterable[str]) -> None:
        """Let nobody else change some claims before this transaction ends; in order, as all do."""
        wanted = sorted({one for one in ids if is_number(one)})
        for start in range(0, len(wanted), 500):
            some = claims.c.id.in_(wanted[start : start + 500])
            query = select(claims.c.id).where(some).order_by(claims.c.id).with_for_update()
            self._tx.execute(query).all()

    def locked(self, claim: str) -> Listed:
        """Return a claim that nobody else changes before this transaction ends."""
        row = self._row(select(claims).with_for_update(), claim)
        return _listed(row, self._books.balance(row.id))

    def move(
        self,
        claim: str,
        then: ClaimState,
        by: Actor,
        change: str,
        *,
        about: str = "",
        words: str = "",
        payer_control: str = "",
    ) -> None:
        """Let a claim go where it may go next, and tell why; raise ``NotAllowed``."""
        now = self._row(select(claims).with_for_update(), claim)
        state = ClaimState(now.state)
        require_move(claim, state, then)
        values: dict[str, Any] = {"state": str(then)}
        if then is not state:
            values["moved"] = self._clock()
        if payer_control:
            values["payer_control"] = payer_control
        self._tx.execute(update(claims).where(claims.c.id == claim).values(**values))
        self._history.note(claim, now.subject, by, change, then, about, words)

    def note(self, claim: str, by: Actor, words: str) -> None:
        """Keep what a person says of a claim."""
        now = self.locked(claim)
        said = worded(words, "words", "Write a few words.")
        self._history.note(claim, now.subject, by, "noted", now.state, "", said)

    def _row(self, query: Select[Any], claim: str) -> Row[Any]:
        found = None
        if is_number(claim):
            found = self._tx.execute(query.where(claims.c.id == claim)).one_or_none()
        if found is None:
            raise NotFound("There is no claim of this number in the ledger.")
        return found

    def _of_body(self, claim: Claim, subject: str) -> dict[str, Any]:
        payer = claim.subscribers[0].payer.id if claim.subscribers else ""
        body = claim.model_dump_json().encode()
        return {
            "kind": str(claim.kind),
            "frequency": claim.frequency,
            "payer": payer[:80],
            "charge": cents(claim.total),
            "serviced": claim.serviced,
            "body": vault_of(self._tx).seal(self._tx, subject, body, claim_place(claim.id)),
        }

    def _book_charge(self, why: str, claim: Claim, by: Actor) -> None:
        """Book what is asked, and what the patient paid on the day."""
        asked = 0 if claim.frequency == VOID else cents(claim.total)
        here = cents(claim.patient_paid) if claim.patient_paid else 0
        legs = (
            Leg(account=Account.PAYER, cents=asked, claim=claim.id),
            Leg(account=Account.CHARGES, cents=-asked, claim=claim.id),
            Leg(account=Account.CASH, cents=here, claim=claim.id),
            Leg(account=Account.PATIENT, cents=-here, claim=claim.id),
        )
        self._books.write(why, legs, by)

    def _take_back_charge(self, why: str, claim: str, by: Actor) -> None:
        back = [
            Leg(account=one.account, cents=-one.cents, claim=claim)
            for one in self._books.of(claim)
            if one.why in _CHARGED
        ]
        self._books.write(why, back, by)

    def _read(self, rows: Sequence[Row[Any]]) -> Sequence[Listed]:
        balances = self._books.balances([row.id for row in rows])
        return [_listed(row, balances[row.id]) for row in rows]


def sweep(claim: Listed, account: Account) -> list[Leg]:
    """Return the legs that bring all that is open of a claim to ``account``."""
    standing = (claim.balance.payer, claim.balance.patient, claim.balance.denied)
    legs = [
        Leg(account=one, cents=-cents(amount), claim=claim.id)
        for one, amount in zip(OPEN, standing, strict=True)
    ]
    return [*legs, Leg(account=account, cents=cents(claim.balance.open), claim=claim.id)]


def _listed(row: Row[Any], balance: Balance) -> Listed:
    return Listed(
        id=row.id,
        subject=row.subject,
        draft=row.draft,
        kind=row.kind,
        frequency=row.frequency,
        replaces=row.replaces,
        follows=row.follows,
        payer=row.payer,
        payer_control=row.payer_control,
        state=ClaimState(row.state),
        charge=dollars(row.charge),
        serviced=row.serviced,
        entered=utc(row.entered),
        moved=utc(row.moved),
        balance=balance,
    )
