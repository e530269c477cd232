"""Geography below the state: streets, cities, counties, ZIP codes, and the names of facilities.

States and countries are left, as 164.514(b)(2)(i)(B) allows.
"""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.facilities import NAMED, PLAIN_HEADS
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon

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
_HOME = re.compile(
    r"\b(?i:lives? in|living in|resid(?:es|ing) in|moved (?:here )?(?:to|from)|grew up in|born in|raised in|native of|resident of|"
    r"originally from|home ?town|drove from|drives from|commutes from|transferred from|flew from|flew to|travel(?:ed|led) to|family in)[\s:]{1,2}(?:the[ ])?"
    r"([A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+){0,2})"
)
_BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post office box|po\s?bx|lock\s?box)\s?\#?\s?\d{1,7}\b", re.IGNORECASE
)
_RURAL = re.compile(
    r"\b(?:rural route|r\.?r\.?|hc|star route|county road|cr|state route|sr|route|rte|farm to market|fm)\s?\#?\s?\d{1,5}"
    r"(?:,?\sbox\s\d{1,6})?\b",
)
_UNIT_ALONE = re.compile(
    r"\b(?:apt|apartment|unit|suite|ste)\.?\s?\#?\s?\d{1,5}[A-Za-z]?\b|\bapt\.?\s?\#?\s?[A-Z]\b",
    re.IGNORECASE,
)
_ZIP = re.compile(r"(?<![\w.-])\d{5}(?:-\d{4})?(?![\w-]|\.\d)")
_ZIP_LEAD = re.compile(
    r"(?:\bzip(?:\s?code)?|\bpostal(?:\s?code)?|\bpostcode)[\s:#]*(?:is\s)?$", re.IGNORECASE
)
_UK = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")
_CANADA = re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z]\s?\d[A-Z]\d\b")
_CITY_BEFORE = re.compile(rf"((?:{NAMED}[ ]){{0,3}}{NAMED})(,?\s+)$")
_STATE = re.compile(
    r"(?<=[\s,])(?:(?-i:A[AEKLPRSZ]|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]|P[ARW]|"
    r"RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])|(?i:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|"
    r"georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|"
    r"mississippi|missouri|montana|nebraska|nevada|new (?:hampshire|jersey|mexico|york)|(?:north|south) (?:carolina|dakota)|"
    r"ohio|oklahoma|oregon|pennsylvania|rhode island|tennessee|texas|utah|vermont|(?:west )?virginia|washington|wisconsin|"
    r"wyoming))\b\.?(?:,?\s+(\d{5}(?:-\d{4})?)(?![\d-]))?"
)
_COUNTY = re.compile(
    rf"\b((?:{NAMED}\s){{1,3}})(?:County|Parish|Township|Borough|Precinct|District|Twp|Co\.)(?=\W|$)"
)
_IN = re.compile(
    r"\b(?:in|from|near|of|at|to|around|outside|visiting|visited|lives?|moved to|born in|resides in|resident of|travel(?:ed|led)? to|"
    r"city|town|hometown|birthplace|municipality|village|location)\s?:?\s"
    rf"(?:the\s)?(?:(?:downtown|suburban|rural|greater|north|south|east|west)\s)?({NAMED}(?:\s{NAMED}){{0,2}})"
)
_CREDENTIALS = frozenset({"MD", "DO", "PA", "MS", "MA", "OD", "DC", "OT", "PT"})
"""States whose letters also stand behind a name, and others that do."""


