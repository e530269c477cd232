"""The rows of the registry, read and written; who may do what to them is decided above."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import Connection, Row, func, insert, select, text, update

from wardround.governance.registry import tables
from wardround.governance.registry.model import (
    ON,
    Approval,
    Candidate,
    Cause,
    Change,
    Enclosed,
    FileKind,
    Kept,
    Registered,
    Source,
    Turn,
)
from wardround.kernel import NotFound, Stage
from wardround.security import NOBODY, utc, vault_of


class Shelf:
    """The stored registry, within one transaction."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx

    def lock(self) -> None:
        """Keep other writers of the registry waiting; on SQLite one writes at a time anyhow."""
        if self._tx.dialect.name == "postgresql":
            self._tx.execute(text("LOCK TABLE governance_model IN SHARE ROW EXCLUSIVE MODE"))

    def all(self, **which: str) -> list[Registered]:
        """Return versions whose columns are ``which``, in the order they were registered."""
        query = select(tables.models).order_by(
            tables.models.c.capability,
            tables.models.c.name,
            tables.models.c.registered,
            tables.models.c.version,
            tables.models.c.id,
        )
        for column, value in which.items():
            query = query.where(tables.models.c[column] == value)
        return [_registered(row) for row in self._tx.execute(query)]

    def find(self, model_id: str) -> Registered:
        """Return one version; raise ``NotFound``."""
        found = self.all(id=model_id)
        if not found:
            raise NotFound("There is no such version of a model.")
        return found[0]

    def add(self, one: Candidate, by: str | None, at: datetime) -> Registered:
        """Add a version with its files; it is off."""
        model_id = str(uuid4())
        self._tx.execute(
            insert(tables.models).values(
                id=model_id,
                capability=one.capability,
                name=one.name,
                version=one.version,
                digest=one.digest,
                title=one.title,
                origin=one.origin,
                learned=one.learned,
                device=one.device,
                place=one.place,
                data=orjson.dumps([source.model_dump() for source in one.data]).decode(),
                code=one.code,
                change=one.change,
                registered=at,
                registered_by=by,
                stage=Stage.OFF,
                people="[]",
                since=at,
                since_by=by,
            )
        )
        for file in one.files:
            self.add_file(model_id, file, by, at)
        return self.find(model_id)

    def turn(self, model: Registered, change: Change, by: str | None, at: datetime) -> None:
        """Put a version into a stage, and add that to the history."""
        people = orjson.dumps(change.people).decode()
        self._tx.execute(
            update(tables.models)
            .where(tables.models.c.id == model.id)
            .values(
                stage=change.after,
                people=people,
                since=at,
                since_by=by,
                on_name=model.name if change.after in ON else None,
            )
        )
        entry, stated = str(uuid4()), None
        if change.statement:
            stated = self._sealed(change.statement, tables.switch_place(entry, "statement"))
        self._tx.execute(
            insert(tables.switches).values(
                id=entry,
                name=model.name,
                number=self._next(model.name),
                model=model.id,
                at=at,
                by=by,
                kind=change.cause,
                before=model.stage,
                after=change.after,
                people=people,
                why=self._sealed(change.why, tables.switch_place(entry, "why")),
                statement=stated,
            )
        )

    def _next(self, name: str) -> int:
        last = select(func.max(tables.switches.c.number)).where(tables.switches.c.name == name)
        return (self._tx.execute(last).scalar_one() or 0) + 1

    def turns(self, name: str) -> list[Turn]:
        """Return every switch of a name, first to last."""
        query = select(tables.switches).where(tables.switches.c.name == name)
        return [
            Turn(
                name=row.name,
                number=row.number,
                model=row.model,
                at=utc(row.at),
                by=row.by,
                cause=Cause(row.kind),
                before=Stage(row.before),
                after=Stage(row.after),
                people=tuple(orjson.loads(row.people)),
                why=self._opened(row.why, tables.switch_place(row.id, "why")),
                statement=None
                if row.statement is None
                else self._opened(row.statement, tables.switch_place(row.id, "statement")),
            )
            for row in self._tx.execute(query.order_by(tables.switches.c.number))
        ]

    def approve(self, model_id: str, words: str, by: str, at: datetime) -> None:
        """Add an approval."""
        entry = str(uuid4())
        sealed = self._sealed(words, tables.approval_place(entry))
        self._tx.execute(
            insert(tables.approvals).values(id=entry, model=model_id, at=at, by=by, words=sealed)
        )

    def approvals(self, model_ids: Iterable[str]) -> list[Approval]:
        """Return the approvals of versions, first to last."""
        query = select(tables.approvals).where(tables.approvals.c.model.in_(list(model_ids)))
        return [
            Approval(
                model=row.model,
                at=utc(row.at),
                by=row.by,
                words=self._opened(row.words, tables.approval_place(row.id)),
            )
            for row in self._tx.execute(
                query.order_by(tables.approvals.c.at, tables.approvals.c.id)
            )
        ]

    def add_file(self, model_id: str, file: Enclosed, by: str | None, at: datetime) -> None:
        """Add a file to a version."""
        self._tx.execute(
            insert(tables.files).values(
                id=str(uuid4()),
                model=model_id,
                name=file.name,
                kind=file.kind,
                media_type=file.media_type,
                sha256=sha256(file.content).hexdigest(),
                data_sha256=file.data_sha256,
                at=at,
                by=by,
                content=file.content,
            )
        )

    def files(self, model_ids: Iterable[str]) -> list[Kept]:
        """Return the files of versions, first to last, without what is in them."""
        columns = [column for column in tables.files.c if column.name != "content"]
        query = select(*columns).where(tables.files.c.model.in_(list(model_ids)))
        return [
            Kept(
                id=row.id,
                model=row.model,
                name=row.name,
                kind=FileKind(row.kind),
                media_type=row.media_type,
                sha256=row.sha256,
                data_sha256=row.data_sha256,
                at=utc(row.at),
                by=row.by,
            )
            for row in self._tx.execute(query.order_by(tables.files.c.at, tables.files.c.name))
        ]

    def content(self, file_id: str) -> bytes:
        """Return what is in a file; raise ``NotFound``."""
        query = select(tables.files.c.content).where(tables.files.c.id == file_id)
        found: bytes | None = self._tx.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound("There is no such file of a model.")
        return found

    def _sealed(self, words: str, place: str) -> bytes:
        return vault_of(self._tx).seal(self._tx, NOBODY, words.encode(), place)

    def _opened(self, sealed: bytes, place: str) -> str:
        return vault_of(self._tx).open(self._tx, sealed, place).decode()


def _registered(row: Row[Any]) -> Registered:
    return Registered(
        id=row.id,
        capability=row.capability,
        name=row.name,
        version=row.version,
        digest=row.digest,
        title=row.title,
        origin=row.origin,
        learned=row.learned,
        device=row.device,
        place=row.place,
        data=tuple(Source(**one) for one in orjson.loads(row.data)),
        code=row.code,
        change=row.change,
        registered=utc(row.registered),
        registered_by=row.registered_by,
        stage=Stage(row.stage),
        people=tuple(orjson.loads(row.people)),
        since=utc(row.since),
        since_by=row.since_by,
    )
