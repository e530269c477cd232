"""A text as its sections and sentences: headings, line ends, list items, marks of the end."""

import re
from bisect import bisect_right
from typing import NamedTuple

from wardround.engines.assertion.phrases import TOKEN
from wardround.engines.assertion.rules import Heading, Rules, heading_of

_LINE = re.compile(r"[^\n]*(?:\n|$)")
_BULLET = re.compile(r"\s*(?:[-*\u2022\u00b7\u2013]|\(?\d{1,2}[.)](?=\s))\s*")
_HEADING = re.compile(r"\s*(?:[#*=\d.)]+\s*)?([A-Za-z][A-Za-z /&,'()\-]{0,48}?)\s*\**(?::|$)")
_END = re.compile(r"[.!?]+(?=[\s\"')\]]|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|vs|e\.g|i\.e|approx|no|pt|st|fig|cf|resp|approx|incl|esp|"
    r"y\.o|p\.o|q\.d|b\.i\.d|t\.i\.d|p\.r\.n|h\.o|s\.p|r\.o)|(?:\W|^)[a-z])\Z",
    re.IGNORECASE,
)
_ITEM = 6  # words
_WRAPPED = 55  # a line at least this long, without an end, goes on in the next


class Sentence(NamedTuple):
    """Characters ``start`` to ``end``; ``lead`` is a line such as *Denies:* that heads a list."""

    start: int
    end: int
    section: Heading | None
    heading: tuple[int, int] | None
    lead: tuple[int, int] | None


class Outline:
    """The sentences of a text, found by place."""

    def __init__(self, text: str, rules: Rules) -> None:
        """Read the text once; lines and headings first, sentences within them."""
        self._rules = rules
        self._section: Heading | None = None
        self._heading: tuple[int, int] | None = None
        self._alone = False  # a heading with a line of its own: its section lasts past blanks
        self.sentences: list[Sentence] = []
        self._read(text)
        self._starts = [sentence.start for sentence in self.sentences]

    def place(self, start: int) -> int:
        """Return the number of the sentence that holds the character."""
        return max(bisect_right(self._starts, start) - 1, 0)

    def _read(self, text: str) -> None:
        lead: tuple[int, int] | None = None
        for start, end in _blocks(text):
            if start == end:
                lead = None
                self._leave(unless_alone=True)
                continue
            body = self._opened(text, start, end)
            bullet = _BULLET.match(text, body, end)
            item = bullet is not None and bool(bullet.group().strip())
            if bullet is not None and item:
                body = bullet.end()
            if not item or body == start:
                lead = None
            if not (item or self._heading_in(start, end) or _is_short(text[start:end])):
                self._leave(unless_alone=True)
            for first, last in _sentences(text, body, end):
                self._add(text, first, last, lead)
            if text[start:end].endswith(":"):
                lead = (start, end)

    def _add(self, text: str, first: int, last: int, lead: tuple[int, int] | None) -> None:
        """Add a sentence; one that itself opens a section, or leaves one, changes what follows."""
        found = _HEADING.match(text, first, last)
        if found and found.end() < last and text[found.end() - 1] == ":":
            known = heading_of(self._rules, found.group(1))
            if known is not None:
                self._section, self._heading = known, (first, found.end())
                self._alone = False
        elif self._section is not None and self._is_fresh(text[first : first + 80]):
            self._leave(unless_alone=False)
        self.sentences.append(Sentence(first, last, self._section, self._heading, lead))

    def _opened(self, text: str, start: int, end: int) -> int:
        """Open the section that a line names, if it does; return where its content starts."""
        found = _HEADING.match(text, start, end)
        if found is None or found.end() == start:
            return start
        colon = text[found.end() - 1] == ":"
        known = heading_of(self._rules, found.group(1))
        whole = not text[found.end() : end].strip()
        if known is None and not (colon and found.group(1).isupper() and len(found.group(1)) > 3):
            return start
        if known is not None and not (colon or whole):
            return start
        self.sentences.append(Sentence(start, found.end(), None, None, None))
        self._section, self._heading, self._alone = known, (start, found.end()), whole
        return found.end()

    def _heading_in(self, start: int, end: int) -> bool:
        return self._heading is not None and start <= self._heading[0] < end

    def _is_fresh(self, beginning: str) -> bool:
        words = TOKEN.findall(beginning.lower())
        return bool(words) and self._rules.fresh.longest(words, 0, len(words))[0] > 0

    def _leave(self, *, unless_alone: bool) -> None:
        if not (unless_alone and self._alone):
            self._section = self._heading = None


def _is_short(line: str) -> bool:
    """Return whether a line may be an item of a list that has no bullets."""
    return len(line.split()) <= _ITEM


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return lines, those that are wrapped joined with their next; a blank one has no length."""
    blocks: list[tuple[int, int]] = []
    going = False
    for found in _LINE.finditer(text):
        start, end = found.span()
        if start == end:
            break
        line = found.group().rstrip()
        if not line.strip():
            blocks.append((start, start))
            going = False
            continue
        stop = start + len(line)
        opens = line.lstrip()[0]
        joined = going and not _BULLET.match(line) and ":" not in line[:30]
        if joined and (opens.islower() or blocks[-1][1] - blocks[-1][0] >= _WRAPPED):
            blocks[-1] = (blocks[-1][0], stop)
        else:
            blocks.append((start, stop))
        going = line[-1] not in ".!?:;"
    return blocks


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for stop in _END.finditer(text, start, end):
        if stop.group() == "." and _ABBREVIATION.search(
            text, max(at, stop.start() - 8), stop.start()
        ):
            following = text[stop.end() : stop.end() + 3].strip()
            if not following[:1].isupper() or text[stop.start() - 2 : stop.start()].lower() in (
                "dr",
                "mr",
                "rs",
                "ms",
                "vs",
                ".g",
                ".e",
                "st",
            ):
                continue
        if stop.group() == "?" and (stop.start() == at or text[stop.start() - 1].isspace()):
            continue  # "? pneumonia" asks before the word, and ends nothing
        found.append((at, stop.end()))
        at = stop.end()
    if at < end:
        found.append((at, end))
    return found
