"""The minutes that a note says were spent, where it says they are the total of the day."""

import re
from typing import NamedTuple

_MINUTES = re.compile(r"\b(\d{1,3})\s*(?:-\s*)?(?:minutes|mins?)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"\btotal(?: provider| physician| clinician| encounter| visit)? time\b|\ba total of\b"
    r"|\bon the (?:date|day) of (?:the|this) (?:encounter|visit|service)\b"
    r"|\b(?:time )?spent (?:today|on (?:this|today's) (?:visit|encounter))\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:exercise|walk\w*|smoking|tobacco|cessation|critical care|procedure|nebuli\w+|wait\w*|"
    r"every|advance care planning|drive|commute|last(?:s|ed|ing)?|physical therapy)\b",
    re.IGNORECASE,
)


class Written(NamedTuple):
    """Minutes as written, their characters, and whether they are said to be the day's total."""

    minutes: int
    span: tuple[int, int]
    total: bool


def written_minutes(text: str) -> Written | None:
    """Return the minutes of the visit that a note tells, the total before any other; or None.

    CPT counts the clinician's own total time on the date of the encounter, without what is
    reported apart; minutes of counselling on smoking, or of a walk, are not that.
    """
    told: list[Written] = []
    for sentence in re.finditer(r"[^.!?\n]+", text):
        if _PART.search(sentence.group()):
            continue
        found = _MINUTES.search(sentence.group())
        total = _TOTAL.search(sentence.group()) is not None
        if found and (total or re.search(r"\bspent\b", sentence.group(), re.IGNORECASE)):
            start = sentence.start()
            span = (found.start() + start, found.end() + start)
            told.append(Written(int(found.group(1)), span, total))
    return max(told, key=lambda item: item.total, default=None)
