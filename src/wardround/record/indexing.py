"""Keeping the search index true when what it is built by changes: it is built anew."""

import orjson
from sqlalchemy import Connection, delete, insert, select, text, tuple_

from wardround.database import Database
from wardround.record.shelf import Shelf
from wardround.record.tables import index, index_form, resources, versions
from wardround.record.values import FORM
from wardround.security import vault_of

_BATCH = 500


def refresh_index(database: Database) -> int:
    """Build the search index anew if another Wardround built it; return of how many resources.

    A version that knows more search parameters finds what was kept before it by them too. It reads
    every resource once, in one transaction: cut off, it is as if it had not begun.
    """
    with database.read() as tx:
        if _built_by(tx) == _form(tx):
            return 0
    with database.begin() as tx:
        if not database.is_sqlite:
            # Nobody writes meanwhile, or what they write would be found by what it was before.
            tx.execute(text(f"LOCK TABLE {resources}, {index} IN SHARE ROW EXCLUSIVE MODE"))
        if _built_by(tx) == _form(tx):
            return 0
        tx.execute(delete(index))
        done = _build(tx)
        tx.execute(delete(index_form))
        tx.execute(insert(index_form).values(form=_form(tx)))
        Shelf(tx).count_rows()
    return done


def _form(tx: Connection) -> str:
    """Return what we build it by: the parameters, and the key of its hashes."""
    return vault_of(tx).blind("record_index", FORM)


def _built_by(tx: Connection) -> str | None:
    return tx.execute(select(index_form.c.form)).scalar_one_or_none()


def _build(tx: Connection) -> int:
    shelf = Shelf(tx)
    done, after = 0, ("", "")
    while True:
        standing = (
            select(versions)
            .join(
                resources,
                (versions.c.kind == resources.c.kind)
                & (versions.c.id == resources.c.id)
                & (versions.c.version == resources.c.version),
            )
            .where(resources.c.deleted.is_(False))
            .where(tuple_(resources.c.kind, resources.c.id) > after)
            .order_by(resources.c.kind, resources.c.id)
            .limit(_BATCH)
        )
        found = tx.execute(standing).all()
        if not found:
            return done
        opened = shelf.opened(found)
        shelf.put_index({(one.kind, one.id): orjson.loads(one.body) for one in opened})
        done += len(found)
        after = (found[-1].kind, found[-1].id)