def find_places(text: str, lowered: str, lexicon: Lexicon) -> Iterator[Find]:
    """Yield the places of a text."""
    yield from _addresses(text, lexicon)
    yield from _letterhead(text, lexicon)
    for found in _HOME.finditer(text):
        name = found[1].rstrip()
        low = name.lower()
        if low not in lexicon.states and any(word not in lexicon.common for word in low.split()):
            yield Find(
                found.start(1), found.start(1) + len(name), Kind.PLACE, 0.85, "where somebody lives"
            )
    for hints, pattern, reason in (
        ("box|bx", _BOX, "a post box"),
        ("", _UK, "a postcode"),
        ("", _CANADA, "a postal code"),
        ("apt|apartment|unit|suite|ste", _UNIT_ALONE, "an apartment"),
    ):
        if not any(hint in lowered for hint in hints.split("|")):
            continue
        for found in pattern.finditer(text):
            yield Find(found.start(), found.end(), Kind.PLACE, 0.9, reason)
    for found in _RURAL.finditer(text):
        if found[0][0].isupper():
            yield Find(found.start(), found.end(), Kind.PLACE, 0.8, "a rural route")
    yield from _cities(text, lexicon)
    for found in _ZIP.finditer(text):
        if _ZIP_LEAD.search(text, max(0, found.start() - 20), found.start()):
            yield Find(found.start(), found.end(), Kind.PLACE, 0.95, "a ZIP code behind its label")
    for found in _COUNTY.finditer(text):
        words = found[1].split()
        while words and words[0].lower() in lexicon.forms | PLAIN_HEADS:
            words = words[1:]
        if words:
            start = found.end(1) - len(found[1]) + found[1].index(words[0])
            yield Find(start, found.end(), Kind.PLACE, 0.9, "a county or district")


def _cities(text: str, lexicon: Lexicon) -> Iterator[Find]:
    for state in _STATE.finditer(text):
        zipped = state[1] is not None
        if zipped:
            yield Find(
                state.start(1), state.end(1), Kind.PLACE, 0.97, "a ZIP code behind its state"
            )
        before = _CITY_BEFORE.search(text, max(0, state.start() - 70), state.start())
        name = (
            None
            if before is None
            else _city(before, state[0].split()[0].rstrip(".,"), lexicon, zipped=zipped)
        )
        if before is not None and name is not None:
            start = before.end(1) - len(name)
            yield Find(start, before.end(1), Kind.PLACE, 0.93, "a city before its state")
    for found in _IN.finditer(text):
        words = found[1].split(" ")
        for number in range(len(words), 0, -1):
            name = " ".join(words[:number]).rstrip(".'’")
            low = name.lower().removesuffix("'s").removesuffix("’s")
            if (
                low in lexicon.eponyms
                or low in lexicon.states
                or (low in lexicon.known and number == 1)
                or low not in lexicon.cities
            ):
                continue
            yield Find(
                found.start(1),
                found.start(1) + len(name),
                Kind.PLACE,
                0.85,
                "a city behind a preposition",
            )
            break


def _addresses(text: str, lexicon: Lexicon) -> Iterator[Find]:
    """Yield street addresses, and the city behind each."""
    for pattern, group in ((_STREET, 0), (_STREET_HERE, 0), (_STREET_SPOKEN, 0), (_AT_HOME, 1)):
        for found in pattern.finditer(text):
            written = found[group].rstrip(" .,")
            start = found.start(group)
            yield Find(start, start + len(written), Kind.PLACE, 0.92, "a street address")
            below = _CITY_AFTER.match(text, found.end())
            if below is not None and any(w.lower() not in lexicon.common for w in below[1].split()):
                start, end = below.span(1)
                yield Find(start, end, Kind.PLACE, 0.85, "a city behind an address")


def _letterhead(text: str, lexicon: Lexicon) -> Iterator[Find]:
    """Yield lines that are an address by themselves, and the city on the line below."""
    for found in _STREET_LINE.finditer(text):
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


def _city(before: re.Match[str], state: str, lexicon: Lexicon, *, zipped: bool) -> str | None:
    """Return the end of the capitalised words before a state that is its city."""
    words, comma = before[1].split(" "), "," in before[2]
    names = [" ".join(words[at:]) for at in range(len(words))]
    for name in names:
        low = name.lower()
        listed = low in lexicon.cities or low.replace("st.", "saint") in lexicon.cities
        told = comma or zipped or (state not in _CREDENTIALS and low not in lexicon.known)
        if listed and told:
            return name
    if (state in _CREDENTIALS and not zipped) or not (comma or zipped):
        return None
    for name in names:
        first, *rest = name.lower().split(" ")
        if (first in lexicon.forms and first not in _HEADS) or first in lexicon.state_codes:
            continue
        if any(word not in lexicon.common for word in (first, *rest)):
            return name
    return None


_HEADS = frozenset(("new north south east west upper lower old general long white").split())
