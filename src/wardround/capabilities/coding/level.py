"""The level of the visit: which worksheet applies, and the codes that a coder can choose from."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, NamedTuple

from pydantic import Field

from wardround.capabilities.coding.em import Setting as Place
from wardround.capabilities.coding.em import Worksheet
from wardround.capabilities.coding.em import level as read_level
from wardround.capabilities.coding.em.grid import rows
from wardround.capabilities.coding.found import Found
from wardround.capabilities.coding.visit import Visit
from wardround.kernel import Context, Noun, Order, day_of

_PLACES: dict[str, Place] = {
    "AMB": "office",
    "VR": "office",
    "EMER": "emergency",
    "HH": "home",
    "IMP": "inpatient",
    "ACUTE": "inpatient",
    "NONAC": "inpatient",
    "OBSENC": "inpatient",
}
"""The worksheet of each class of encounter (HL7 v3 ActCode)."""

_SEEN = timedelta(days=3 * 365 + 1)
"""Who was seen by the clinic within three years is no new patient (AMA, E/M Guidelines)."""


class VisitLevel(Noun):
    """The level of a visit: its worksheet, and what a coder decided.

    ``code`` is a CPT number; empty where none is billed. A level that is clear from the note is
    confirmed by the signature of the codes; one that is not is confirmed by itself.
    """

    worksheet: Worksheet
    code: str = Field(default="", pattern=r"^([0-9]{5})?$")
    state: Literal["suggested", "confirmed", "none"] = "suggested"
    why: str = Field(default="", max_length=500)

    @property
    def undecided(self) -> bool:
        """Whether a coder has to confirm, change or drop it before codes are signed."""
        return self.state == "suggested" and (not self.code or bool(self.worksheet.unsure))

    @property
    def billed(self) -> str:
        """The code that signing charges; empty where it charges none, or cannot yet be signed."""
        return "" if self.undecided else self.code


class Choice(NamedTuple):
    """A code of the setting, with its level and the least minutes, for a coder to choose."""

    code: str
    level: str
    minutes: int | None
    new: bool


def level_of(
    text: str, found: Sequence[Found], visit: Visit, order: Order, context: Context
) -> VisitLevel | None:
    """Return the level that a note supports; None where the visit has no such level."""
    place = _PLACES.get(visit.kind)
    if place is None:
        return None
    new = False if place == "emergency" else is_new(visit, order, context)
    worksheet = read_level(text, found, setting=place, new=new)
    return VisitLevel(worksheet=worksheet, code=worksheet.code or "")


def is_new(visit: Visit, order: Order, context: Context) -> bool:
    """Whether the record has no visit of the patient in the three years before this one."""
    before = context.search(
        "Encounter",
        patient=order.subject,
        status="finished",
        date=f"ge{(visit.day - _SEEN).isoformat()}",
    )
    days = [day_of(one.get("period", {}).get("start")) for one in before]
    return not any(day < visit.day for day in days if day is not None)


def choices(worksheet: Worksheet) -> list[Choice]:
    """Return the codes of a worksheet's setting, of established patients first."""
    return [
        Choice(row.code, row.level, row.minutes, new)
        for new in (False, True)
        for row in rows(worksheet.setting, new=new)
    ]
