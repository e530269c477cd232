"""A text as its sections and sentences: headings, line ends, list items, marks of the end."""

import re
from bisect import bisect_right
from typing import NamedTuple

from wardround.engines.assertion.rules import Heading, Rules, heading_of

_LINE = re.compile(r"[^\n]*(?:\n|$)")
_BULLET = re.compile(r"\s*(?:[-*\u2022\u00b7\u2013]|\(?\d{1,2}[.)](?=\s))\s*")
_HEADING = re.compile(r"\s*(?:[#*=\d.)]+\s*)?([A-Za-z][A-Za-z /&,'()\-]{0,48}?)\s*\**(?::|$)")
_INLINE = re.compile(r"(?<=[.;])\s+([A-Z][A-Za-z /&]{1,40}):")
_END = re.compile(r"[.!?]+(?=[\s\"')\]]|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|vs|e\.g|i\.e|approx|no|pt|st|fig|cf|resp|approx|incl|esp|"
    r"y\.o|p\.o|q\.d|b\.i\.d|t\.i\.d|p\.r\.n|h\.o|s\.p|r\.o)|(?:\W|^)[a-z])\Z",
    re.IGNORECASE,
)
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
        self.sentences: list[Sentence] = []
        self._read(text)
        self._starts = [sentence.start for sentence in self.sentences]

    def place(self, start: int) -> int:
        """Return the number of the sentence that holds the character."""
        return max(bisect_right(self._starts, start) - 1, 0)

    def _read(self, text: str) -> None:
        section: Heading | None = None
        heading: tuple[int, int] | None = None
        lead: tuple[int, int] | None = None
        alone = False  # the heading stands on a line of its own: its section lasts past blanks
        for start, end in _blocks(text):
            if start == end:
                lead = None
                if not alone:
                    section = heading = None
                continue
            body = start
            named = self._named(text, start, end)
            if named is not None:
                section, body = named
                heading, lead = (start, body), None
                alone = not text[body:end].strip()
            bullet = _BULLET.match(text, body, end)
            if bullet and bullet.end() > body and bullet.group().strip():
                body = bullet.end()
            else:
                lead = None
            for first, last in _sentences(text, body, end):
                inline = self._inline(text, first, last)
                for at, until, name, place in inline:
                    if name is not None:
                        section, heading, alone = name, place, False
                    self.sentences.append(Sentence(at, until, section, heading, lead))
            if text[start:end].rstrip().endswith(":") and (named is None or alone):
                lead = (start, end)

    def _named(self, text: str, start: int, end: int) -> tuple[Heading | None, int] | None:
        """Return the section that a line opens, and where its content starts; None if none."""
        found = _HEADING.match(text, start, end)
        if found is None:
            return None
        known = heading_of(self._rules, found.group(1))
        colon = text[found.end() - 1] == ":" if found.end() > start else False
        if known is not None and (colon or not text[found.end() : end].strip()):
            return known, found.end()
        if found.group(1).isupper() and colon and len(found.group(1)) > 3:
            return None, found.end()
        return None

    def _inline(
        self, text: str, start: int, end: int
    ) -> list[tuple[int, int, Heading | None, tuple[int, int] | None]]:
        """Return a sentence, parted where a known heading opens within it."""
        found = _HEADING.match(text, start, end)
        if found and found.end() < end and text[found.end() - 1] == ":":
            known = heading_of(self._rules, found.group(1))
            if known is not None:
                return [(start, end, known, (start, found.end()))]
        return [(start, end, None, None)]


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
