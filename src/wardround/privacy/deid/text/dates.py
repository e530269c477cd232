"""Dates in figures, words and speech, and ages over 89.

Every part of a date but the year is PHI (164.514(b)(2)(i)(C)): a year alone is left, as are times of
the day, days of the week and "three weeks ago". What could be a ratio or a score (``5/5``,
``120/80``, ``3/4``) is a date only where it says so.
"""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)"
_YEAR = r"(?:(?:18|19|20)\d\d|['’]\d\d)"
_M = r"(?:1[0-2]|0?[1-9])"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_SPOKEN_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
    r"thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_SPOKEN_DAY = rf"(?:{_SPOKEN_ORDINAL}|(?:twenty|thirty)[- ]{_UNIT}|{_TEEN}|twenty|thirty|{_UNIT})"
_SPOKEN_YEAR = (
    rf"(?:(?:nineteen|eighteen)[- ](?:oh[- ]{_UNIT}|hundred|{_TENS}(?:[- ]{_UNIT})?|{_TEEN})|"
    rf"two[ ]thousand(?:(?:[ ]and)?[- ](?:{_TENS}[- ]{_UNIT}|{_TENS}|{_TEEN}|{_UNIT}))?|"
    rf"twenty[- ](?:oh[- ]{_UNIT}|{_TENS}(?:[- ]{_UNIT})?|{_TEEN}))"
)
_TIME = r"(?:T\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"

