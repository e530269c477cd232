"""How the pages of access review say who a patient is, and how somebody stood to them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from wardround.bootstrap import OpenRecord
from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import InvalidInput
from wardround.privacy.oversight import Identity, Line, Stood, identity_of, stood
from wardround.security import CareRelation, People


class Patients:
    """Knows some patients by their references: the record number where it is enough."""

    def __init__(self, here: Visitor, references: Iterable[str | None]) -> None:
        wanted = sorted({one for one in references if one is not None})
        with here.wardround.database.read() as tx:
            found = OpenRecord(tx, here.wardround.settings.care_days).read(wanted)
        self._known = {one: identity_of(one, resource) for one, resource in found.items()}

    def of(self, reference: str | None) -> Identity | None:
        """Return who it is; nobody where the record has them no more."""
        return self._known.get(reference or "")

    def number(self, reference: str | None) -> str:
        """Return the record number, or the reference where there is none."""
        known = self.of(reference)
        return known.number if known and known.number else reference or "Several patients"


def standings(here: Visitor, lines: Iterable[Line]) -> dict[tuple[str, str], str]:
    """Return how the person of each line stood to the patient, in words."""
    found = list(lines)
    now = here.wardround.clock()
    with here.wardround.database.read() as tx:
        references = {one.id: one.reference for one in People(tx).list()}
        known = stood(OpenRecord(tx, here.wardround.settings.care_days), found, references, now)
    return {
        (line.person, line.patient): _said(line, known.get((line.person, line.patient)))
        for line in found
    }


def _said(line: Line, both: Stood | None) -> str:
    if both is None:
        return "Not known"
    then, now = _word(both.then), _word(both.now)
    if line.emergency and then == "None":
        then = "Emergency access"
    return then if then in {now, "Emergency access"} else f"{then}; now: {now.lower()}"


def _word(relation: CareRelation) -> str:
    if relation.treats:
        return "Treats the patient"
    if relation.expected:
        return "Visit within a day"
    return "Visit lately" if relation.seen else "None"


def moment_of(day: str, field: str, days: int = 0) -> datetime:
    """Return the beginning of a day by the clinic's clock, ``days`` later."""
    try:
        first = date.fromisoformat(day) + timedelta(days=days)
    except (ValueError, OverflowError):
        raise InvalidInput("This is no date.", where=field, mend="Write 2026-11-24.") from None
    return datetime(first.year, first.month, first.day).astimezone()
