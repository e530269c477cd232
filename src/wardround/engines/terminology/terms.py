"""The terms by which a code of ICD-10-CM is found: its description, inclusion terms, index."""

from collections.abc import Container, Iterable, Iterator

from wardround.engines.terminology.rows import Rows
from wardround.engines.terminology.words import lexicon

_LENT = 6
"""How many inclusion terms a code lends to those under it, whose words only add to its own."""


def terms_of(
    rows: Rows, known: Container[str], index: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Give code and term: the tabular list's, those of loaded indexes, and plain words for some.

    ``known`` holds the codes without their points; what leads to another code is left out.
    """
    for place, code in enumerate(rows.codes):
        if rows.ranks[place] < 2:
            continue
        display = rows.displays[place]
        yield code, display
        for term in _included(rows, place):
            yield code, term
        above = rows.parents[place]
        if above >= 0 and rows.ranks[above] >= 2 and display.startswith(rows.displays[above]):
            rest = display[len(rows.displays[above]) :]
            for term in _included(rows, above)[:_LENT]:
                yield code, term.removesuffix(" NOS") + rest
    for term, code in (*index, *lexicon()["said"].items()):
        printed = code.rstrip("-").rstrip(".")
        if printed.replace(".", "") in known:
            yield printed, term


def _included(rows: Rows, place: int) -> list[str]:
    held = rows.notes.get(place, {})
    return [*held.get("inclusion_terms", ()), *held.get("includes", ())]
