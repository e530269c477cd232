"""What the note says of a mention: absent, in doubt, past, or another person's."""

import re
from enum import Enum

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.codeset import codes
from wardround.capabilities.coding.guidelines.model import Setting
from wardround.capabilities.coding.guidelines.rules import rules
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.engines.assertion import Assertion

_RULES = rules("stated")
_CONFIRMED_ONLY = codes(*_RULES["confirmed_only"])
_SAID_BY_A_NO = codes(*_RULES["said_by_a_no"])
_IS_HISTORY = codes(*_RULES["is_history"])
_IS_FAMILY = codes(*_RULES["is_family"])
_LASTING = codes(*_RULES["lasting"])


_STEM = 5


class Standing(Enum):
    """How a mention stands, the strongest first."""

    STANDS = 1
    UNCERTAIN = 2
    PAST = 3
    FAMILY = 4
    OTHER = 5
    NOT_YET = 6
    ABSENT = 7


_WHY = {
    Standing.ABSENT: ("The note says that it is absent.", "IV.J"),
    Standing.OTHER: ("It is said of another person.", "IV.J"),
    Standing.NOT_YET: ("It is named for what could be or come, not as present.", "I.B.11"),
}


def weigh_statements(sheet: Sheet) -> None:
    """Keep what is present; turn what is past or the family's into history; leave out the rest."""
    for found in sheet:
        standings = _standings(sheet, found)
        best = min(standings.values(), default=Standing.STANDS, key=lambda how: how.value)
        also = {best, Standing.UNCERTAIN} if best is Standing.STANDS else {best}
        if sheet.setting is Setting.OUTPATIENT:
            also = {best}
        kept = [span for span in found.spans if standings.get(span, best) in also] or found.spans
        sheet.keep_spans(found.code, kept)
        if best is Standing.UNCERTAIN:
            _uncertain(sheet, found)
        elif best is Standing.PAST:
            _past(sheet, found)
        elif best is Standing.FAMILY:
            _family(sheet, found)
        elif best is not Standing.STANDS:
            sheet.drop(found.code, *_WHY[best])


def _standings(sheet: Sheet, found: Found) -> dict[Span, Standing]:
    """Return how the assessed words of a code stand; what is not assessed goes with the best.

    Where the strongest words are denied, others count only if they share a word with them: the
    "days" of "no fever for two days" say no fever.
    """
    standings = {
        span: _standing(sheet, found.code, sheet.assertions[span])
        for span in found.spans
        if span in sheet.assertions
    }
    strongest = standings.get(found.spans[0], Standing.STANDS)
    if strongest.value < Standing.FAMILY.value:
        return standings
    said = _stems(sheet.note.words(found.spans[0]))
    return {
        span: how
        for span, how in standings.items()
        if how is strongest or said & _stems(sheet.note.words(span))
    }


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM].lower() for word in words.split())


def _standing(sheet: Sheet, code: str, said: Assertion) -> Standing:
    if said.polarity == "negated" and code not in _SAID_BY_A_NO:
        return Standing.ABSENT
    if said.person == "family" and code not in _IS_FAMILY:
        return Standing.FAMILY
    if said.person == "other":
        return Standing.OTHER
    if said.hypothetical or said.conditional:
        return Standing.NOT_YET
    lasts = code in _IS_HISTORY or code in _LASTING
    if said.time == "historical" and not lasts and not _of_this_stay(sheet, said):
        return Standing.PAST
    return Standing.UNCERTAIN if said.certainty == "possible" else Standing.STANDS


def _of_this_stay(sheet: Sheet, said: Assertion) -> bool:
    """Whether it is past because it was treated in the stay that is coded (III)."""
    if sheet.setting is not Setting.INPATIENT:
        return False
    cues = " ".join(sheet.note.text[start:end] for start, end in said.cues)
    return re.search(r"\b(?:resol|improv|recover|treat)", cues, re.IGNORECASE) is not None


def _uncertain(sheet: Sheet, found: Found) -> None:
    code = found.code
    if sheet.setting is Setting.OUTPATIENT:
        why = "It is uncertain, and uncertain diagnoses are not coded of outpatients: code the sign"
        sheet.drop(code, f"{why}, symptom or reason for the visit.", "IV.H")
    elif sheet.setting is None:
        sheet.tell(code, "The note is uncertain of it: coded for inpatients alone. II.H, IV.H")
    elif code in _CONFIRMED_ONLY:
        sheet.drop(code, "Only confirmed cases are coded, for inpatients too.", "I.C.1, II.H")
    elif code in _RULES["influenza"]:
        to = _RULES["influenza"][code]
        sheet.replace(found, to, "The virus is suspected, not confirmed. I.C.10.c")
    else:
        why = "Uncertain: coded as if it existed if it still is so at discharge. II.H, III.C"
        sheet.tell(code, why)


def _past(sheet: Sheet, found: Found) -> None:
    to = _first(sheet, "history", found.code)
    if to is not None:
        sheet.replace(sheet.get(found.code) or found, to, "It is said as history. I.C.21.c.4")
        return
    sheet.drop(found.code, "It is past and no longer treated.", "IV.J")


def _family(sheet: Sheet, found: Found) -> None:
    to = _first(sheet, "family", found.code)
    if to is not None:
        sheet.replace(sheet.get(found.code) or found, to, "It is said of the family. I.C.21.c.4")
        return
    sheet.drop(found.code, "It is said of the family, and there is no code for that.", "IV.J")


def _first(sheet: Sheet, table: str, code: str) -> str | None:
    to = next((to for named, to in _RULES[table].items() if code in codes(named)), None)
    return None if to is None else sheet.book.complete(to)


def is_certain(sheet: Sheet, found: Found) -> bool:
    """Whether some of its words say it as present and certain."""
    return Standing.STANDS in (_standings(sheet, found).values() or [Standing.STANDS])
