"""Geography below the state: cities, counties and ZIP codes.

States and countries are left, as 164.514(b)(2)(i)(B) allows.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.eponyms import is_of_anatomy
from wardround.privacy.deid.text.facilities import NAMED, PLAIN_HEADS
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Reading, tried, with_dots

_HOME = re.compile(
    r"\b(?i:lives? in|living in|resid(?:es|ing) in|moved (?:here )?(?:to|from)|grew up in|born in|raised in|native of|resident of|"
    r"originally from|home ?town|drove from|drives from|commutes from|transferred from|flew from|flew to|travel(?:ed|led) to|family in)[\s:]{1,2}(?:the[ ])?"
    r"([A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+){0,2})"
)
_ZIP = re.compile(r"(?<![\w.-])\d{5}(?:-\d{4})?(?![\w-]|\.\d)")
_ZIP_LEAD = re.compile(
    r"(?:\bzip(?:\s?code)?|\bpostal(?:\s?code)?|\bpostcode)[\s:#]*(?:is\s)?$", re.IGNORECASE
)
_CITY_BEFORE = re.compile(rf"((?:{NAMED}[ ]){{0,3}}{NAMED})([,;]?\s+)$")
_STATE = re.compile(
    r"(?<=[\s,])(?:(?-i:A[AEKLPRSZ]|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]|P[ARW]|"
    r"RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])|(?i:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|"
    r"georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|"
    r"mississippi|missouri|montana|nebraska|nevada|new (?:hampshire|jersey|mexico|york)|(?:north|south) (?:carolina|dakota)|"
    r"ohio|oklahoma|oregon|pennsylvania|rhode island|tennessee|texas|utah|vermont|(?:west )?virginia|washington|wisconsin|"
    r"wyoming))\b\.?(?:[,;]?\s+(\d{5}(?:-\d{4})?)(?![\d-]))?"
)
_SAID_STATE = re.compile(r"(?:^|[,;.\n][ ]?)([a-z'’.-]+(?: [a-z'’.-]+){0,2}),[ ]?([a-z]{2})\.?[ ]$")
_TOWN = re.compile(rf"[,.;][ ]({NAMED}(?:[ ]{NAMED}){{0,2}})[ ,]{{1,2}}$")
_COUNTY = re.compile(
    rf"\b((?:{NAMED}\s){{1,3}})(?:County|Parish|Township|Borough|Precinct|District|Twp|Co\.)(?=\W|$)"
)
_LABELLED = re.compile(
    rf"(?:city|town|county|village|municipality|neighborhood|residence|hometown|birthplace|place of birth)[ ]?[:=][ ]?"
    rf"({NAMED}(?:[ ]{NAMED}){{0,3}})[ \t]*(?=\n|$|[,;|]|\s{{2}})",
    re.IGNORECASE,
)
_PLACE_LABELS = with_dots(
    "city town county village municipality neighborhood residence hometown birthplace place"
)
_SAID_HOME = re.compile(
    r"\b(?:lives?|living|lived|reside[sd]?|born|raised|grew up|moved|moving|clinic|from|live)(?: (?:in|to|from|near))? "
    r"((?!the\b|a\b|an\b|his\b|her\b|my\b|their\b|this\b|that\b|it\b|in\b|to\b|with\b|alone\b|at\b|home\b|here\b|"
    r"there\b|on\b|one\b|two\b|assisted\b|pain\b|independent\w*\b)[a-z'’]{3,}(?: [a-z'’]{2,}){0,2}?)"
    r"(?= (?:(?:and|then) (?:moved|works?|lives)|with (?:his|her|their|my|a)\b|period\b|comma\b|state\b|is too far|alabama|alaska|"
    r"arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|"
    r"kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|"
    r"new (?:hampshire|jersey|mexico|york)|north (?:carolina|dakota)|south (?:carolina|dakota)|ohio|oklahoma|oregon|"
    r"pennsylvania|rhode island|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming))"
)
_SAID_HOMES = with_dots(
    "lives live living lived resides resided reside born raised grew moved moving clinic from"
)
_IN = re.compile(
    r"\b(?:in|from|near|of|at|to|around|outside|visiting|visited|lives?|moved to|born in|resides in|resident of|travel(?:ed|led)? to|"
    r"city|town|hometown|birthplace|municipality|village|location)\s?:?\s"
    rf"(?:the\s)?(?:(?:downtown|suburban|rural|greater|north|south|east|west)\s)?({NAMED}(?:\s{NAMED}){{0,2}})"
)
_HOMES = with_dots(
    "lives live living resides residing moved grew born raised native resident originally hometown "
    "home drove drives commutes transferred flew travel traveled travelled family"
)
_COUNTIES = with_dots("county parish township borough precinct district twp co")
_PREPOSITIONS = with_dots(
    "in from near of at to around outside visiting visited live lives city town hometown birthplace "
    "municipality village location"
)
_BESIDE = frozenset(": the downtown suburban rural greater north south east west to".split())
_STATE_CODES = frozenset(
    code + dot
    for code in (
        "AA AE AK AL AP AR AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI MN MO MP "
        "MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR PW RI SC SD TN TX UT VA VI VT WA WI WV WY"
    ).split()
    for dot in ("", ".")
)
_STATE_BEGINS = with_dots(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii "
    "idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan "
    "minnesota mississippi missouri montana nebraska nevada new north south ohio oklahoma oregon "
    "pennsylvania rhode tennessee texas utah vermont west virginia washington wisconsin wyoming"
)
_STATE_WORDS = _STATE_BEGINS | {code.lower() for code in _STATE_CODES}
_CREDENTIALS = frozenset({"MD", "DO", "PA", "MS", "MA", "OD", "DC", "OT", "PT"})
"""States whose letters also stand behind a name, and others that do."""


def find_places(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield the towns and counties of a text, and where somebody lives."""
    text = reading.cased
    for found in reading.matches(_HOME, _HOMES):
        name = found[1].rstrip()
        low = name.lower()
        if low not in lexicon.states and any(word not in lexicon.common for word in low.split()):
            yield Find(
                found.start(1), found.start(1) + len(name), Kind.PLACE, 0.85, "where somebody lives"
            )
    for found in reading.matches(_LABELLED, _PLACE_LABELS):
        if not lexicon.is_state(found[1]):
            yield Find(found.start(1), found.end(1), Kind.PLACE, 0.9, "a place behind its label")
    if reading.flat:
        homes = (reading.starts[at] for at in reading.where(_SAID_HOMES))
        for found in tried(_SAID_HOME, reading.lowered, homes):
            if not all(word in lexicon.common for word in found[1].split()):
                yield Find(found.start(1), found.end(1), Kind.PLACE, 0.8, "where somebody lives")
    yield from _cities(reading, lexicon)
    zips = (start for start, end in reading.figures if end - start == 5)
    for found in tried(_ZIP, text, zips):
        if (small := _in_small_letters(reading, found.start(), lexicon)) is not None:
            yield Find(*small, Kind.PLACE, 0.9, "a town before its ZIP code")
            yield Find(found.start(), found.end(), Kind.PLACE, 0.95, "a ZIP code behind its state")
        elif _ZIP_LEAD.search(text, max(0, found.start() - 20), found.start()):
            yield Find(found.start(), found.end(), Kind.PLACE, 0.95, "a ZIP code behind its label")
        elif (town := _TOWN.search(text, max(0, found.start() - 40), found.start())) is not None:
            low = town[1].lower()
            if low in lexicon.cities or low.split()[-1] not in lexicon.known:
                yield Find(found.start(), found.end(), Kind.PLACE, 0.9, "a ZIP code behind a town")
    for found in reading.around(_COUNTY, _COUNTIES, 5, 12):
        words = found[1].split()
        while words and words[0].lower() in lexicon.forms | PLAIN_HEADS:
            words = words[1:]
        if words:
            start = found.end(1) - len(found[1]) + found[1].index(words[0])
            yield Find(start, found.end(), Kind.PLACE, 0.9, "a county or district")


