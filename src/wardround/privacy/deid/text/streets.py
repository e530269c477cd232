"""Streets, post boxes, apartments, and the city behind an address."""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.facilities import NAMED
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Reading, tried, with_dots

_SUFFIX = (
    r"(?:st(?:reet)?|ave(?:nue)?|rd|road|blvd|boulevard|ln|lane|dr(?:ive)?|ct|court|cir(?:cle)?|pl(?:ace)?|ter(?:race)?|"
    r"way|pkwy|parkway|hwy|highway|sq(?:uare)?|trl|trail|loop|alley|aly|row|run|path|plaza|plz|pike|turnpike|tpke|crossing|xing|"
    r"crescent|cres|close|mews|gardens|grove|expressway|expy|freeway|fwy|bypass|causeway|manor|heights|hollow|ridge|"
    r"point|pt|bend|cove|creek|glen|hill|hills|isle|island|islands|junction|key|knoll|lake|landing|meadow|meadows|mission|"
    r"mountain|orchard|oval|park|pass|pine|pines|port|rapids|shore|shores|spring|springs|spur|station|stream|summit|track|"
    r"trace|tunnel|union|valley|view|village|vista|walk|wells|fort|forest|ford|fork|forks|flat|flats|field|fields|falls|"
    r"estate|estates|extension|dale|dam|divide|cliff|club|common|corner|curve|camp|canyon|cape|center|brook|branch|bridge|bluff|"
    r"burg|bayou|beach|arcade|anex|annex|gateway|green|harbor|haven|inlet|lodge|locks|mall|mill|mills|motorway|neck|prairie|"
    r"radial|ramp|ranch|rest|rue|skyway|square|stravenue|throughway|viaduct|ville)"
)
_SURE_SUFFIX = (
    r"(?:st(?:reet)?|ave(?:nue)?|rd|road|blvd|boulevard|ln|lane|drive|dr|ct|court|cir(?:cle)?|place|pl|terrace|ter|way|"
    r"pkwy|parkway|hwy|highway|sq(?:uare)?|trl|trail|pike|turnpike|crescent|plaza|loop|alley)s?"
)
_UNIT = r"(?:(?:,|[ ])[ ]?(?i:apt|apartment|unit|suite|ste|\#|no|room|rm|floor|fl|bldg|building|lot|trailer|trlr)\.?\s?\#?\s?[\w-]{1,6})"
_STREET = re.compile(
    r"(?<![\w/.-])\d{1,6}(?:-\d{1,4})?[A-Za-z]?,?[ ](?:[NSEW]{1,2}\.?[ ]|(?i:north|south|east|west)[ ])?"
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:St|Mt|Ft)\.|[A-Z][\w'’-]*)(?:[ ][A-Z][\w'’-]*){0,3}?"
    rf"[ ](?i:{_SURE_SUFFIX})\b\.?(?:[ ](?:[NSEW]{{1,2}}|(?i:north|south|east|west))\b\.?)?{_UNIT}?"
)
_STREET_SPOKEN = re.compile(
    r"(?<![\w/.-])\d{1,6}[ ](?:(?!of\b|times|hours|days|on\b|at\b|mg|by\b)[a-z][a-z'’]{2,14}[ ]){1,3}?"
    r"(?:street|avenue|road|boulevard|lane|drive|court|circle|terrace|parkway|highway|way|place|trail)s?\b"
)
_STREET_ALONE = re.compile(
    r"(?:(?<=\b[Oo]n )|(?<=\b[Aa]t )|(?<=\b[Aa]long )|(?<=\b[Nn]ear )|(?<=\b[Oo]ff )|(?<=\b[Oo]f )|(?<=\b[Tt]o )|(?<=[;,:(] )|(?<=\n)|\b(?=[NSEW]{1,2}\.?[ ]))"
    r"((?:[NSEW]{1,2}\.?[ ]|(?:North|South|East|West)[ ])?(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][\w'’-]+)(?:[ ][A-Z][\w'’-]+){0,2}?"
    r"[ ](?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Circle|Cir|Place|Pl|Parkway|Pkwy|Terrace|"
    r"Ter|Trail|Trl|Way|Pike|Turnpike|Highway|Hwy))\b"
)
_STREET_WORDS = with_dots(
    "street st avenue ave road rd boulevard blvd lane ln drive dr court ct circle cir place pl parkway pkwy "
    "terrace ter trail trl way pike turnpike highway hwy"
)
_STREET_HERE = re.compile(
    rf"(?<![\w/.-])\d{{1,6}}(?:-\d{{1,4}})?[A-Za-z]?,?\s(?:[A-Z][\w'’.-]*\s){{1,3}}(?i:{_SUFFIX})\b\.?{_UNIT}?"
    r"(?=,?\s+[A-Z][\w.'-]+(?:\s[A-Z][\w.'-]+){0,2},?\s+[A-Z]{2}\b)"
)
_STREET_LINE = re.compile(
    rf"(?m)^[ \t]*(\d{{1,6}}[A-Za-z]?[ ](?:[A-Z][\w'’-]*[ ]){{0,3}}[A-Z][\w'’-]*{_UNIT}?)[ \t]*,?$"
)
_CITY_LINE = re.compile(rf"(?m)(?<=\n)[ \t]*((?:{NAMED}[ ]){{0,2}}{NAMED})[ \t]*$")
_AT_HOME = re.compile(
    r"\b(?i:lives? at|living at|resid(?:es|ing) at|residence|home address|mailing address|street address|address|mail goes to|"
    r"located at|moved to)(?i:\s(?:is|on file|of record))?[\s:]{1,3}"
    rf"(\d{{1,6}}[A-Za-z]?[ ](?:[A-Z][\w'’-]*|\d+(?:st|nd|rd|th))(?:[ ][A-Z][\w'’-]*){{0,2}}{_UNIT}?)"
)
_CITY_AFTER = re.compile(
    rf"(?:,[ ]|[ ]in[ ]|[ ])((?:{NAMED}[ ]){{0,2}}?{NAMED})(?=[.,;\n]|$|[ ][a-z])"
)
_BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post office box|po\s?bx|lock\s?box)\s?\#?\s?\d{1,7}\b", re.IGNORECASE
)
_RURAL = re.compile(
    r"\b(?:Rural Route|R\.?R\.?|HC|Star Route|County Road|CR|State Route|SR|Route|Rte|Farm to Market|FM|US(?=-\d{1,3}\b))(?:\s|(?<=US)-)?\#?\s?\d{1,4}(?!\d)"
    rf"(?:,?\s(?:Box|BOX|box)\s\d{{1,6}})?\b{_UNIT}?",
)
_UNIT_ALONE = re.compile(
    r"\b(?:apt|apartment|unit|suite|ste)\.?\s?\#?\s?\d{1,5}[A-Za-z]?\b|\bapt\.?\s?\#?\s?[A-Z]\b",
    re.IGNORECASE,
)
_UK = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")
_STAGE = re.compile(r"T\d[NX]\dM\d")
_CANADA = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z]\s?\d[A-Z]\d\b")
_SAID_STREET = re.compile(
    r"\b(?:on|along|off|near|at|of) ((?:(?:north|south|east|west|n|s|e|w|ne|nw|se|sw)\.? )?(?!the\b|a\b|an\b|his\b|her\b|my\b|their\b|this\b|that\b|your\b|our\b|its?\b)"
    r"[a-z'’]{3,}(?: [a-z'’]{3,})?? (?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|parkway|pkwy|terrace|trail))\b"
)
_ALONG = frozenset("on along off near at of".split())
_HOME_ADDRESSES = with_dots(
    "lives live living resides residing residence home mailing street address mail located moved"
)
_UNITS = with_dots("apt apartment unit suite ste")
_ROUTES = with_dots("rural r rr hc star county cr state sr route rte farm fm us")


