"""The register of assets that people enter: changed by a new version, and never taken out.

The versions are the record of where hardware went and who is responsible (164.310(d)(2)(iii)).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import IntegrityError

from wardround.kernel import Actor, Clock, Conflict, NotFound, Noun, system_clock, worded
from wardround.privacy.assets.asset import YEAR, Asset, Described
from wardround.privacy.assets.tables import asset_place, assets
from wardround.security import NOBODY, AuditTrail, PurposeOfUse, utc, vault_of

_MISSING = "This is needed for the inventory."
_REVIEW = "review-inventory"


class _Version(Noun):
    """What is sealed of one version."""

    described: Described
    reviewed: date
    retired: bool = False


class Assets:
    """The register, within one transaction; every change is a new version, and audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def add(self, described: Described, by: Actor) -> Asset:
        """Enter an asset; raise ``InvalidInput`` where a part is missing."""
        content = _Version(described=_checked(described), reviewed=self._today())
        return self._keep(str(uuid4()), 1, content, by, "add-asset")

    def change(self, asset: str, version: int, described: Described, by: Actor) -> Asset:
        """Describe an asset anew, which reviews it; raise ``Conflict`` where it changed since."""
        self._standing(asset, version)
        content = _Version(described=_checked(described), reviewed=self._today())
        return self._keep(asset, version + 1, content, by, "change-asset")

    def retire(self, asset: str, version: int, by: Actor) -> Asset:
        """Say that an asset is no longer in use; it stays in the register."""
        now = self._standing(asset, version)
        if now.retired:
            raise Conflict("This asset was retired before.", mend="Reload the page.")
        content = _Version(described=now.described, reviewed=now.reviewed, retired=True)
        return self._keep(asset, version + 1, content, by, "remove-asset")

    def review(self, by: Actor) -> None:
        """Note that the whole inventory was looked through, and that it is right today."""
        AuditTrail(self._tx, self._clock).record(
            _REVIEW, "success", actor=by, purpose=PurposeOfUse.COMPLIANCE
        )

    def reviewed(self) -> datetime | None:
        """Return when the whole inventory was last looked through."""
        found = AuditTrail(self._tx).list(action=_REVIEW, limit=1)
        return found[0].at if found else None

    def is_due(self, today: date) -> bool:
        """Whether the yearly review of the whole is due."""
        last = self.reviewed()
        return last is None or last.astimezone().date() + YEAR <= today

    def history(self, asset: str) -> Sequence[Asset]:
        """Return every version of an asset, newest first; raise ``NotFound``."""
        query = select(assets).where(assets.c.id == asset).order_by(assets.c.version.desc())
        found = self._read(self._tx.execute(query).all())
        if not found:
            raise NotFound("There is no such asset.")
        return found

    def _standing(self, asset: str, version: int) -> Asset:
        now = self.history(asset)[0]
        if now.version != version:
            raise _changed()
        return now

    def _today(self) -> date:
        return self._clock().astimezone().date()

    def _keep(self, asset: str, version: int, content: _Version, by: Actor, action: str) -> Asset:
        place = asset_place(asset, version)
        sealed = vault_of(self._tx).seal(
            self._tx, NOBODY, content.model_dump_json().encode(), place
        )
        values = {"id": asset, "version": version, "at": self._clock(), "by": by.id}
        try:
            self._tx.execute(assets.insert().values(**values, sealed=sealed))
        except IntegrityError:
            raise _changed() from None
        AuditTrail(self._tx, self._clock).record(
            action,
            "success",
            actor=by,
            entity=f"asset/{asset}",
            detail={"version": str(version)},
            purpose=PurposeOfUse.COMPLIANCE,
        )
        return self.history(asset)[0]

    def _read(self, rows: Sequence[Row[Any]]) -> list[Asset]:
        if not rows:
            return []
        sealed = [(row.sealed, asset_place(row.id, row.version)) for row in rows]
        opened = vault_of(self._tx).open_all(self._tx, sealed)
        found = []
        for row, words in zip(rows, opened, strict=True):
            content = _Version.model_validate_json(words)
            found.append(
                Asset(
                    id=row.id,
                    version=row.version,
                    described=content.described,
                    reviewed=content.reviewed,
                    retired=content.retired,
                    at=utc(row.at),
                    by=row.by,
                )
            )
        return found

    def list(self) -> list[Asset]:
        """Return every asset as it stands, those in use first, by kind and name."""
        query = select(assets).order_by(assets.c.id, assets.c.version)
        rows = {row.id: row for row in self._tx.execute(query)}
        found = self._read(list(rows.values()))
        return sorted(
            found,
            key=lambda one: (one.retired, one.described.kind, one.described.name.casefold()),
        )


def _checked(said: Described) -> Described:
    optional = ("place", "version", "sends", "receives", "protected")
    words = {name: worded(getattr(said, name), name) for name in optional}
    words |= {name: worded(getattr(said, name), name, _MISSING) for name in ("name", "owner")}
    return said.model_copy(update=words)


def _changed() -> Conflict:
    return Conflict("Somebody changed this asset meanwhile.", mend="Read it again first.")
