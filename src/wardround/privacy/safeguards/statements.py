"""What the clinic has written down about a clause: what it does, where the document is, until when.

A change is a new version, and nothing is taken out: documentation is kept for six years from when
it was last in effect (164.316(b)(2)(i)).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from wardround.kernel import Actor, Clock, Conflict, InvalidInput, Noun, system_clock, worded
from wardround.privacy.safeguards.clauses import find_clause
from wardround.privacy.safeguards.tables import statement_place, statements
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

SOON = timedelta(days=30)
"""How long before its review a statement is brought up."""
LONGEST = timedelta(days=2 * 366)
"""How far ahead a review may be."""


class _Words(Noun):
    """What is sealed of a statement."""

    says: str
    document: str
    review: date
    applies: bool


class Statement(Noun):
    """One version: what the clinic does about a clause, or why the clause does not apply to it."""

    clause: str
    version: int
    says: str
    document: str
    review: date
    applies: bool
    at: datetime
    by: str

    def is_due(self, today: date) -> bool:
        """Whether it is to be reviewed."""
        return self.review <= today

    def is_due_soon(self, today: date) -> bool:
        """Whether its review is near."""
        return today < self.review <= today + SOON


class Statements:
    """The register, within one transaction; every version is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def write(
        self,
        slug: str,
        version: int,
        *,
        says: str,
        document: str,
        review: date,
        applies: bool,
        by: Actor,
    ) -> Statement:
        """Write a statement in place of ``version``, which is 0 where there was none.

        Raise ``InvalidInput`` where a part is missing, ``Conflict`` where somebody else was first.
        """
        clause = find_clause(slug)
        words = _Words(
            says=worded(says, "says", "Say what you do, or why it does not apply."),
            document=worded(document, "document"),
            review=self._reviewable(review),
            applies=applies,
        )
        number = version + 1
        sealed = vault_of(self._tx).seal(
            self._tx,
            NOBODY,
            words.model_dump_json().encode(),
            statement_place(clause.citation, number),
        )
        values = {"clause": clause.citation, "version": number, "at": self._clock(), "by": by.id}
        if self._last(clause.citation) != version:
            raise _changed()
        try:
            self._tx.execute(insert(statements).values(**values, sealed=sealed))
        except IntegrityError:
            raise _changed() from None
        AuditTrail(self._tx, self._clock).record(
            "set-statement",
            "success",
            actor=by,
            entity=f"statement/{clause.slug}",
            detail={"version": str(number)},
            purpose=PurposeOfUse.COMPLIANCE,
        )
        return self.history(slug)[0]

    def current(self) -> dict[str, Statement]:
        """Return the statement that stands on each clause, by its citation."""
        query = select(statements).order_by(statements.c.clause, statements.c.version)
        rows = {row.clause: row for row in self._tx.execute(query)}
        return {one.clause: one for one in self._read(list(rows.values()))}

    def history(self, slug: str) -> list[Statement]:
        """Return every version on a clause, newest first."""
        theirs = statements.c.clause == find_clause(slug).citation
        query = select(statements).where(theirs).order_by(statements.c.version.desc())
        return self._read(self._tx.execute(query).all())

    def _last(self, citation: str) -> int:
        query = select(func.max(statements.c.version)).where(statements.c.clause == citation)
        return self._tx.execute(query).scalar_one() or 0

    def _reviewable(self, review: date) -> date:
        today = self._clock().astimezone().date()
        if not today < review <= today + LONGEST:
            raise InvalidInput(
                "The review is to come, within two years.", where="review", mend="Choose a day."
            )
        return review

    def _read(self, rows: Sequence[Row[Any]]) -> list[Statement]:
        if not rows:
            return []
        sealed = [(row.sealed, statement_place(row.clause, row.version)) for row in rows]
        opened = vault_of(self._tx).open_all(self._tx, sealed)
        return [
            Statement(
                clause=row.clause,
                version=row.version,
                at=utc(row.at),
                by=row.by,
                **_Words.model_validate_json(words).model_dump(),
            )
            for row, words in zip(rows, opened, strict=True)
        ]


def _changed() -> Conflict:
    return Conflict("Somebody wrote about this clause meanwhile.", mend="Read it again first.")
