"""What a person has to look at before a level is charged; where there is nothing, it is clear."""

from collections.abc import Iterator

from wardround.capabilities.coding.em import grid
from wardround.capabilities.coding.em.minutes import written_minutes
from wardround.capabilities.coding.em.model import LEVELS, Worksheet


def doubts(sheet: Worksheet, text: str) -> tuple[str, ...]:
    """Return why the level of a worksheet is not clear from the note, each in a sentence.

    Where it is the same however a doubt is settled, the doubt is none.
    """
    return () if sheet.code is None else tuple(_doubts(sheet, sheet.code, text))


def _doubts(sheet: Worksheet, code: str, text: str) -> Iterator[str]:
    rows = grid.rows(sheet.setting, new=sheet.new)
    if next(row.level for row in rows if row.code == code) == LEVELS[-1]:
        yield "It is the highest level of its kind."
    if sheet.setting == "inpatient":
        yield "Whether it is the first visit of the stay is not read from the note."
    elif sheet.new and sheet.setting != "emergency":
        yield "That the patient is new rests on this record alone, which has no earlier visit."
    if _higher_if_addressed(sheet):
        yield "The plan names no problem; whether those of the history were addressed decides."
    if sheet.basis == "time" and sheet.mdm is not None:
        yield "The time of the day supports it; medical decision making alone supports less."
    told = written_minutes(text)
    if sheet.minutes is None and told is not None:
        by_time = grid.by_time(told.minutes, sheet.setting, new=sheet.new)
        if by_time is not None and by_time > code:
            yield f"The note tells of {told.minutes} minutes, which may be the total of the day."


def _higher_if_addressed(sheet: Worksheet) -> bool:
    """Whether problems that only the history names would, if addressed, make another level."""
    if sheet.problems is None or sheet.problems.uncapped is None:
        return False
    level = grid.two_of_three(sheet.problems.uncapped, sheet.data.level, sheet.risk.level)
    return grid.by_mdm(level, sheet.setting, new=sheet.new) != sheet.code
