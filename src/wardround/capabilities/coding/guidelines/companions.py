"""Codes that go with another: drugs of diabetes, tobacco, dialysis, germs, BMI, weeks (I.B.7)."""

import re

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.codeset import codes
from wardround.capabilities.coding.guidelines.pregnancy import gestation
from wardround.capabilities.coding.guidelines.rules import Rule, rules
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.engines.assertion import assess

_RULES = rules("companions")
_BMI = re.compile(
    r"\b(?:BMI|body mass index)\b(?:\s*\([^)]{0,20}\))?\s*(?:of|is|was|=|:|at|-)?\s*"
    r"(?P<value>[1-9]\d(?:[.,]\d{1,2})?)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(\d{1,3})[- ]?(?:year|yr|y)s?[- ]?(?:old|o)\b|\b(\d{1,3}) ?y/?o\b", re.IGNORECASE
)
_GROWN = 20
_LOW = 20.0
_HIGH = ((70, "Z68.45"), (60, "Z68.44"), (50, "Z68.43"), (45, "Z68.42"), (40, "Z68.41"))


def add_companions(sheet: Sheet) -> None:
    """Add the codes that go with those on the sheet, where the note says them."""
    for rule in _RULES["companion"]:
        _companion(sheet, rule)
    _bmi(sheet)
    _weeks(sheet)


def _companion(sheet: Sheet, rule: Rule) -> None:
    if not sheet.note.hints(rule["hint"]):
        return
    if sheet.among(codes(*rule.get("family", (rule["code"],)))):
        return
    partners = _partners(sheet, rule)
    if not partners:
        return
    said = [span for span in _said(sheet, rule, partners) if _asserted(sheet, span)][:1]
    if not said or (
        "unless" in rule and sheet.note.said(rule["unless"], sheet.note.sentence(said[0]))
    ):
        return
    word = sheet.note.words(said[0])
    why = f'The note says "{word}": {rule["name"]}, with {partners[0].code}. {rule["section"]}'
    sheet.add(Found(rule["code"], partners[0].score, (said[0],), (why,)))


def _partners(sheet: Sheet, rule: Rule) -> list[Found]:
    if "beside" in rule:
        return sheet.among(codes(*rule["beside"]))
    return [found for found in sheet if sheet.book.use_additional(found.code, rule["code"])]


def _said(sheet: Sheet, rule: Rule, partners: list[Found]) -> list[Span]:
    if not rule.get("near"):
        return [
            span
            for place in sheet.note.around(rule["hint"])
            for span in sheet.note.said(rule["said"], place)
        ]
    places = [sheet.note.sentence(span) for one in partners for span in one.spans]
    return [span for place in places for span in sheet.note.said(rule["said"], place)]


def _asserted(sheet: Sheet, span: Span) -> bool:
    """Whether the note says it of the patient: these words are not yet assessed.

    Only what can bear on them is read: from the heading above them to the end of their sentence.
    """
    start = sheet.note.heading(span)
    text = sheet.note.text[start : sheet.note.sentence(span).end]
    (said,) = assess(text, [(span.start - start, span.end - start)])
    present = said.polarity == "present" and said.certainty == "certain"
    return present and said.person == "patient" and not (said.hypothetical or said.conditional)


def _bmi(sheet: Sheet) -> None:
    section = _RULES["bmi"]["section"]
    there = sheet.among(codes("Z68"))
    partners = sheet.among(codes(*_RULES["bmi"]["beside"]))
    if not partners:
        for found in there:
            why = "A BMI is coded only beside a diagnosis that it belongs to."
            sheet.drop(found.code, why, section)
        return
    if any(sheet.book.billable(found.code) for found in there):
        return
    said = bmi(sheet.note.text)
    if said is None:
        return
    code, span = said
    why = f'The note says "{sheet.note.words(span)}", with {partners[0].code}. {section}'
    sheet.add(Found(code, partners[0].score, (span,), (why,)))


def bmi(text: str) -> tuple[str, Span] | None:
    """Return the code of an adult's BMI and where it stands; None for a child, or where unsaid."""
    match = _BMI.search(text)
    if match is None or _child(text):
        return None
    value = float(match["value"].replace(",", "."))
    if value < _LOW:
        return "Z68.1", Span(*match.span())
    above = next((code for least, code in _HIGH if value >= least), f"Z68.{int(value)}")
    return above, Span(*match.span())


def _child(text: str) -> bool:
    age = _AGE.search(text)
    return age is not None and int(age[1] or age[2]) < _GROWN


def _weeks(sheet: Sheet) -> None:
    rule = _RULES["weeks"]
    partners = sheet.among(codes(*rule["beside"]))
    if not partners or sheet.among(codes("Z3A")):
        return
    said = gestation(sheet.note)
    if said is None or said[2] is None:
        return
    code = _week_code(said[2])
    word = sheet.note.words(said[1])
    why = f'The note says "{word}", with {partners[0].code}. {rule["section"]}'
    sheet.add(Found(code, partners[0].score, (said[1],), (why,)))


def _week_code(weeks: int) -> str:
    if weeks < 8:
        return "Z3A.01"
    if weeks > 42:
        return "Z3A.49"
    return f"Z3A.{weeks:02d}"
