"""Dates in figures, words and speech.

Every part of a date but the year is PHI (164.514(b)(2)(i)(C)): a year alone is left, as are times of
the day, days of the week and "three weeks ago". What could be a ratio or a score (``5/5``,
``120/80``, ``3/4``) is a date only where it says so.
"""

import re
from collections.abc import Iterable, Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.reading import Reading, tried, with_dots
from wardround.privacy.deid.text.said import TEEN, TENS, UNIT

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ORDINAL = r"(?:st|nd|rd|th)"
_YEAR = r"(?:(?:18|19|20)\d\d|['’]\d\d)"
_M = r"(?:1[0-2]|0?[1-9])"
_SPOKEN_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
    r"thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_SPOKEN_DAY = rf"(?:{_SPOKEN_ORDINAL}|(?:twenty|thirty)[- ]{UNIT}|{TEEN}|twenty|thirty|{UNIT})"
_SPOKEN_YEAR = (
    rf"(?:(?:nineteen|eighteen)[- ](?:oh[- ]{UNIT}|hundred|{TENS}(?:[- ]{UNIT})?|{TEEN})|"
    rf"two[ ]thousand(?:(?:[ ]and)?[- ](?:{TENS}[- ]{UNIT}|{TENS}|{TEEN}|{UNIT}))?|"
    rf"twenty[- ](?:oh[- ]{UNIT}|{TENS}(?:[- ]{UNIT})?|{TEEN}))"
)
_TIME = r"(?:T\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
_FROM_MONTH = re.compile(
    rf"""
    \b(?:
      {_MONTH}\.?(?:[ \t,/-]{{1,3}}|\s)(?:the[ ])?{_DAY}(?:{_ORDINAL})?(?:\s?[-–]\s?{_DAY}(?:{_ORDINAL})?)?\b(?!\s?(?:mg|mcg|ml|units?|%)\b)
        (?:(?:\s?,\s?|\s|-|/|\sof\s){_YEAR}\b|-\d\d\b)?
    | {_MONTH}\.?(?:,?\s(?:of\s)?|-|/){_YEAR}\b
    | {_MONTH}\s(?:of\s)?{_SPOKEN_YEAR}\b
    | {_MONTH}\s(?:the\s)?{_SPOKEN_DAY}\b(?:[ ,]{{1,2}}(?:of\s)?(?:{_SPOKEN_YEAR}|{_YEAR})\b)?
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BEFORE_MONTH = re.compile(
    rf"\b(?:the\s)?(?:{_DAY}(?:{_ORDINAL})?(?:[ \t]of)?[ \t./-]?|{_SPOKEN_ORDINAL}\s(?:day\s)?of\s)$",
    re.IGNORECASE,
)
_BEHIND_DAY = re.compile(
    rf"{_MONTH}\b\.?(?:(?:\s?,\s?|\s|-|/|[ ,]{{1,2}}|\sof\s)(?:{_YEAR}|{_SPOKEN_YEAR})\b|[- ]\d\d\b(?![:/.]\d|\s?(?:mg|mcg|ml|%|units|hours|days|weeks|am|pm)\b))?",
    re.IGNORECASE,
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
_RANGE = re.compile(
    rf"(?<![\d./-]){_M}/{_DAY}\s?(?:-|–|to|through|thru)\s?{_M}/{_DAY}(?:/(?:(?:18|19|20)\d\d|\d\d))?(?![\d/%])"
)
_SHORT = re.compile(
    rf"(?<![\d./-])(?:{_M}[/-]{_DAY}|{_DAY}[/-]{_M})(?![\d/%-]|\.\d|\s?(?:strength|murmur|in bilat|intact))"
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]{0,2}\s(?:the\s)?$",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s?\d|['’-])",
    re.IGNORECASE,
)
_BEFORE_ALONE = re.compile(
    r"\b(?:in|since|until|till|by|last|this|next|early|late|mid|from|between|through|during|of|before|after|for)"
    r"[\s-](?:early |late |mid[- ]?|the month of )?$",
    re.IGNORECASE,
)
_EARLY = re.compile(r"\b(?:early|mid|late)[ -]$", re.IGNORECASE)
"""What of a month is meant, and belongs to it."""
_MONTH_SHORT = re.compile(
    r"\b(?:in|since|until|till|due|last|next|by|from|through)[ ]((?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?!\.?[ ]?\d)"
)
_AFTER_DAY = r"(?=\s*(?:[.,;:)!?\n]|$)|[ ](?:at|for|then|so|to|but|because|or|when|if|we|he|she|they|i|with|period|comma)\b)"
_DAY_ALONE = re.compile(
    rf"\b(?:on|until|till|til|since|before|after|through|due)[ ](the[ ](?:{_DAY}{_ORDINAL}|{_SPOKEN_ORDINAL})){_AFTER_DAY}"
    rf"|\b(?:for|by|is|was|be|from|of|come)[ ]\w{{0,9}}[ ]?(the[ ](?:(?:1[1-9]|[23]\d){_ORDINAL})){_AFTER_DAY}",
    re.IGNORECASE,
)
_DAYS_ALONE = with_dots(
    "on until till til since before after through due for by is was be from of come"
)
_ONLY_MONTHS = frozenset("january february september october november december july".split())
"""Months that are no other word, and nobody's name."""
_HOLIDAY = re.compile(
    r"\b(?:(?:ash|holy) wednesday|good friday|maundy thursday|palm sunday|(?:black|cyber) (?:friday|monday)|"
    r"(?:christmas|new year['’]?s|easter|lunar new year|chinese new year|thanksgiving|passover)(?: (?:eve|day|sunday|monday))?|"
    r"(?:memorial|labor|veterans['’]?|mlk|martin luther king(?:,? jr\.?)?|presidents?['’]?s?|columbus|independence|groundhog|"
    r"mother['’]?s['’]?|father['’]?s['’]?|valentine['’]?s?|st\.? patrick['’]?s|indigenous peoples['’]?|earth|flag|boxing|canada|"
    r"armistice|all saints['’]?|election) day|halloween|juneteenth|hanukkah|chanukah|yom kippur|rosh hashanah|purim|"
    r"eid(?: al[- ](?:fitr|adha))?|diwali|kwanzaa|cinco de mayo|mardi gras|fourth of july|4th of july|nowruz|holi)\b"
    r"(?! (?:disease|factor|tree|card|party))(?:,? (?:of )?(?:(?:19|20)\d\d|['’]\d\d)\b)?",
    re.IGNORECASE,
)
_HOLIDAYS = with_dots(
    "ash holy good maundy palm black cyber christmas new easter lunar chinese thanksgiving passover memorial "
    "labor veterans veterans' mlk martin president presidents presidents' president's columbus independence "
    "groundhog mother's mothers father's fathers mother’s father’s valentine's valentines st indigenous earth "
    "flag boxing canada armistice all election halloween juneteenth hanukkah chanukah yom rosh purim eid "
    "diwali kwanzaa cinco mardi fourth nowruz holi new"
)
_TIMED = re.compile(r": |,? (?:at )?(?:[01]?\d|2[0-3]):[0-5]\d\b")
_MEASURED = re.compile(
    r"\s?(?:strength|murmur|in bilat|intact|mg|mcg|ml|tab|tsp|tbsp|cup|inch|mm\b|cm\b|pills?\b|bilateral|systolic|points?\b|"
    r"on the|throughout|positive|of \d|sec)",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b(?:date|dated|birth|admission|discharge|service|on|born|addendum|to|from|dob)\b(?: of (?:birth|admission|discharge|service|death|visit))?"
    rf"(?: is| was| on)? ((?:{UNIT}|{TEEN}|\d\d?) (?:{TENS} {UNIT}|{UNIT}|{TEEN}|{TENS}|\d\d?) "
    rf"(?:{_SPOKEN_YEAR}|(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_DATED = with_dots("date dated birth admission discharge service on born addendum to from dob")
_LEADS = re.compile(
    r"(?:\b(?:on|by|since|until|till|dated?|from|through|thru|before|after|due|seen|visit|dos|dob|born|of|"
    r"scheduled|appointment|appt|follow-?up|f/u|admitted|discharged|adm|d/c|between|and|to|or|last|next|"
    r"surgery|collected|drawn|labs?|result(?:ed|s)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|"
    r"thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|lmp|stopped|started|restarted|changed|closed|swab|note|placed|treated|edd|edc|expires?|exp)"
    r"[\s:.,(-]*|[(\[-]\s?|[-–]\s?|\bdate[^\n]{0,12}:\s*)$",
    re.IGNORECASE,
)
_NO_DATE = re.compile(
    r"(?:\b(?:strength|reflexes?|pain|score|murmur|bp|pulses?|grade|motor|dtrs?|apgars?|gcs|visual acuity|"
    r"stage|rated?|braden|moca|mmse|phq-?\d?|gad-?\d?|score[sd]?|scale|acuity|apgar|ratio|morse|cage|audit|nihss|wells|power|out|grips?|flexion|extension|mmt|edema)\b[^.\n]{0,25})$",
    re.IGNORECASE,
)
_IN_DATES = frozenset("-/.")
_MONTHS = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?<!\w...)")
"""How months begin; that a word begins there is asked behind, as letters are found quickest."""


def find_dates(reading: Reading) -> Iterator[Find]:
    """Yield the dates of a text."""
    months = [found.start() for found in _MONTHS.finditer(reading.lowered)]
    yield from _months_alone(reading, months)
    for found in reading.matches(_HOLIDAY, _HOLIDAYS, as_written=True):
        if reading.flat or found[0][0].isupper():
            yield Find(found.start(), found.end(), Kind.DATE, 0.85, "a holiday")
    yield from _with_weekdays(reading.text, _days(reading, months))
    if " the " in reading.lowered:
        for found in reading.matches(_DAY_ALONE, _DAYS_ALONE, as_written=True):
            group = 1 if found[1] else 2
            yield Find(*found.span(group), Kind.DATE, 0.8, "a day without its month")
    if reading.flat:
        for found in reading.matches(_SAID, _DATED, as_written=True):
            yield Find(found.start(1), found.end(1), Kind.DATE, 0.85, "a date, said in figures")


def _days(reading: Reading, months: Iterable[int]) -> Iterator[Find]:
    """Yield the dates that have a day, and years with their month."""
    text = reading.text
    for start, end in _worded(reading.text, months):
        if not _is_verb(text, start, end):
            yield Find(start, end, Kind.DATE, 0.97, "a date with its month in words")
    for found in tried(_FIGURES, text, _dated(reading)):
        yield Find(found.start(), found.end(), Kind.DATE, 0.97, "a date in figures")
    for found in tried(_RANGE, text, _dated(reading)):
        yield Find(found.start(), found.end(), Kind.DATE, 0.95, "from a day to another")
    for found in tried(_SHORT, text, _dated(reading)):
        before = text[max(0, found.start() - 40) : found.start()]
        if _is_day(text, found, before):
            yield Find(found.start(), found.end(), Kind.DATE, 0.8, "day and month")


def _with_weekdays(text: str, found: Iterator[Find]) -> Iterator[Find]:
    """Yield dates with the day of the week that stands before them."""
    for find in found:
        day = _WEEKDAY.search(text, max(0, find.start - 16), find.start)
        yield find if day is None else find._replace(start=day.start())


def _months_alone(reading: Reading, months: Iterable[int]) -> Iterator[Find]:
    """Yield months without a day: "in February" is a part of a date, too."""
    text = reading.text
    for start in months:
        found = _MONTH_ALONE.match(text, start)
        if found is None or not (text[start].isupper() or reading.flat):
            continue
        before = _BEFORE_ALONE.search(text, max(0, start - 24), start)
        lead, low = "" if before is None else before[0].lower(), found[0].lower()
        if (
            low in _ONLY_MONTHS
            or lead.startswith(("in", "since", "last", "next", "until"))
            or (lead and low != "may")
        ):
            early = _EARLY.search(text, max(0, start - 6), start)
            begin = start if early is None else early.start()
            yield Find(begin, found.end(), Kind.DATE, 0.8, "a month without a day")
    for found in _MONTH_SHORT.finditer(text) if months else ():
        yield Find(found.start(1), found.end(1), Kind.DATE, 0.8, "a month without a day")


def _worded(text: str, months: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield where dates stand whose month is a word: the day comes before it, or behind."""
    passed = 0
    for start in months:
        if start < passed:
            continue
        before = _BEFORE_MONTH.search(text, max(passed, start - 34), start)
        found = None if before is None else _BEHIND_DAY.match(text, start)
        begin = start if found is None or before is None else before.start()
        found = found or _FROM_MONTH.match(text, start)
        if found is not None:
            passed = found.end()
            yield begin, passed


def _is_day(text: str, found: re.Match[str], before: str) -> bool:
    """Whether figures are day and month: a cue says so, or they could not well be a score."""
    if _NO_DATE.search(before):
        return False
    if _LEADS.search(before):
        return True
    one, _, other = found[0].partition("/")
    if not other or _MEASURED.match(text, found.end()):
        return False
    if _TIMED.match(text, found.end()) and int(one) < 13:
        return True
    return "0" in {one[0], other[0]} or int(one) < 13 < int(other) + 1


def _dated(reading: Reading) -> Iterator[int]:
    """Yield where figures begin that could be of a date."""
    text = reading.text
    for start, end in reading.figures:
        length = end - start
        if length < 5:
            after = text[end : end + 1]
            if after in _IN_DATES or (after.isspace() and text[end + 1 : end + 2] == "/"):
                yield start
        elif length > 7:
            yield start


def _is_verb(text: str, start: int, end: int) -> bool:
    """Whether "may 5" or "march 10" is more likely a verb with a number: "may 2 tablets"."""
    written = text[start:end].lower()
    if not text[start].islower() or not written.startswith(("may", "march")):
        return False
    after = text[end : end + 14].lower()
    return after.lstrip().startswith(
        ("tablet", "mg", "time", "pill", "day", "week", "hour", "month", "puff", "step", "mile")
    )