_WORDED = re.compile(
    rf"""
    \b(?:
      {_MONTH}\.?[ \t,/-]{{1,3}}(?:the[ ])?{_DAY}(?:{_ORDINAL})?\b(?!\s?(?:mg|mcg|ml|units?|%)\b)
        (?:(?:\s?,\s?|\s|-|/|\sof\s){_YEAR}\b|-\d\d\b)?
    | (?:the\s)?{_DAY}(?:{_ORDINAL})?(?:[ \t]of)?(?:[ \t./-])?{_MONTH}\b\.?
        (?:(?:\s?,\s?|\s|-|/){_YEAR}\b|-\d\d\b)?
    | {_MONTH}\.?(?:,?\s(?:of\s)?|-|/){_YEAR}\b
    | {_MONTH}\s(?:the\s)?{_SPOKEN_DAY}\b(?:[ ,]{{1,2}}(?:{_SPOKEN_YEAR}|{_YEAR})\b)?
    | (?:the\s)?{_SPOKEN_ORDINAL}\s(?:day\s)?of\s{_MONTH}\b(?:[ ,]{{1,2}}(?:{_SPOKEN_YEAR}|{_YEAR})\b)?
    | {_MONTH}\s(?:of\s)?{_SPOKEN_YEAR}\b
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FIGURES = re.compile(
    rf"""
    (?<![\d./-])(?:
      (?:18|19|20)\d\d(?P<a>[-/.])(?:1[0-2]|0?[1-9])(?P=a)(?:3[01]|[12]\d|0?[1-9])(?!\d)
    | (?:3[01]|[12]\d|0?[1-9])(?P<b>[-/.])(?:3[01]|[12]\d|0?[1-9])(?P=b)(?:(?:18|19|20)\d\d|\d\d)(?![\d/])
    | (?:18|19|20)\d\d(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])(?:(?=T?\d{{4}})T?\d{{4,6}})?(?!\d)
    | {_M}\s?/\s?{_DAY}\s?/\s?(?:(?:18|19|20)\d\d|\d\d)(?![\d/])
    | {_M}[/-](?:18|19|20)\d\d(?![\d/-])
    )(?!\.\d){_TIME}
    """,
    re.VERBOSE,
)
_SHORT = re.compile(
    rf"(?<![\d./-])(?:{_M}[/-]{_DAY}|{_DAY}[/-]{_M})(?![\d/%-]|\.\d|\s?(?:strength|murmur|in bilat|intact))"
)
_LEADS = re.compile(
    r"(?:\b(?:on|by|since|until|till|dated?|from|through|thru|before|after|due|seen|visit|dos|dob|born|of|"
    r"scheduled|appointment|appt|follow-?up|f/u|admitted|discharged|adm|d/c|between|and|to|or|last|next|"
    r"surgery|collected|drawn|labs?|result(?:ed|s)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|"
    r"thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|lmp|edd|edc|expires?|exp)"
    r"[\s:.,(-]*|[(\[-]\s?|[-–]\s?|\bdate[^\n]{0,12}:\s*)$",
    re.IGNORECASE,
)
_NO_DATE = re.compile(
    r"(?:\b(?:strength|reflexes?|pain|score|murmur|bp|pulses?|grade|motor|dtrs?|apgars?|gcs|visual acuity|"
    r"stage|rated?|power|out|grips?|flexion|extension|mmt|iv|iii|ii|edema)\b[^.\n]{0,25})$",
    re.IGNORECASE,
)
_SPOKEN_NUMBER = rf"(?:{_TENS}[- ]{_UNIT}|{_TENS}|{_TEEN}|{_UNIT})"
_AGE = re.compile(
    rf"""
    (?<![\d./-])(?P<old>9\d|1[0-2]\d)(?=
        [\s-]?(?:y(?:ea)?rs?\b|y[/.]?o\b|y\.o|yo[mfw]\b|years?[\s-]old|[-\s]year[-\s]old)
      | [-\s](?:year|yr)s?[-\s]old | \s?[mf]\b(?!\w) | \s?y\b )
    | \bage[ds]?(?:\s(?:is|of|was|at\s\w+))?\s?[:=]?\s?(?P<aged>9\d|1[0-2]\d)\b(?!\s?(?:%|mg|days|months|weeks))
    | \bin\s(?:her|his|their|the)\s(?:early\s|mid[- ]|late\s)?(?P<decade>(?:9|10|11)0['’]?s|nineties)\b
    | \b(?P<words>ninety(?:[- ]{_UNIT})?|(?:a|one)\s?hundred(?:(?:\sand)?[- ]{_SPOKEN_NUMBER})?)
        (?=[-\s](?:years?|yrs?)(?:[-\s]old)?\b)
    | \b(?:turn(?:s|ed|ing)?|i\sam|i'm|aged?)\s(?P<said>ninety(?:[- ]{_UNIT})?|9\d|10\d)\b(?!\s?(?:%|percent|/|mg|degrees|kg|pounds|lbs|bpm|over|on))
      (?=\s?(?:[.,;!?)]|$|and\b|now\b|today\b|last\b|next\b|this\b|in\b|so\b))
    | \b(?:she|he|who|patient|mother|father|mom|dad|grandmother|grandfather|grandma|grandpa|wife|husband|aunt|uncle|sister|brother|
        (?-i:[A-Z][a-z]+))(?:\sis|'s)\s(?:now\s)?(?P<kin>9\d|10\d)(?=\s?(?:[.,;!?)]|$|\n|and\b))
    | \b(?P<nona>nonagenarian|centenarian|supercentenarian)\b
    | \b(?P<birthday>9\d(?:st|nd|rd|th)|100th|10[1-9]th|ninetieth|ninety-\w+)(?=\s(?:birthday|year))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OLD = re.compile(r"(?<![\d./])(?:9\d|1[0-2]\d)(?![\d%/]|\.\d)|ninet|hundred|nonag|centen")
_MONTHS = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")


def find_dates(text: str, lowered: str) -> Iterator[Find]:
    """Yield the dates and the ages over 89 of a text; ``lowered`` is the text in lower case."""
    for found in _around(_MONTHS, _WORDED, text, lowered, 36, 60):
        if not _is_verb(text, found):
            yield Find(
                found.start(), found.end(), Kind.DATE, 0.97, "a date with its month in words"
            )
    for found in _FIGURES.finditer(text):
        yield Find(found.start(), found.end(), Kind.DATE, 0.97, "a date in figures")
    for found in _SHORT.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        if _LEADS.search(before) and not _NO_DATE.search(before):
            yield Find(found.start(), found.end(), Kind.DATE, 0.8, "day and month behind a cue")
    for found in _around(_OLD, _AGE, text, lowered, 40, 40):
        name = found.lastgroup or "old"
        start, end = found.span(name)
        yield Find(start, end, Kind.AGE, 0.95, "an age over 89")


def _around(
    gate: re.Pattern[str],
    pattern: re.Pattern[str],
    text: str,
    lowered: str,
    before: int,
    after: int,
) -> Iterator[re.Match[str]]:
    """Yield what a slow pattern finds around what a quick one does, so many characters each way."""
    passed = 0
    for hint in gate.finditer(lowered):
        if hint.end() <= passed:
            continue
        found = pattern.search(text, max(passed, hint.start() - before), hint.end() + after)
        while found is not None:
            found = pattern.match(text, found.start()) or found  # not cut off by what is around
            passed = found.end()
            yield found
            if passed >= hint.end():
                break
            found = pattern.search(text, passed, hint.end() + after)


def _is_verb(text: str, found: re.Match[str]) -> bool:
    """Whether "may 5" or "march 10" is more likely a verb with a number: "may 2 tablets"."""
    start = found[0][:5]
    if start[:3].lower() not in {"may", "mar"}:
        return False
    if start.lower().startswith("mar") and not start.lower().startswith("march"):
        return False
    after = text[found.end() : found.end() + 14].lower()
    return start[0].islower() and after.lstrip().startswith(
        ("tablet", "mg", "time", "pill", "day", "week", "hour", "month", "puff", "step", "mile")
    )