def _in_small_letters(reading: Reading, end: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return where a town stands before its state, as in "butte, mt 59729"."""
    said = _SAID_STATE.search(reading.text, max(0, end - 50), end)
    if said is None or said[2].upper() not in lexicon.state_codes:
        return None
    words = said[1].split(" ")
    while words and words[0] in lexicon.common and " ".join(words) not in lexicon.cities:
        del words[0]
    return (said.end(1) - len(" ".join(words)), said.end(1)) if words else None


def _cities(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    text = reading.cased
    for state in tried(_STATE, text, _states(reading)):
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
    for found in tried(_IN, text, _before_names(reading)):
        if is_of_anatomy(bisect_left(reading.starts, found.start(1)), reading.words):
            continue  # "pouch of Douglas"
        if " the " in found[0][: found.start(1) - found.start()] and text.startswith(
            " of ", found.end()
        ):
            continue  # "in the bend of my elbow"
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


def _states(reading: Reading) -> Iterator[int]:
    """Yield where states could begin, by their name or their code in capitals."""
    for at in reading.where(_STATE_WORDS):
        if reading.pieces[at] in _STATE_CODES or reading.lows[at] in _STATE_BEGINS:
            yield reading.starts[at]


def _before_names(reading: Reading) -> Iterator[int]:
    """Yield where words stand that come before towns, if what follows begins with a capital."""
    starts, pieces = reading.starts, reading.pieces
    for at in reading.where(_PREPOSITIONS):
        if at + 1 < len(pieces) and (pieces[at + 1][0].isupper() or pieces[at + 1] in _BESIDE):
            yield starts[at]


def _city(before: re.Match[str], state: str, lexicon: Lexicon, *, zipped: bool) -> str | None:
    """Return the end of the capitalised words before a state that is its city."""
    words, comma = before[1].split(" "), before[2][0] in ",;"
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
