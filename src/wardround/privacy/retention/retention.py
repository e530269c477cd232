"""What is past its time, what a hold keeps back, and destroying the rest, one by one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from wardround.database import Database
from wardround.kernel import Clock, Noun, system_clock
from wardround.privacy.holds import LegalHolds, held
from wardround.privacy.retention.keeper import Item, Keeper
from wardround.privacy.retention.schedule import Kept
from wardround.security import AuditTrail, Event, PurposeOfUse

DONE = "retain"
"""The action of a run that came to its end."""


class Due(Noun):
    """A kind of the schedule with how many are past their time; counts, and nothing of anybody.

    ``ready`` go at the next run, ``held`` are under a legal hold, ``needed`` by the chart.
    """

    kept: Kept
    ready: int = 0
    held: int = 0
    needed: int = 0


class Retention:
    """The clinic's schedule, with what keeps each kind that is ever destroyed."""

    def __init__(
        self, schedule: Sequence[Kept], keepers: Sequence[Keeper], clock: Clock = system_clock
    ) -> None:
        self.schedule = schedule
        self._keepers = {keeper.name: keeper for keeper in keepers}
        self._clock = clock

    def survey(self, tx: Connection) -> list[Due]:
        """Return every kind of the schedule with what is past its time."""
        holds = [one.patient for one in LegalHolds(tx).list() if one.lifted is None]
        found = {kept.name: Counter[str]() for kept in self.schedule}
        for kept, _, item, _ in self._past(tx):
            stands = None in holds or item.subject in holds
            fate = "needed" if item.needed else "held" if stands else "ready"
            found[kept.name][fate] += 1
        return [Due(kept=kept, **found[kept.name]) for kept in self.schedule]

    def destroy(self, database: Database) -> dict[str, int]:
        """Destroy what is past its time and not held; return how many of each kind.

        Each goes in one transaction with its event, in which the holds are asked once more. What
        is left of files and pages is the caller's to remove, who then calls ``note_done``.
        """
        with database.read() as tx:
            past = [one for one in self._past(tx) if not one[2].needed]
        done: Counter[str] = Counter()
        for kept, keeper, item, before in past:
            with database.begin() as tx:
                stands = held(tx, item.subject or "") is not None
                if stands or not keeper.destroy(tx, item, before):
                    continue
                AuditTrail(tx, self._clock).record(
                    f"destroy-{kept.name}",
                    "success",
                    subject=item.subject,
                    entity=item.reference,
                    purpose=PurposeOfUse.COMPLIANCE,
                    detail={"days": str(kept.days)},
                )
            done[kept.name] += 1
        return dict(done)

    def note_done(self, database: Database, done: dict[str, int]) -> None:
        """Say in the trail that a run came to its end, and what it destroyed."""
        with database.begin() as tx:
            detail = {name: str(count) for name, count in done.items()}
            AuditTrail(tx, self._clock).record(
                DONE, "success", purpose=PurposeOfUse.COMPLIANCE, detail=detail
            )

    def last_run(self, tx: Connection) -> Event | None:
        """Return the event of the last run that came to its end."""
        return next(iter(AuditTrail(tx).list(action=DONE, limit=1)), None)

    def is_unfinished(self, tx: Connection) -> bool:
        """Whether something was destroyed by a run that did not come to its end."""
        last = self.last_run(tx)
        trail = AuditTrail(tx)
        events = [trail.list(action=f"destroy-{name}", limit=1) for name in self._keepers]
        return any(last is None or found[0].id > last.id for found in events if found)

    def _past(self, tx: Connection) -> Iterator[tuple[Kept, Keeper, Item, datetime]]:
        now = self._clock()
        for kept in self.schedule:
            keeper, before = self._keepers.get(kept.name), kept.before(now)
            if keeper is not None and before is not None:
                for item in keeper.due(tx, before):
                    yield kept, keeper, item, before
