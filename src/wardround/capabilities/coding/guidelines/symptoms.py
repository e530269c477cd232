"""Signs and symptoms that are part of a definite diagnosis (I.B.4 to I.B.6)."""

from functools import lru_cache

from wardround.capabilities.coding.guidelines.codeset import codes
from wardround.capabilities.coding.guidelines.model import Setting
from wardround.capabilities.coding.guidelines.note import pattern
from wardround.capabilities.coding.guidelines.rules import rules
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.capabilities.coding.guidelines.stated import is_certain

_INTEGRAL = [(codes(*rule["to"]), codes(*rule["signs"])) for rule in rules("symptoms")["integral"]]
_UNRELATED = r"(?:not (?:due|related|secondary|attributable)|unrelated) to"


def drop_symptoms(sheet: Sheet) -> None:
    """Leave out the signs that a definite diagnosis on the sheet explains."""
    explained = {place for found in sheet for place in _explained_by(found.code)}
    for sign in sheet:
        places = [place for place in _sign_of(sign.code) if place in explained]
        for place in places:
            if sign.code not in sheet:
                break
            by = [one.code for one in sheet.among(_INTEGRAL[place][0]) if one.code != sign.code]
            sure = [code for code in by if _definite(sheet, code)]
            if sure and not _unrelated(sheet, sign.code):
                why = f"A sign that is part of {sure[0]} is not coded beside it."
                sheet.drop(sign.code, why, "I.B.5", by=sure[:1])


@lru_cache(maxsize=16_384)
def _explained_by(code: str) -> tuple[int, ...]:
    return tuple(place for place, (to, _) in enumerate(_INTEGRAL) if code in to)


@lru_cache(maxsize=16_384)
def _sign_of(code: str) -> tuple[int, ...]:
    return tuple(place for place, (_, signs) in enumerate(_INTEGRAL) if code in signs)


def _definite(sheet: Sheet, code: str) -> bool:
    """Whether it is certain, or coded as if it were (II.H): a mere suspicion explains no sign."""
    found = sheet.get(code)
    if found is None:
        return False
    return sheet.setting is Setting.INPATIENT or is_certain(sheet, found)


def _unrelated(sheet: Sheet, code: str) -> bool:
    """Whether the note says, beside the sign, that it does not belong to a disease."""
    found = sheet.get(code)
    return found is not None and any(
        pattern(_UNRELATED).search(sheet.note.words(sheet.note.sentence(span)))
        for span in found.spans
    )
