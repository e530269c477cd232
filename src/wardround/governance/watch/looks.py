"""What each look at a model found, kept; and how the first predictions here were spread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import Connection, Row, and_, func, insert, select, update

from wardround.governance.monitoring import Check
from wardround.governance.watch.spread import Spreads
from wardround.governance.watch.tables import looks, references
from wardround.kernel import Actor, Clock, Model, Noun, system_clock
from wardround.security import AuditTrail, PurposeOfUse, utc

_DIGITS = 4


class Watched(Noun):
    """What a look found of one model."""

    capability: str
    model: Model
    since: datetime
    predictions: int
    outcomes: int
    reference: str
    """What predictions are compared with, in words."""
    checks: tuple[Check, ...]

    @property
    def fired(self) -> tuple[Check, ...]:
        """The checks that fire."""
        return tuple(check for check in self.checks if check.fires)


class Look(Noun):
    """One look at one model. Without a person it was the server."""

    id: str
    at: datetime
    by: str | None
    found: Watched
    new: tuple[str, ...] = ()
    """Which checks fire that did not at the look before."""


def named(check: Check) -> str:
    """Return what tells a check from the others of its model."""
    return f"{check.kind}: {check.subject}"


class Looks:
    """The looks, within one transaction; each round of looks is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def keep(self, found: Sequence[Watched], by: Actor | None = None) -> list[Look]:
        """Keep what was found of each model, and return it with what fires for the first time."""
        at = self._clock()
        before = {(one.found.capability, one.found.model): one for one in self.latest()}
        kept = []
        for one in found:
            last = before.get((one.capability, one.model))
            fired = () if last is None else tuple(map(named, last.found.fired))
            new = tuple(name for name in map(named, one.fired) if name not in fired)
            look = Look(
                id=str(uuid4()), at=at, by=None if by is None else by.id, found=one, new=new
            )
            self._add(look)
            kept.append(look)
            if last is not None:
                self._thin(last)
        firing = sum(bool(one.fired) for one in found)
        AuditTrail(self._tx, self._clock).record(
            "watch-models",
            "success",
            actor=by,
            detail={"models": str(len(found)), "firing": str(firing)},
            purpose=PurposeOfUse.OPERATIONS,
        )
        return kept

    def latest(self) -> list[Look]:
        """Return the last look at each model of each version, by capability and name."""
        groups = (looks.c.capability, looks.c.model, looks.c.version, looks.c.digest)
        last = select(*groups, func.max(looks.c.at).label("at")).group_by(*groups).subquery()
        same = and_(*(getattr(last.c, c.name) == c for c in groups), last.c.at == looks.c.at)
        query = select(looks).join(last, same).order_by(*groups)
        return [_read(row) for row in self._tx.execute(query)]

    def of(self, model: str, limit: int = 60) -> list[Look]:
        """Return the last looks at a model by its name, the newest first."""
        query = select(looks).where(looks.c.model == model).order_by(looks.c.at.desc()).limit(limit)
        return [_read(row) for row in self._tx.execute(query)]

    def last_at(self) -> datetime | None:
        """Return when somebody or the server last looked."""
        at = self._tx.execute(select(func.max(looks.c.at))).scalar_one()
        return None if at is None else utc(at)

    def reference(self, model: Model) -> Spreads | None:
        """Return how the first predictions here were spread, where that was kept."""
        query = select(references.c.document).where(*_is(model))
        document = self._tx.execute(query).scalar_one_or_none()
        return None if document is None else Spreads.model_validate_json(document)

    def keep_reference(self, model: Model, spreads: Spreads) -> None:
        """Keep how the first predictions here were spread, once for each model."""
        self._tx.execute(
            insert(references).values(
                digest=model.digest,
                model=model.name,
                version=model.version,
                made=self._clock(),
                document=spreads.model_dump_json(),
            )
        )

    def _add(self, look: Look) -> None:
        model = look.found.model
        self._tx.execute(
            insert(looks).values(
                id=look.id,
                at=look.at,
                by=look.by,
                capability=look.found.capability,
                model=model.name,
                version=model.version,
                digest=model.digest,
                document=_document(look),
            )
        )

    def _thin(self, look: Look) -> None:
        """Drop the paths of a look that is no longer the last: they begin at the first patient."""
        checks = tuple(check.model_copy(update={"path": []}) for check in look.found.checks)
        found = look.found.model_copy(update={"checks": checks})
        thin = look.model_copy(update={"found": found})
        changed = update(looks).where(looks.c.id == look.id).values(document=_document(thin))
        self._tx.execute(changed)


def _is(model: Model) -> tuple[Any, ...]:
    at = references.c
    return at.digest == model.digest, at.model == model.name, at.version == model.version


def _document(look: Look) -> str:
    document = look.model_dump(mode="json", exclude={"id", "at", "by"})
    for check in document["found"]["checks"]:
        check["path"] = [round(one, _DIGITS) for one in check["path"]]
    return orjson.dumps(document).decode()


def _read(row: Row[Any]) -> Look:
    held = {"id": row.id, "at": utc(row.at), "by": row.by}
    return Look.model_validate(orjson.loads(row.document) | held)
