"""A note in the pieces in which its words belong together: sentence, problem, section."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from wardround.capabilities.coding.found import Span
from wardround.capabilities.coding.guidelines.model import Assertions
from wardround.engines.assertion import Assertion

_SENTENCE = re.compile(r"[.!?;]+(?=\s|$)|\n+(?![a-z(])")
_INITIAL = re.compile(r"\b[A-Z]\.\s+[a-z]")
"""The point of "E. coli" ends no sentence."""

_FAR = 800
"""Characters beyond which words do not belong together, whatever the punctuation."""

_AROUND = 80

_PROBLEM = re.compile(r"\n\s*\n|\n(?=\s*(?:\d{1,2}[.)]|[-*•#])\s)")
_CONCLUSION = re.compile(
    r"(?im)^[ \t#*]*(?:(?:final|principal|primary|discharge|main)\s+diagnos[ie]s|diagnos[ie]s"
    r"|assessment(?:\s*(?:and|&|/)\s*plan)?|impression|a/p|conclusions?)\b[^\n:]{0,20}(?::|$)"
)
_REASON = re.compile(
    r"(?im)^[ \t#*]*(?:chief complaint|reason for (?:visit|consultation|admission)"
    r"|presenting complaint|cc|history of present illness|hpi)[ \t]*(?::|$)"
)
_HEADING = re.compile(r"(?m)^[ \t#*]*[A-Z][A-Za-z/&' ]{2,40}:")
_DENIED = re.compile(
    r"\b(?:no|not|non|never|without|denie[sd]|denying|negative for|free of|absence of|rule[sd]? out"
    r"|possible|possibly|probable|suspected|suspicion of|risk of|risk for|screen(?:ing)? for|if"
    r"|mother|father|brother|sister|family history|fhx?|versus|vs\.?)\b[^.;:\n]{0,40}$",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def pattern(written: str) -> re.Pattern[str]:
    """Return a rule's words as an expression of whole words, in any case."""
    return re.compile(rf"\b(?:{written})(?!\w)", re.IGNORECASE)


class Note:
    """A text, and where its sentences, problems and sections are.

    ``assertions`` are what is known of its mentions: words of one that does not hold say nothing.
    """

    def __init__(self, text: str, assertions: Assertions | None = None) -> None:
        self.text = text
        self._void = [span for span, said in (assertions or {}).items() if not _holds(said)]

    @cached_property
    def _sentences(self) -> list[int]:
        ends = (found.end() for found in _SENTENCE.finditer(self.text))
        return [0, *(end for end in ends if not _INITIAL.match(self.text, max(0, end - 2)))]

    @cached_property
    def lowered(self) -> str:
        """Return the text in small letters, to see quickly what it does not hold."""
        return self.text.lower()

    def hints(self, words: Iterable[str]) -> bool:
        """Whether one of ``words``, in small letters, stands in it at all."""
        return any(word in self.lowered for word in words)

    def around(self, words: Iterable[str]) -> list[Span]:
        """Return the surroundings of ``words``, in small letters: a rule need look nowhere else."""
        if len(self.lowered) != len(self.text):  # a capital İ is two small letters
            return [self.whole]
        places = sorted(place for word in words for place in _places(self.lowered, word))
        found: list[Span] = []
        for place in places:
            start, end = max(0, place - _AROUND), min(len(self.text), place + _AROUND)
            if found and start <= found[-1].end:
                found[-1] = Span(found[-1].start, end)
            else:
                found.append(Span(start, end))
        return found

    @cached_property
    def _problems(self) -> list[int]:
        return [0, *(found.end() for found in _PROBLEM.finditer(self.text))]

    def sentence(self, span: Span) -> Span:
        """Return the sentence or line in which ``span`` begins; of an endless one what is near."""
        return _near(_piece(self._sentences, span.start, len(self.text)), span)

    def problem(self, span: Span) -> Span:
        """Return the paragraph or the entry of a list in which ``span`` begins, or what is near."""
        return _near(_piece(self._problems, span.start, len(self.text)), span)

    def heading(self, span: Span) -> int:
        """Return where the heading above ``span`` begins, or its paragraph where none does."""
        index = bisect_right(self._headings, span.start)
        above = self._headings[index - 1] if index else 0
        return above if index and span.start - above < _FAR else self.problem(span).start

    @cached_property
    def _headings(self) -> list[int]:
        return [found.start() for found in _HEADING.finditer(self.text)]

    @property
    def whole(self) -> Span:
        """Return the span of all of it."""
        return Span(0, len(self.text))

    def words(self, span: Span) -> str:
        """Return what stands at ``span``."""
        return self.text[span.start : span.end]

    def said(self, written: str, within: Span) -> list[Span]:
        """Return where one of the words of a rule stands, unless it is denied or in doubt there."""
        return [span for _, span in self.choices(pattern(written), within)]

    def choices(self, words: re.Pattern[str], within: Span) -> list[tuple[str, Span]]:
        """Return which named group of ``words`` stands where, unless it is denied there."""
        return [
            (found.lastgroup or "", Span(*found.span()))
            for found in words.finditer(self.text, within.start, within.end)
            if not self.denied(found.start()) and not self._in_void(found)
        ]

    def _in_void(self, found: re.Match[str]) -> bool:
        return any(start < found.end() and found.start() < end for start, end in self._void)

    def denied(self, at: int) -> bool:
        """Whether a word shortly before, in the same sentence, denies or doubts what comes."""
        begin = max(self._sentences[bisect_right(self._sentences, at) - 1], at - 60)
        return _DENIED.search(self.text[begin:at]) is not None

    @cached_property
    def conclusions(self) -> tuple[Span, ...]:
        """Return the sections in which diagnoses are concluded."""
        return self._sections(_CONCLUSION)

    @cached_property
    def reasons(self) -> tuple[Span, ...]:
        """Return the sections that say why the patient came."""
        return self._sections(_REASON)

    def _sections(self, heading: re.Pattern[str]) -> tuple[Span, ...]:
        found = []
        for match in heading.finditer(self.text):
            after = _HEADING.search(self.text, match.end())
            found.append(Span(match.end(), after.start() if after else len(self.text)))
        return tuple(found)


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


def _near(piece: Span, span: Span) -> Span:
    return Span(max(piece.start, span.start - _FAR), min(piece.end, span.end + _FAR))


def _holds(said: Assertion) -> bool:
    """Whether a mention is of the patient, and neither absent nor only feared; it may be past."""
    plain = said.polarity == "present" and said.certainty == "certain"
    return plain and said.person == "patient" and not (said.hypothetical or said.conditional)


def _piece(starts: list[int], at: int, end: int) -> Span:
    index = bisect_right(starts, at)
    return Span(starts[index - 1], starts[index] if index < len(starts) else end)
