"""Ages over 89, in figures and in words, and what tells of one, a year of birth too (164.514(b)(2)(i)(C)).

A figure from 90 to 129 is far more often a pulse, a pressure or a sugar than an age; so it is one
only where somebody is said to have it: behind "age", behind a relative, between commas behind a
name, before "years old", or where somebody reached it, turned it or died at it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Reading
from wardround.privacy.deid.text.said import TEEN, UNIT

_HUNDRED = (
    rf"(?:a|one)[- ]?hundred(?:(?:[- ]and)?[- ](?:{TEEN}|{UNIT})|[- ]and[- ]twenty|[- ]twenty)?"
)
_SAID = re.compile(rf"\b(?:ninety(?:[- ]?{UNIT}\b)?|{_HUNDRED})\b", re.IGNORECASE)
_SAYING = re.compile(r"ninety|hundred")
_TOLD = re.compile(
    r"\b(?:(?:super|semi)?centenarians?|nonagenarians?|"
    r"(?:9\d(?:st|nd|rd|th)|1[01]\dth|101st|102nd|103rd|ninetieth|ninety[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"(?:one[- ]?|a )?hundredth)(?= (?:birthday|b-?day|year|bday|party))|"
    r"(?<=\b(?:her|his) )hundredth\b(?! (?:percentile|time|visit))|"
    r"(?<=\bin )(?:my|her|his|their|your|patient's)(?: (?:early|mid|late|very late))?[ -](?:[‘'’]?(?:9|10|11)0['’]?s|nineties|hundreds)|"
    r"(?:early|mid|late)[ -](?:nineties|[‘'’]?90['’]?s)(?= (?:woman|man|lady|gentleman|male|female|and lives|year)))",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"centenar|genar|hundredth|[hdt] year|birthday|b-?day|bday|party|nineties|[019]0['’]?s\b|hundreds"
)
_KIN = (
    r"(?:(?:great[- ])*(?:grand)?(?:mother|father|mom|dad|ma|pa|parents?|son|daughter|aunt|uncle)|mum|mommy|daddy|mama|papa|"
    r"nana|nan|granny|gran|grandma|grandpa|granddad|grammy|gramps|abuela|abuelo|wife|husband|spouse|partner|sister|brother|sibling|twin|"
    r"cousin|aunt|uncle|auntie|niece|nephew|friend|girlfriend|boyfriend|roommate|neighbou?r|resident|widow|widower|veteran|pastor|"
    r"nun|tenant|landlady|landlord|boss|teacher|nurse|caregiver|(?:step)?(?:mother|father)|"
    r"(?:mother|father|sister|brother)-in-law|pt|patient|lady|gentleman|man|woman|male|female|person|client|member|decedent|proband)"
)
_IS = r"(?:\s?(?:is|was|are|were|'s|’s|be|being|turned|now|currently|only|still|already|just|about|almost|nearly|over|past|around|aged?|of|who|at|=|:|-|–|,|\())"
_BEFORE = re.compile(
    rf"""(?:
      \bage[ds]?(?:\s?/\s?(?:sex|gender|race))?(?:\s(?:is|of|was|at\s\w+|about|around|approx(?:imately)?|over|nearly|in\syears|\(?(?:years|yrs|y)\)?))*\s?[:=(|~-]?\s{{0,3}}
    | \b(?:lived|living|lives|live|survived|survive|make\sit|made\sit|going|up)\s(?:to|until|till|past|beyond|on)(?:\s(?:be|age|the\sage\sof|about|almost|nearly|over))*\s
    | \b(?:reach(?:ed|es|ing)?|turn(?:s|ed|ing)?|hit(?:ting)?|pushing|nearing|approaching|celebrat(?:ed|es|ing))(?:\s(?:age|the\sage\sof|a\sripe))*\s
    | \b(?:died?|dies|dying|d\.|passed(?:\s(?:away|on))?|deceased|expired|dead|alive|living|still\sliving|a&w|a/w|alive\sand\swell|healthy|well|widowed|diagnosed|dx'?d?|onset|death|cva|mi|stroke|cancer|dementia)
        (?:\s(?:in|from|of)\s[a-z]{{3,14}}(?:\s[a-z]{{3,14}})?)?,?\s?(?:@|at|aged?|in|when\s(?:he|she|they)\swas)\s?(?:the\s(?:ripe\s)?(?:old\s)?age\sof\s|age\s|about\s|around\s|nearly\s)?
    | \b{_KIN}(?:'s|’s)?(?:,?\s[^\W\d_][\w'’-]*(?:\s[^\W\d_][\w'’-]*)?)?{_IS}{{1,4}}\s?
    | \b(?:she|he|they|who|i)(?:'s|’s|'m|’m|\sis|\sam|\sare|\swas|'ll\sbe|\swill\sbe|\swould\sbe|\swould\shave\sbeen|'d\sbe|\sbe){_IS}{{0,3}}\s
    | \b(?:i|she|he|they|who)\s(?:just\s|recently\s)?(?:turn(?:s|ed)?)\s
    | \b{_KIN}\b[^;\n]{{0,24}}\b(?:died|deceased|d\.)\s
    | \b(?:grand)?parents\b[^.;\n]{{0,60}}\b(?:to|at|and|aged?)\s
    | \b(?:lived|reached)\s(?:to\s)?\d\d\d?\s(?:and|or)\s
    | \b(?:cares?|caring|caregiver|looks\safter|looking\safter|lives\swith)\s(?:for\s|to\s|of\s)?(?:(?:his|her|their|my|an?)\s)?(?:[^\W\d_][\w'’-]*\s?){{1,3}},?\s?\(?
    | \b(?:mr|mrs|ms|miss|mx|mister)\.?\s[^\W\d][\w'’-]+(?:\s[^\W\d][\w'’-]+)?,\s
    | \b(?:centenarian|nonagenarian)s?\s?\(\s?
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_YEARS = re.compile(
    r"[\s-](?:some|something)[\s-](?:years?|yrs?)\b|\s?-?(?:years?|yrs?|y[/.]?o\b|y\.\s?o|yo[mfw]?\b|y[mfw]\b|y\b(?!/)|years?[\s-]young|yr-old|y/old|-?plus[- ]year)(?![a-z])|\s?/?\s?[mf]\b(?![\w/°'’.-])|\s?(?:♀|♂)|"
    r"\s?\(?(?:male|female|man|woman|gentleman|lady)\b|\+?\s?(?:years?|yrs?|y/?o)\b|\s(?:and|years)\s(?:a half|young|old)\b",
    re.IGNORECASE,
)
_AGO = re.compile(r"[\s-]?years? (?:ago|from|later|old house|of experience)\b", re.IGNORECASE)
_SPOKEN_YEARS = re.compile(r"[\s-]?(?:plus[\s-])?(?:years?|yrs?|y/?o)\b", re.IGNORECASE)
_MEASURED = re.compile(
    r"\s?(?:%|percent|/\d|/[a-z]{2}|mg|mcg|ml|mm|kg|lbs?\b|pounds?|bpm|beats|degrees|°|over\b|by\b|on\s(?:room|ra\b|\d)|minutes?|mins?\b|hours?|hrs?\b|days?\b|weeks?|months?|units?|"
    r"times|feet|ft\b|meters?|steps|tablets?|pills?|dollars|calories|cal\b|cm\b|ml\b|meq|mmol|u\b|iu\b|systolic|diastolic|\.\d|-\d|–\d|to\s\d|x\d|:\d|\^|st\b|of\s\d|out\sof\b|points?|patients|miles)",
    re.IGNORECASE,
)
_VITAL = re.compile(
    r"\b(?:pulse|hr|rate|p|sats?|spo2|sao2|o2|oxygen|saturation|bp|sbp|dbp|map|pressure|systolic|diastolic|sugar|glucose|fsbs|bg|bgl|weight|wt|height|ht|temp|temperature|"
    r"bmi|score|index|gfr|egfr|ldl|hdl|na|sodium|chloride|cl|mcv|platelets|room|bed|unit|dose|percentile|cholesterol|bpm|paced|pacing|gcs|iq|level|value|angle|flexion|rom|abduction|alt|ast|"
    r"heart|ventricular|sinus|tachy(?:cardia)?|vent|ldh|alk|phos|tsh|lipase|ferritin|peak|flow|fio2|hospital\sday|post-?op\sday|pod|unit|sprint|walk(?:ed)?|walks|distance|chapter|page|interstate|route|highway|in(?=\sthe\s$))\b"
    r"[^.;\n]{0,24}$",
    re.IGNORECASE,
)
_KIN_ROW = re.compile(
    rf"(?:^|[\n\t|])[^\w\n]*{_KIN}[\s|,:;(-]+(?:[^\W\d_][\w'’.-]*[\s|,(-]+){{0,3}}$", re.IGNORECASE
)
_KIN_AT = re.compile(rf"\b{_KIN},?\s$", re.IGNORECASE)
_ROW_END = re.compile(
    r"\s{0,8}(?:[,;|)\t]|\n|$|\s(?:alive|living|deceased|d\.|died|healthy|well)\b)", re.IGNORECASE
)
_SET_OFF = re.compile(
    r"([^\W\d_][\w'’-]+)(?:(?P<mark>,\s?|\s\()|(?:'s|’s|\sis|\swas)\s(?:now\s)?)(?:now\s|aged?\s)?$"
)
_OFF = re.compile(r",\s(?!\d)|\)|;\s|\s(?=at home\b)")
_ENDS = re.compile(r"\s?(?:[.,;:!?)\n]|$|\s(?!\d))")
_KIN_AFTER = re.compile(rf"\s(?:his|her|my|their|the|our)\s(?:[a-z]+\s)?{_KIN}\b", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:how old|what age|(?:her|his|your|their|the) age|age)\b[^\n?]{0,60}\??\s*\n[^\n]{0,30}?(?:[:>*-]|\b[a-z]\.)?\s*"
    r"(?:(?:she|he|i|they|was|is|were|am|be|about|um|uh|just|only|she's|he's|i'm)[, ]+){0,4}$",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\d+(?:(?![\w%°]|[.,:/]\d|/[a-z]{2,})|(?=\s?[-/]?\s?(?:[ymf]\b|y[a-z./]{1,4})))", re.IGNORECASE
)
_IN_VALUES = frozenset("_.+$#<>%^*")
"""Before a figure that is no age."""


_BORN = re.compile(
    r"\b(?:born|birth(?: ?(?:year|date|day))?|yob|dob|d\.o\.b\.|year of birth)\b[\s:=.,-]{1,3}"
    r"(?:(?:is|was|in|of|around|about|circa|c\.|the year|sometime|back|on a farm)\s){0,3}((?:18|19)\d\d)(?![\d/-]|s\b)"
)

_BIRTHS = ("born", "birth", "yob", "dob", "d.o.b.")
"""One of which a birth is told with."""


def find_ages(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield the ages over 89 of a text, and the words that tell of one."""
    text = reading.text
    for start, end in _candidates(reading):
        if _is_age(reading, lexicon, start, end):
            yield Find(start, end, Kind.AGE, 0.95, "an age over 89")
    told = any(word in reading.lowered for word in _BIRTHS)
    for found in _BORN.finditer(reading.lowered) if told else ():
        if is_long_ago(int(found[1])):
            yield Find(
                found.start(1), found.end(1), Kind.AGE, 0.95, "a year of birth, over 89 years ago"
            )
    if _TELLING.search(reading.lowered):
        for found in _TOLD.finditer(text):
            yield Find(found.start(), found.end(), Kind.AGE, 0.95, "what tells of an age over 89")


def is_vital(lowered: str, start: int, end: int) -> bool:
    """Whether a number is a pulse, a score or anything else that is measured."""
    sentence = lowered[max(0, start - 70) : start].rpartition("\n")[2].rpartition(". ")[2]
    return _VITAL.search(sentence) is not None or _MEASURED.match(lowered, end) is not None


def is_long_ago(year: int) -> bool:
    """Whether somebody born in that year is over 89, or was: "including year" in the rule."""
    return 89 < datetime.now(UTC).year - year < 130


def _candidates(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where figures and words from 90 to 129 stand by themselves."""
    text = reading.text
    for start, end in reading.figures:
        if not 1 < end - start < 4 or not 89 < int(text[start:end]) < 130:
            continue
        before = text[start - 1 : start]
        if not before.isalnum() and before not in _IN_VALUES and _STANDS.match(text, start):
            yield start, end
    if _SAYING.search(reading.lowered):
        yield from (found.span() for found in _SAID.finditer(text))


def _is_age(reading: Reading, lexicon: Lexicon, start: int, end: int) -> bool:
    text = reading.text
    around = text[max(0, start - 70) : start]
    figures = text[start].isdigit()
    if _AGO.match(text, end):
        return False
    if (_YEARS if figures else _SPOKEN_YEARS).match(text, end):
        return not _VITAL.search(around[-24:]) or text[end : end + 12].lower().lstrip(
            " -"
        ).startswith(("year", "yr", "yo", "y/o", "y.o"))
    if _MEASURED.match(text, end):
        return False
    if (_KIN_ROW.search(around) or _KIN_AT.search(around)) and _ROW_END.match(text, end):
        return True
    line = around.rpartition("\n")[2]
    if _ASKED.search(around) or (line[-4:].lower().strip() == "at" and _KIN_AFTER.match(text, end)):
        return _ENDS.match(text, end) is not None
    sentence = line.rpartition(". ")[2]
    if _VITAL.search(sentence) or _ENDS.match(text, end) is None:
        return False
    return _BEFORE.search(line) is not None or _is_set_off(reading, lexicon, end, line)


def _is_set_off(reading: Reading, lexicon: Lexicon, end: int, line: str) -> bool:
    """Whether a number stands behind somebody's name: between commas, in brackets, or as "is"."""
    found = _SET_OFF.search(line)
    if found is None or (found["mark"] and not _OFF.match(reading.text, end)):
        return False
    word = found[1].lower()
    written = reading.flat or found[1].istitle()
    named = word in lexicon.usual_names or word not in lexicon.known
    return written and named and len(word) > 2 and not lexicon.is_medicine(word)
