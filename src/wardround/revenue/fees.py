"""What each payer's contract allows, from the clinic's own table; expected is what it says."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from wardround.kernel import Actor, Clock, InvalidInput, system_clock
from wardround.revenue.money import CENT, cents, dollars
from wardround.revenue.tables import fees
from wardround.security import AuditTrail, PurposeOfUse

COLUMNS = ("payer", "procedure", "modifier", "begins", "ends", "allowed")
_MOST = Decimal(1_000_000)


class Fees:
    """The table, within one transaction."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock
        self._any = self.count() > 0

    def count(self) -> int:
        """Return how many fees are loaded."""
        return int(self._tx.execute(select(func.count()).select_from(fees)).scalar_one())

    def fee(
        self, payer: str, procedure: str, modifiers: Iterable[str], day: date
    ) -> Decimal | None:
        """Return what is allowed for one unit on a day: with a modifier where it has a fee."""
        if not self._any or not procedure:
            return None
        query = select(fees).where(
            fees.c.payer == payer,
            fees.c.procedure == procedure,
            fees.c.modifier.in_([*modifiers, ""]),
            fees.c.begins <= day,
        )
        rows = [row for row in self._tx.execute(query) if row.ends is None or row.ends >= day]
        best = max(rows, key=lambda row: (bool(row.modifier), row.begins), default=None)
        return None if best is None else dollars(best.cents)

    def load(self, text: str, by: Actor) -> int:
        """Put a table in the place of what was there for its payers; return how many fees.

        CSV with a head line: payer, procedure, modifier, begins, ends, allowed. Raise
        ``InvalidInput`` with the line that cannot be read; then nothing is changed.
        """
        rows = list(_rows(text))
        payers = sorted({row["payer"] for row in rows})
        self._tx.execute(delete(fees).where(fees.c.payer.in_(payers)))
        self._tx.execute(insert(fees), rows)
        self._any = True
        AuditTrail(self._tx, self._clock).record(
            "load-fees",
            "success",
            actor=by,
            purpose=PurposeOfUse.PAYMENT,
            detail={"fees": str(len(rows)), "payers": str(len(payers))},
        )
        return len(rows)


def _rows(text: str) -> Iterator[dict[str, Any]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    if tuple(one.strip().lower() for one in reader.fieldnames or ()) != COLUMNS:
        raise InvalidInput(
            "A table of fees has the columns " + ", ".join(COLUMNS) + ".", where="line 1"
        )
    seen: set[tuple[object, ...]] = set()
    for line in reader:
        where = f"line {reader.line_num}"
        row = _row(list(line.values()), where)
        key = (row["payer"], row["procedure"], row["modifier"], row["begins"])
        if key in seen:
            raise InvalidInput("This fee is there twice.", where=where)
        seen.add(key)
        yield row
    if not seen:
        raise InvalidInput("There are no fees in this table.", where="line 2")


def _row(values: list[Any], where: str) -> dict[str, Any]:
    if len(values) != len(COLUMNS) or not all(isinstance(one, str) for one in values):
        raise InvalidInput("This line has not as many columns as the first.", where=where)
    payer, procedure, modifier, begins, ends, allowed = (one.strip() for one in values)
    if not payer or not procedure or len(payer) > 80 or len(procedure) > 8 or len(modifier) > 2:
        raise InvalidInput("Payer or procedure is missing, or too long.", where=where)
    try:
        amount = Decimal(allowed)
        first = date.fromisoformat(begins)
        last = date.fromisoformat(ends) if ends else None
    except (InvalidOperation, ValueError):
        raise InvalidInput("A day is 2026-11-24, an amount 112.50.", where=where) from None
    if not amount.is_finite() or not 0 <= amount <= _MOST or amount != amount.quantize(CENT):
        raise InvalidInput("An amount has at most two decimals.", where=where)
    return {
        "payer": payer,
        "procedure": procedure.upper(),
        "modifier": modifier.upper(),
        "begins": first,
        "ends": last,
        "cents": cents(amount),
    }
