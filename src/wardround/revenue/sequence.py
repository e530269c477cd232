"""Control numbers: each goes out once, in order, and never twice."""

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from wardround.kernel import NotAllowed
from wardround.revenue.tables import sequences

MOST = 999_999_999
"""ISA13 has nine digits."""


def take(tx: Connection, name: str, many: int = 1) -> int:
    """Return the first of ``many`` fresh numbers of a sequence; others wait until we are through.

    A transaction that fails gives its numbers back: nothing went out under them.
    """
    mine = sequences.c.name == name
    more = update(sequences).where(mine).values(last=sequences.c.last + many)
    if tx.execute(more).rowcount != 1:
        try:
            with tx.begin_nested():
                tx.execute(insert(sequences).values(name=name, last=many))
        except IntegrityError:
            tx.execute(more)
    last = int(tx.execute(select(sequences.c.last).where(mine)).scalar_one())
    if last > MOST:
        raise NotAllowed(f"The control numbers of {name} are used up.", where="batch")
    return last - many + 1
