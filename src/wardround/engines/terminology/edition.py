"""One edition of ICD-10-CM: what it knows of a code, and how codes stand to one another."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from wardround.engines.terminology.concept import NOTES, Concept, Rank, Seventh, dotted, plain
from wardround.engines.terminology.laterality import laterality_of, side_of
from wardround.engines.terminology.references import Reference, references
from wardround.engines.terminology.rows import Rows
from wardround.engines.terminology.search import Hit, Index
from wardround.engines.terminology.sevenths import sevenths_of
from wardround.engines.terminology.terms import terms_of

_RANKS = tuple(Rank)


class Said(NamedTuple):
    """A note that holds for a code, and the concept at which it stands."""

    at: str
    text: str


class Exclusion(NamedTuple):
    """Two codes that a note sets apart. ``kind`` is 1 (never together) or 2 (not included)."""

    kind: int
    code: str
    excluded: str
    at: str
    note: str


@dataclass(eq=False)
class Edition:
    """The codes in force from ``start`` to ``end``.

    ``annotated``: it has the notes of the tabular list. ``looked_up`` gives the terms of the
    alphabetic indexes that were loaded for it, each with its code.
    """

    name: str
    start: date
    end: date
    rows: Rows
    annotated: bool = True
    looked_up: Callable[[], Iterable[tuple[str, str]]] = tuple

    def search(self, text: str, limit: int = 20, under: str | None = None) -> list[Hit]:
        """Return the codes that words may mean, best first; of equals, a complete code first.

        ``under``: only that code and those under it.
        """
        among = None if under is None else {dotted(under), *self.under(under)}
        found = self._index.search(text, 2 * limit, among)
        found.sort(key=lambda hit: (-hit.score, not self.billable(hit.code)))
        return found[:limit]

    @cached_property
    def _index(self) -> Index:
        return Index(terms_of(self.rows, self._places, self.looked_up()))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code.replace(".", ""): place for place, code in enumerate(self.rows.codes)}

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for place, parent in enumerate(self.rows.parents):
            children.setdefault(parent, []).append(place)
        return children

    @cached_property
    def _sides(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _named(self) -> dict[tuple[int, str], tuple[tuple[str, tuple[Reference, ...]], ...]]:
        return {}

    def find(self, code: str) -> Concept | None:
        """Return what the edition says of a code, a category, a section or a chapter."""
        bare = plain(code)
        place = self._places.get(bare)
        if place is not None:
            return self._concept(place)
        return self._extended(bare)

    def knows(self, code: str) -> bool:
        """Tell whether ``code`` is of this edition."""
        bare = plain(code)
        return bare in self._places or self._base(bare) is not None

    def billable(self, code: str) -> bool:
        """Tell whether ``code`` is complete: it may stand on a claim."""
        bare = plain(code)
        place = self._places.get(bare)
        if self.rows.billable is not None:
            return bare in self.rows.billable
        if place is None:
            return self._base(bare) is not None
        return self._leaf(place) and not self._sevenths(place)

    def parent(self, code: str) -> str | None:
        """Return the code directly above, or nothing above a chapter."""
        bare = plain(code)
        place = self._places.get(bare)
        if place is None:
            base = self._base(bare)
            return None if base is None else self.rows.codes[base]
        above = self.rows.parents[place]
        return None if above < 0 else self.rows.codes[above]

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the codes above, the nearest first, to section and chapter."""
        found = []
        above = self.parent(code)
        while above is not None:
            found.append(above)
            above = self.parent(above)
        return tuple(found)

    def is_a(self, code: str, above: str) -> bool:
        """Tell whether ``code`` is ``above``, or stands under it."""
        wanted = plain(above)
        return plain(code) == wanted or any(plain(one) == wanted for one in self.ancestors(code))

    def under(self, code: str) -> Iterator[str]:
        """Give the codes under one, in the order of the list, completed codes too."""
        place = self._places.get(plain(code))
        if place is None:
            return
        for child in self._children.get(place, ()):
            yield self.rows.codes[child]
            yield from self.under(self.rows.codes[child])
        yield from self._completed(place)

    def every(self) -> Iterator[tuple[str, str]]:
        """Give code and description of every listed node, without completed codes."""
        yield from zip(self.rows.codes, self.rows.displays, strict=True)

    def notes(self, code: str, kind: str) -> tuple[Said, ...]:
        """Return the notes of a kind that hold for a code: its own, then those above it."""
        found = []
        for one in (plain(code), *map(plain, self.ancestors(code))):
            place = self._places.get(one)
            held = {} if place is None else self.rows.notes.get(place, {})
            found += [Said(self.rows.codes[place or 0], text) for text in held.get(kind, ())]
        return tuple(found)

    def excludes(self, code: str, other: str, kind: int = 1) -> Exclusion | None:
        """Return the Excludes note that sets two codes apart, either way round, if any does."""
        return self._excludes(code, other, kind) or self._excludes(other, code, kind)

    def _excludes(self, code: str, other: str, kind: int) -> Exclusion | None:
        a, b = plain(code), plain(other)
        for at in (dotted(a), *self.ancestors(code)):
            place = self._places.get(plain(at))
            for note, named in () if place is None else self._references(place, f"excludes{kind}"):
                if any(one.covers(b) and not one.covers(a) for one in named):
                    return Exclusion(kind, dotted(a), dotted(b), at, note)
        return None

    def _references(self, place: int, kind: str) -> tuple[tuple[str, tuple[Reference, ...]], ...]:
        known = self._named.get((place, kind))
        if known is None:
            texts = self.rows.notes.get(place, {}).get(kind, ())
            known = tuple((text, references(text)) for text in texts)
            self._named[place, kind] = known
        return known

    def _concept(self, place: int) -> Concept:
        rows = self.rows
        held = rows.notes.get(place, {})
        code = rows.codes[place]
        above = self.ancestors(code)
        ranks = {Rank(_RANKS[rows.ranks[self._places[plain(one)]]]): one for one in above}
        return Concept(
            code,
            rows.displays[place],
            _RANKS[rows.ranks[place]],
            self.billable(code),
            parent=above[0] if above else None,
            children=tuple(rows.codes[child] for child in self._children.get(place, ()))
            or tuple(self._completed(place)),
            seventh_characters=self._sevenths(place),
            laterality=self._side(place),
            chapter=ranks.get(Rank.CHAPTER),
            section=ranks.get(Rank.SECTION),
            **{kind: tuple(held.get(kind, ())) for kind in NOTES},
        )

    def _extended(self, bare: str) -> Concept | None:
        place = self._base(bare)
        if place is None:
            return None
        base = self._concept(place)
        meaning = next(one.meaning for one in base.seventh_characters if one.char == bare[6])
        return replace(
            base,
            code=dotted(bare),
            display=f"{base.display}, {meaning}",
            rank=Rank.CODE,
            billable=self.billable(bare),
            parent=base.code,
            children=(),
            seventh_characters=(),
            laterality=side_of(meaning) or base.laterality,
            **dict.fromkeys(NOTES, ()),  # type: ignore[arg-type]
        )

    def _base(self, bare: str) -> int | None:
        """Return the place of the code that a seventh character completes."""
        if len(bare) != 7:
            return None
        for stem in (bare[:6], bare[:6].rstrip("X")):
            place = self._places.get(stem)
            if place is not None and stem.ljust(6, "X") == bare[:6]:
                chars = {one.char for one in self._sevenths(place)}
                return place if bare[6] in chars else None
        return None

    def _leaf(self, place: int) -> bool:
        return place not in self._children and self.rows.ranks[place] >= 2

    def _sevenths(self, place: int) -> tuple[Seventh, ...]:
        return sevenths_of(self.rows, place) if self._leaf(place) else ()

    def _completed(self, place: int) -> tuple[str, ...]:
        stem = self.rows.codes[place].replace(".", "").ljust(6, "X")
        return tuple(dotted(stem + one.char) for one in self._sevenths(place))

    def _side(self, place: int) -> str | None:
        if self.rows.ranks[place] < 2:
            return None
        category = self.rows.codes[place][:3]
        if category not in self._sides:
            displays = [self.rows.displays[self._places[category]]]
            displays += [
                self.rows.displays[self._places[plain(one)]]
                for one in self.under(category)
                if plain(one) in self._places
            ]
            self._sides[category] = laterality_of(displays)
        return self._sides[category].get(self.rows.displays[place])
