"""Numbers that were spoken: five or more digits, one after another, as a recogniser writes them."""

import re
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find

_FIGURES = ["zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_FEWEST = 4
"""How many spoken figures are a number; fewer could be a dose."""
_DIGIT = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine|niner)"
_TENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_PIECE = rf"(?:(?:double|triple)[\s-]{_DIGIT}|{_DIGIT}|{_TENS}(?:[\s-]{_DIGIT})?|hundred|thousand|dash|hyphen|slash|[a-z]|\d{{1,4}})"
_RUN = re.compile(
    rf"\b(?:(?:area code|extension|ext|dash|point)\s)?(?:{_PIECE}[\s,.-]{{1,2}}){{3,24}}{_PIECE}\b",
    re.IGNORECASE,
)
_WORD = re.compile(rf"\b{_DIGIT}\b|\b{_TENS}\b", re.IGNORECASE)
_LETTER = re.compile(r"\b[a-z]\b", re.IGNORECASE)


def find_spoken(text: str, lowered: str) -> Iterator[Find]:
    """Yield runs of spoken digits; a few of them could be a dose, five or more are a number."""
    if sum(lowered.count(f"{figure} ") for figure in _FIGURES) < _FEWEST - 1:
        return
    for found in _RUN.finditer(text):
        words = len(_WORD.findall(found[0]))
        if words < _FEWEST:
            continue
        if words - len(re.findall(r"\b(?:one|a|hundred|thousand)\b", found[0])) < 3:
            continue
        yield Find(found.start(), found.end(), Kind.PHONE, 0.85, "digits, spoken one by one")