def find_streets(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield street addresses with what belongs to them, and foreign postcodes."""
    text = reading.cased
    streets, lines, coded = _figured(reading)
    yield from _addresses(reading, streets, lexicon)
    yield from _letterhead(text, lines, lexicon)
    for found in reading.around(_STREET_ALONE, _STREET_WORDS, 6, 12):
        if found[1].split()[0].lower() not in lexicon.forms:
            yield Find(found.start(1), found.end(1), Kind.PLACE, 0.85, "a street")
    if reading.flat:
        yield from _in_capitals(reading, streets, lexicon)
        along = (reading.starts[at] for at in reading.where(_ALONG))
        for found in tried(_SAID_STREET, reading.lowered, along):
            yield Find(found.start(1), found.end(1), Kind.PLACE, 0.8, "a street, as spoken")
    if "box" in reading.lowered or "bx" in reading.lowered:
        for found in _BOX.finditer(text):
            yield Find(found.start(), found.end(), Kind.PLACE, 0.9, "a post box")
    for pattern, reason in ((_UK, "a postcode"), (_CANADA, "a postal code")):
        for found in tried(pattern, text, coded):
            if _STAGE.match(found[0]):
                continue
            yield Find(found.start(), found.end(), Kind.PLACE, 0.9, reason)
    for found in reading.matches(_UNIT_ALONE, _UNITS):
        yield Find(found.start(), found.end(), Kind.PLACE, 0.9, "an apartment")
    for found in reading.matches(_RURAL, _ROUTES):
        if found[0].startswith("RR ") and "box" not in found[0].lower():
            continue  # a rate of breathing
        yield Find(found.start(), found.end(), Kind.PLACE, 0.8, "a rural route")


def _figured(reading: Reading) -> tuple[list[int], list[int], list[int]]:
    """Return where streets, lines that are an address, and foreign postcodes could begin."""
    text = reading.cased
    streets, lines, coded = [], [], []
    for start, end in reading.figures:
        if end - start < 7:
            after = text[end : end + 1]
            if after == " " or after in "-," or after.isalpha():
                streets.append(start)
                line = text.rfind("\n", 0, start) + 1
                if start - line < 9 and not text[line:start].strip(" \t"):
                    lines.append(line)
        if end - start < 3 and text[start - 1 : start].isupper():
            if text[start - 2 : start - 1].isupper():
                coded.append(start - 2)
            coded.append(start - 1)
    return streets, lines, coded


def _addresses(reading: Reading, streets: list[int], lexicon: Lexicon) -> Iterator[Find]:
    """Yield street addresses, and the city behind each."""
    text = reading.cased
    for pattern, group in ((_STREET, 0), (_STREET_HERE, 0), (_STREET_SPOKEN, 0), (_AT_HOME, 1)):
        for found in (
            tried(pattern, text, streets)
            if group == 0
            else reading.matches(pattern, _HOME_ADDRESSES)
        ):
            written = found[group].rstrip(" .,")
            start = found.start(group)
            yield Find(start, start + len(written), Kind.PLACE, 0.92, "a street address")
            below = _CITY_AFTER.match(text, found.end())
            if below is not None and any(w.lower() not in lexicon.common for w in below[1].split()):
                start, end = below.span(1)
                yield Find(start, end, Kind.PLACE, 0.85, "a city behind an address")


def _in_capitals(reading: Reading, streets: list[int], lexicon: Lexicon) -> Iterator[Find]:
    """Yield street addresses of a text in capitals, where a cue or a comma says that they are."""
    text = reading.text
    for found in tried(_STREET, text, streets):
        words = found[0].lower().split()[1:]
        ordinary = all(word in lexicon.known for word in words) or words[0] in _MEASURED
        cued = _ADDRESSED.search(text, max(0, found.start() - 30), found.start()) is not None
        if not ordinary and (cued or text[found.end() : found.end() + 1] == ","):
            yield Find(found.start(), found.end(), Kind.PLACE, 0.9, "a street address")


_ADDRESSED = re.compile(
    r"(?:address|goes to|lives?|resid\w+|at|home|mail|street)[:\s]{1,3}$", re.IGNORECASE
)


def _letterhead(text: str, lines: list[int], lexicon: Lexicon) -> Iterator[Find]:
    """Yield lines that are an address by themselves, and the city on the line below."""
    for found in tried(_STREET_LINE, text, lines):
        words = re.findall(r"[A-Za-z][\w'’-]*", found[1])
        if all(word.lower() in lexicon.common for word in words) or words[0].lower() in _MEASURED:
            continue
        yield Find(found.start(1), found.end(1), Kind.PLACE, 0.86, "a line that is an address")
        below = _CITY_LINE.match(text, found.end() + 1)
        if below is not None and any(w.lower() not in lexicon.common for w in below[1].split()):
            yield Find(below.start(1), below.end(1), Kind.PLACE, 0.85, "a city below an address")


_MEASURED = frozenset(
    ("mg ml mcg units tablet tablets capsule capsules puffs days weeks months").split()
)
