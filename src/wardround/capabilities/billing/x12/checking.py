"""A file held against the implementation guides, by the maps of pyx12.

pyx12 has each guide as a map and walks it; its own document function logs every finding with the
value that was wrong, which may be a patient's. Here its parts are asked alone, and what is told is
where something is wrong and why, never what stands there.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wardround.capabilities.billing.acknowledgement import Fault
from wardround.capabilities.billing.x12.envelope import TransactionSet, transaction_sets
from wardround.capabilities.billing.x12.syntax import Segment
from wardround.capabilities.billing.x12.wording import said

if TYPE_CHECKING:
    from pyx12.map_if import map_if

_GROUPS = {"837": "HC", "835": "HP", "999": "FA", "277": "HN"}
"""GS01 of what we know."""

_GROUP = "/ISA_LOOP/GS_LOOP"

_REMEMBERED = 20_000
"""Segments whose elements were looked at, by what they are in the map; much comes again."""


def check(source: str | Iterable[str]) -> list[Fault]:
    """Return what a file has against its guides; nothing where a payer's translator would take it.

    ``position`` counts the segments of a transaction set, ST being 1, as a 999 does. Raise
    ``InvalidInput`` where the text is no X12, or an envelope is wrong: no set can be told from it.
    """
    return [
        fault
        for one in transaction_sets(source)
        if one.kind != "TA1"
        for fault in _Checking(one).faults()
    ]


class _Checking:
    """One transaction set as it is walked through the map of its guide."""

    def __init__(self, one: TransactionSet) -> None:
        self.one = one
        self.levels: set[int] = set()
        self.lines = 0
        self.seen: dict[tuple[int, tuple[str, ...]], Any] = {}

    def faults(self) -> Iterator[Fault]:
        from pyx12.map_walker import walk_tree

        guide = _map(self.one.kind, self.one.version)
        if guide is None:
            yield Fault(set_control=self.one.control, segment="ST", code="1", says=said("set", "1"))
            return
        walker = walk_tree()
        walker.counter = _Counts()
        walker.forceWalkCounterToLoopStart(_GROUP, f"{_GROUP}/GS")
        node: Any = guide.getnodebypath(f"{_GROUP}/GS")
        for place, segment in enumerate(self._segments(), 1):
            data = _pyx12_segment(segment)
            found, _, _, errors = walker.walk_errors(node, data, place, place, None)
            for error in errors:
                yield self._of_segment(error, segment, place)
            node = node if found is None else found
            for error in [] if found is None else self._elements(found, data, segment):
                yield self._of_element(error, segment, place)
            yield from self._counted(segment, place)

    def _segments(self) -> Iterator[Segment]:
        """Give the set with its header and trailer; the envelope has checked the trailer."""
        count, marks = 1, self.one.header.delimiters
        yield self.one.header
        for segment in self.one.segments:
            count += 1
            yield segment
        yield Segment(0, ("SE", str(count + 1), self.one.control), marks)

    def _elements(self, node: Any, data: Any, segment: Segment) -> Any:
        """Return what is wrong with a segment's elements, by the map; it depends on them alone."""
        key = (id(node), segment.elements)
        if key not in self.seen:
            if len(self.seen) >= _REMEMBERED:
                self.seen.clear()
            self.seen[key] = node.is_valid_errors(data)[1]
        return self.seen[key]

    def _of_segment(self, error: Any, segment: Segment, place: int) -> Fault:
        node = error.map_node if error.err_cde in {"3", "4", "5"} else None
        name = f": {node.name} ({node.id})" if node is not None else ""
        return Fault(
            set_control=self.one.control,
            segment=segment.id if node is None else str(node.id),
            position=error.src_line or place,
            code=error.err_cde,
            says=f"{said('segment', error.err_cde)}{name}.",
        )

    def _of_element(self, error: Any, segment: Segment, place: int) -> Fault:
        node = error.map_node
        name = f": {node.name}" if node is not None else ""
        # A rule on several elements (a syntax note) names the first of them by its number alone.
        told = error.refdes or ""
        element = f"{told:02d}" if isinstance(told, int) else told
        return Fault(
            set_control=self.one.control,
            segment=segment.id,
            position=place,
            element=element if element.startswith(segment.id) else f"{segment.id}{element}",
            code=error.err_cde,
            says=f"{said('element', error.err_cde)}{name}.",
        )

    def _counted(self, segment: Segment, place: int) -> Iterator[Fault]:
        """Give what is wrong with the numbers of levels (HL) and lines (LX)."""
        what = ""
        if segment.id == "HL":
            number, parent = segment.get(1), segment.get(2)
            if number != str(len(self.levels) + 1):
                what = "HL01"
            elif parent and (not parent.isdigit() or int(parent) not in self.levels):
                what = "HL02"
            self.levels.add(len(self.levels) + 1)
        elif segment.id == "CLM":
            self.lines = 0
        elif segment.id == "LX" and self.one.kind == "837":
            self.lines += 1
            what = "LX01" if segment.get(1) != str(self.lines) else ""
        if what:
            yield Fault(
                set_control=self.one.control,
                segment=segment.id,
                position=place,
                element=what,
                code="7",
                says="The number is not the next one, or names no level before.",
            )


class _Counts:
    """How often each place of a map was met, in pyx12's own terms (its ``NodeCounter``).

    Its own makes the text of every path again at every look, which is a third of a check's time.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._texts: dict[int, tuple[Any, str]] = {}

    def increment(self, path: Any) -> None:
        """Count a place once more."""
        name = self._text(path)
        self._counts[name] = self._counts.get(name, 0) + 1

    def get_count(self, path: Any) -> int:
        """Return how often a place was met."""
        return self._counts.get(self._text(path), 0)

    def reset_to_node(self, path: Any) -> None:
        """Forget what was met within a place."""
        within = f"{self._text(path)}/"
        for name in [one for one in self._counts if one.startswith(within)]:
            del self._counts[name]

    def _text(self, path: Any) -> str:
        if isinstance(path, str):
            return path
        # The path is kept beside its text, so that its id is not given to another.
        known = self._texts.get(id(path))
        if known is None:
            known = self._texts[id(path)] = (path, path.format())
        return known[1]


@lru_cache(maxsize=8)
def _map(kind: str, version: str) -> "map_if | None":
    """Return the map of a guide: read once, since that takes a second or more."""
    from pyx12.map_if import load_map_file
    from pyx12.map_index import map_index
    from pyx12.params import ParamsBase

    name = map_index().get_filename("00501", version, _GROUPS.get(kind, ""))
    return load_map_file(name, ParamsBase()) if name else None


def _pyx12_segment(segment: Segment) -> Any:
    from pyx12.segment import Segment as Pyx12Segment

    marks = segment.delimiters
    text = marks.element.join(segment.elements)
    return Pyx12Segment(text, marks.segment, marks.element, marks.component)
