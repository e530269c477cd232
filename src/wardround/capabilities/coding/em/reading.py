"""The note as the drafting of a level reads it: what is addressed, and what is asserted."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from wardround.engines.assertion import Assertion, assess

_HEADING = re.compile(
    r"^[ \t]*(?:[#*\d.)]+[ \t]*)?([A-Za-z][A-Za-z /&]{0,40}?)[ \t]*(?::|$)", re.MULTILINE
)
_ADDRESSED = re.compile(
    r"(?:assessment|plan|impression|a/p|a&p|ap|a|p|mdm|medical decision making|recommendations?|"
    r"(?:hospital|ed) course|course)(?: (?:and|&) plan|/plan)?",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:past|family|social|medical|surgical|allerg|medications?|meds|home med|current med"
    r"|review of|ros|pmh|psh|fh|sh|fhx|immuni|return precautions|history of present"
    r"|hpi|subjective|chief|cc|objective|vital|physical|exam|labs|laboratory|results|imaging|data"
    r"|ekg|ecg|procedure"
    r"|time|signature|follow|disposition|code status)",
    re.IGNORECASE,
)
_LISTS = re.compile(r"(?:past|family|medical h|surgical|allerg|pmh|psh|fh|fhx)", re.IGNORECASE)
_MEDICINES = re.compile(r"(?:medications?|meds|home med|current med|discharge med)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?;\n]*(?:\.(?=\d)[^.!?;\n]*)*[.!?;\n]?")

OPEN = re.compile(
    r"\b(?:if|unless|consider|considering|declin\w+|refus\w+|allerg\w+|may need|might need|could|"
    r"would|discussed options?|options? of|in the future|no need|"
    r"not (?:needed|indicated|necessary)|(?:not|n't) (?:need|require)|no indication)\b",
    re.IGNORECASE,
)
"""Words by which a sentence decides nothing: what they open is weighed, declined or not needed."""


class Reading:
    """A note's text with its parts.

    What is *addressed* stands in an assessment, plan or course; in a note without such headings,
    anywhere but in lists of the past, the family, allergies and medicines.
    """

    def __init__(self, text: str) -> None:
        """Find the headings once."""
        self.text = text
        self._asides: list[tuple[int, int]] = []
        self._lists: list[tuple[int, int]] = []
        plans: list[tuple[int, int]] = []
        known = [
            found
            for found in _HEADING.finditer(text)
            if _ADDRESSED.fullmatch(found.group(1)) or _ASIDE.match(found.group(1))
        ]
        ends = [*(later.start() for later in known), len(text)][1:]
        for found, end in zip(known, ends, strict=True):
            name, place = found.group(1), (found.end(), end)
            if _ADDRESSED.fullmatch(name):
                plans.append(place)
            if _LISTS.match(name) or _MEDICINES.match(name):
                self._asides.append(place)
            if _LISTS.match(name):
                self._lists.append(place)
        self._plans = plans

    def addressed(self, start: int) -> bool:
        """Return whether the character stands where problems are addressed."""
        if self._plans:
            return any(first <= start < last for first, last in self._plans)
        return not any(first <= start < last for first, last in self._asides)

    def told(self, start: int) -> bool:
        """Return whether the character stands outside the lists of the past and the family."""
        return not any(first <= start < last for first, last in self._lists)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, Assertion]]:
        """Yield what a pattern finds, with what the text asserts of it."""
        spans = [found.span() for found in pattern.finditer(self.text)]
        spans = [(start, end) for start, end in spans if start < end]
        for (start, end), asserted in zip(spans, assess(self.text, spans), strict=True):
            yield start, end, asserted

    def sentence(self, start: int) -> tuple[int, int]:
        """Return the characters of the sentence that holds ``start``."""
        at = max(self.text.rfind(sign, 0, start) for sign in "!?;\n") + 1
        for found in _SENTENCE.finditer(self.text, at):
            if found.end() > start:
                return found.span()
        return at, len(self.text)


@cache
def words_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of any of the words, whole, in either case, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE)
