"""Numbers that were spoken, one figure or letter after another, as a recogniser writes them.

Four figures in a row are a number; fewer could be a dose. With letters among them, as in a plate or
a serial number, fewer are enough where a label stands before them.
"""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.labelled import labels
from wardround.privacy.deid.text.reading import Reading, with_dots

_SPOKEN = with_dots("zero oh one two three four five six seven eight nine niner double triple")
_MARGIN = 120
_FEWEST = 4
"""How many spoken figures are a number; fewer could be a dose."""
_PAIR = 2
"""How many a plate has."""
_DIGIT = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|niner)"
_TENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ALPHABET = r"(?:alpha|alfa|bravo|charlie|delta|echo|foxtrot|hotel|kilo|lima|oscar|papa|quebec|sierra|tango|uniform|whiskey|x-ray|yankee|zulu)"
_SHORT = r"(?!(?:mg|ml|mm|cm|cc|kg|lb|hr|pt|bpm|hg|dl|ft|st|nd|rd|th|dr|mr|mrs|ms)\b)[bcdfghjklmnpqrstvwxz]{2,4}"
_PIECE = (
    rf"(?:(?:double|triple)[\s-](?:{_DIGIT}|[a-z])|{_DIGIT}|{_TENS}(?:[\s-]{_DIGIT})?|hundred|thousand|extension|ext|dash|hyphen|slash|"
    rf"[a-z]\sas\sin\s[a-z]{{2,12}}|[a-z]|{_ALPHABET}|{_SHORT}|\d{{1,6}})"
)
_RUN = re.compile(
    rf"\b(?:(?:area code|extension|ext|dash|point|capital)\s)?(?:{_PIECE}[\s,.-]{{1,2}}){{3,24}}{_PIECE}\b"
)
"""In lower case."""
_WORD = re.compile(rf"\b{_DIGIT}\b|\b{_TENS}\b", re.IGNORECASE)
_SMALL = re.compile(r"\b(?:one|a|hundred|thousand)\b", re.IGNORECASE)
_FIGURE = re.compile(rf"(?:{_DIGIT}|{_TENS}|\d+)$", re.IGNORECASE)
_TWO = re.compile(rf"\b(?:{_DIGIT}|{_TENS})[\s-]{{1,2}}(?:{_DIGIT}|{_TENS})\b", re.IGNORECASE)
_LETTER = re.compile(rf"\b(?:[a-z]|{_ALPHABET}|{_SHORT})\b", re.IGNORECASE)
_STAGED = re.compile(
    rf"\b(?:t (?:{_DIGIT}|x|is) [a-d]? ?n {_DIGIT}|g {_DIGIT} p {_DIGIT}|[ctls] {_DIGIT} (?:through |to )?[ctls] {_DIGIT}|"
    rf"s one (?:and )?s two|v {_DIGIT} (?:through |to )?v {_DIGIT}|a one c|b twelve|h two)\b",
    re.IGNORECASE,
)
"""Stages, pregnancies, vertebrae, sounds and leads, spoken."""
_LABEL = re.compile(r"[a-z][a-z'/-]*")
_SAYING = frozenset(
    "is was are says said reads number's number numbers it's it the on my card form named".split()
)
_PREFIX = re.compile(
    r"\b((?:acc|sp|gt|mr|mrn|id|cs|[b-df-hj-np-tv-z]{2,4})(?:\s(?:dash|hyphen))?\s)$", re.IGNORECASE
)
"""Letters in front of a number: "sp two four nine six"."""
_FIGURES_ONLY = frozenset((None, Kind.PHONE, Kind.FAX, Kind.SSN))
"""Kinds of numbers that do not end in a letter."""
_VEHICLES = frozenset(
    "car van truck plate tag vehicle honda toyota ford suv pickup jeep cab bus sedan".split()
)


def find_spoken(reading: Reading) -> Iterator[Find]:
    """Yield runs of spoken figures and letters that are a number of somebody's."""
    said = reading.where(_SPOKEN)
    if len(said) < _PAIR:
        return
    text = reading.text
    for found in _runs(reading.lowered, [reading.starts[at] for at in said]):
        start, end = found.span()
        label = _label(reading.lowered[max(0, start - 60) : start])
        if label in _FIGURES_ONLY:
            start, end = _trimmed(text, start, end)
        run = text[start:end]
        words = len(_WORD.findall(run))
        if words >= _FEWEST and words - len(_SMALL.findall(run)) >= 3:
            if label is not None:
                prefix = _PREFIX.search(text, max(0, start - 12), start)
                start = prefix.start(1) if prefix is not None else start
            yield Find(start, end, label or Kind.PHONE, 0.85, "figures, spoken one by one")
        elif _is_lettered(run, words, labelled=label is not None):
            yield Find(start, end, label or Kind.OTHER, 0.85, "letters and figures, spoken")


def _runs(lowered: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """Yield the runs of figures and letters around spoken figures."""
    first = last = starts[0]
    for start in [*starts[1:], None]:
        if start is not None and start - last < _MARGIN:
            last = start
            continue
        yield from _RUN.finditer(lowered, max(0, first - _MARGIN // 2), last + _MARGIN)
        if start is not None:
            first = last = start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a run stands without the "a" or "i" of what follows a figure."""
    run = text[start:end]
    following = text[end : end + 2]
    if run[-2:].lower() in {" a", " i"} and following[:1] == " " and following[1:].isalpha():
        before = run[:-2].rstrip(" ,.-")
        if _FIGURE.search(before):
            return start, start + len(before)
    return start, end


def _is_lettered(run: str, words: int, *, labelled: bool) -> bool:
    """Whether a run of letters and figures is a plate, a serial number or the like."""
    letters = len(_LETTER.findall(run))
    if words < 1 or letters < 2 or _STAGED.search(run):
        return False
    if labelled:
        return letters + words >= 4
    return letters + words >= 6 and _TWO.search(run) is not None


def _label(before: str) -> Kind | None:
    """Return the kind that a label before a run announces, "is" and the like between them."""
    words = _LABEL.findall(before)
    while words and words[-1] in _SAYING:
        words.pop()
    if not words:
        return None
    if words[-1] in _VEHICLES:
        return Kind.VEHICLE
    known = labels()
    for number in range(min(4, len(words)), 0, -1):
        kind = known.get(" ".join(words[-number:]))
        if kind is not None:
            return kind
    return None
