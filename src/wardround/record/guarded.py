"""The chart as one person may read it: by their care, in their role's view, and told to the audit.

Every interface reads the record through here. What is asked for by name and may not be read raises
``Forbidden``; what a search finds and may not be read is left out.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from wardround.kernel import Clock, Forbidden, TooLarge, WardroundError, system_clock
from wardround.record.chart import Chart
from wardround.record.owner import OF_NOBODY, patients_of
from wardround.record.search import MOST, Parameters
from wardround.record.stored import Stored
from wardround.record.view import FINDING, View, load_views, view_of
from wardround.security import Action, Guard, PurposeOfUse, Told, purpose_of

_Found = tuple[Stored, frozenset[str]]
"""A resource, and whose data it is."""

_AT_ONCE = 100


class GuardedChart:
    """The record, within one transaction, as whoever ``guard`` stands for may read it."""

    def __init__(self, tx: Connection, guard: Guard, clock: Clock = system_clock) -> None:
        self._chart = Chart(tx, clock)
        self._guard = guard
        self._view = view_of(guard.actor.role)
        self._shown: dict[str, set[str]] = {}
        self._opened: set[str] = set()
        self._of_nobody: set[str] = set()

    def sees(self, kind: str) -> bool:
        """Whether this person's view shows anything of a type, so that its absence means none."""
        return self._view.sees(kind)

    def read(self, reference: str, version: int | None = None) -> Stored:
        """Return a resource, as it stands or one version of it.

        Raise ``NotFound``, ``Deleted``, or ``Forbidden``: ``OutsideCare`` where the patient is not
        in this person's care.
        """
        self._guard.require(Action.READ_CHART)
        self._view.require(reference.partition("/")[0])
        stored = self._chart.read(reference, version)
        whose = self._patients(stored)
        if not whose and stored.kind not in OF_NOBODY:
            raise Forbidden("Nobody can tell whose data this is.", where=stored.reference)
        for patient in sorted(whose):
            self._guard.require(Action.READ_CHART, patient)
        return self._show(stored, whose)

    def search(self, kind: str, parameters: Parameters) -> list[Stored]:
        """Return what matches and may be read, as ``Chart.search`` does."""
        self._guard.require(Action.READ_CHART)
        self._view.require(kind, parameters)
        if "_count" not in parameters:
            found = self._permitted(self._chart.search(kind, parameters))
        else:
            found = self._page(kind, parameters)
        return [self._show(stored, whose) for stored, whose in found]

    def panel(self, most: int) -> list[Stored]:
        """Return the patients this person has to do with these days, at most so many."""
        self._guard.require(Action.READ_CHART)
        ids = [one.partition("/")[2] for one in self._guard.panel(most)]
        found = []
        for start in range(0, len(ids), _AT_ONCE):
            known = ",".join(ids[start : start + _AT_ONCE])
            found += self._permitted(self._chart.search("Patient", {"_id": known}))
        return [self._show(stored, whose) for stored, whose in found]

    def find_patients(self, parameters: Parameters) -> list[Stored]:
        """Return the patients of the clinic that match, with no more than tells who they are."""
        self._guard.require(Action.FIND_PATIENT)
        view = load_views()[FINDING]
        view.require("Patient", parameters)
        found = self._chart.search("Patient", parameters)
        return [self._show(one, {one.reference}, view) for one in found]

    def told(self, about: str | None = None) -> list[Told]:
        """Return what was shown, as events of the audit trail: one for each patient.

        An event names ``about``, or the one resource that was shown of the patient, or the patient.
        It says where the patient was one of several at once, or only found by name: a review of
        access must not take a line of a list for an open chart.
        What is of nobody is told where nothing of a patient was shown.
        """
        if not self._shown:
            purpose = purpose_of(self._guard.actor.role)
            return [self._told(None, about or one, purpose) for one in sorted(self._of_nobody)]
        return [
            self._told(
                patient,
                about or (next(iter(what)) if len(what) == 1 else patient),
                self._guard.purpose(Action.READ_CHART, patient)
                or purpose_of(self._guard.actor.role),
            )
            for patient, what in sorted(self._shown.items())
        ]

    def _page(self, kind: str, parameters: Parameters) -> list[_Found]:
        """Return as many as ``_count`` asks for, of those that may be read.

        Raise ``TooLarge`` where so many match that those are not found among the first of them.
        """
        wanted = int(str(parameters["_count"]))
        size = max(wanted, _AT_ONCE)
        found: list[_Found] = []
        for offset in range(0, MOST, size):
            some = {**parameters, "_count": str(size), "_offset": str(offset)}
            there = self._chart.search(kind, some)
            found += self._permitted(there)
            if len(found) >= wanted or len(there) < size:
                return found[:wanted]
        raise TooLarge("Too much matches.", where=kind, mend="Ask for something more particular.")

    def _permitted(self, found: Iterable[Stored]) -> list[_Found]:
        """Return what may be read of this, each with its patients."""
        known = [(stored, self._patients(stored)) for stored in found]
        named = frozenset[str]().union(*(whose for _, whose in known))
        permitted = self._guard.permitted(Action.READ_CHART, named)
        return [
            (stored, whose)
            for stored, whose in known
            if whose <= permitted and (whose or stored.kind in OF_NOBODY)
        ]

    def _told(self, subject: str | None, entity: str, purpose: PurposeOfUse) -> Told:
        return Told(
            action="read",
            actor=self._guard.actor,
            subject=subject,
            entity=entity,
            purpose=purpose,
            detail={} if subject is None else self._how(subject),
        )

    def _how(self, patient: str) -> dict[str, str]:
        """Return how a patient was shown, where it was not by opening their chart."""
        if patient not in self._opened:
            return {"as": "found"}
        return {"among": str(len(self._shown))} if len(self._shown) > 1 else {}

    def _show(self, stored: Stored, whose: Iterable[str], view: View | None = None) -> Stored:
        """Return a resource as a view shows it, theirs unless given, and note that it was shown."""
        for patient in whose:
            self._shown.setdefault(patient, set()).add(stored.reference)
            if view is None:
                self._opened.add(patient)
        if not whose:
            self._of_nobody.add(stored.reference)
        return (view or self._view).of(stored)

    def _patients(self, stored: Stored) -> frozenset[str]:
        """Return whose data a resource is; that of a ``Provenance`` is whose its targets are."""
        resource = stored.json()
        found = patients_of(resource)
        if stored.kind != "Provenance":
            return found
        return found.union(*(self._behind(target) for target in resource.get("target", [])))

    def _behind(self, target: Mapping[str, Any]) -> frozenset[str]:
        try:
            return patients_of(self._chart.read(str(target.get("reference", ""))).json())
        except WardroundError:
            return frozenset()
