"""What a review of access asks of the record, and the review that runs by itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from wardround.bootstrap.house import Wardround
from wardround.database import Transaction
from wardround.kernel import Actor
from wardround.privacy.oversight import Cases, Looks, Swept, sweep
from wardround.record import CareRelations, Chart
from wardround.security import AuditTrail, CareRelation, People

_AT_ONCE = 100
_PAGE = 1000
_DAY = timedelta(days=1)


class OpenRecord:
    """The record as a review of access asks it: ``privacy.oversight.Record``."""

    def __init__(self, tx: Transaction, care_days: int) -> None:
        self._tx = tx
        self._days = care_days
        self._chart = Chart(tx)

    def read(self, references: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Return those of the resources that stand."""
        by_kind: dict[str, list[str]] = {}
        for reference in references:
            kind, _, name = reference.partition("/")
            by_kind.setdefault(kind, []).append(name)
        found: dict[str, Mapping[str, Any]] = {}
        for kind, ids in by_kind.items():
            for start in range(0, len(ids), _AT_ONCE):
                some = {"_id": ",".join(ids[start : start + _AT_ONCE])}
                found |= {one.reference: one.json() for one in self._chart.search(kind, some)}
        return found

    def links(self) -> Mapping[str, str]:
        """Return patients with their practitioner, by every ``Person`` of the record."""
        found: dict[str, str] = {}
        offset = 0
        while page := self._chart.search("Person", {"_count": str(_PAGE), "_offset": str(offset)}):
            offset += len(page)
            for one in page:
                targets = [
                    str(link.get("target", {}).get("reference", ""))
                    for link in one.json().get("link", [])
                ]
                staff = [name for name in targets if name.startswith("Practitioner/")]
                if staff:
                    found |= {name: staff[0] for name in targets if name.startswith("Patient/")}
        return found

    def relations(
        self, person: str, patients: Iterable[str], at: datetime, days: int | None = None
    ) -> Mapping[str, CareRelation]:
        """Return how somebody stood to patients at a moment, as the record has it now."""
        care = CareRelations(self._tx, lambda: at, self._days if days is None else days)
        return care.relations(person, patients)


def review_is_due(wardround: Wardround) -> bool:
    """Whether the trail has events, and nobody and no server looked through it for a day."""
    with wardround.database.read() as tx:
        last = Looks(tx, wardround.clock).last()
        if last is not None:
            return wardround.clock() - last.at > _DAY
        return bool(AuditTrail(tx, wardround.clock).list(limit=1))


def review_access(wardround: Wardround, days: int, by: Actor | None = None) -> tuple[Swept, int]:
    """Look through the last days, keep the cases, and return what was found and how many are new.

    Without a person it is the server that looks, once a day.
    """
    with wardround.database.read() as tx:
        found = sweep(
            tx,
            OpenRecord(tx, wardround.settings.care_days),
            People(tx).list(),
            wardround.clock(),
            days,
            wardround.open_hours,
        )
    with wardround.database.begin() as tx:
        new = Cases(tx, wardround.clock).keep(found.suspects)
        Looks(tx, wardround.clock).keep(days, found.accesses, new, by)
    return found, new
