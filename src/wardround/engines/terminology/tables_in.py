"""Tables that a person brings, as tab- or comma-separated text: headings found, every cell checked.

The published files carry lines of copyright above their headings, and CMS spreads the headings of
its edits over several lines: they are read downwards, column by column.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from wardround.engines.terminology.cells import CELLS
from wardround.engines.terminology.kinds import Column, Kind
from wardround.engines.terminology.lines import Lines
from wardround.kernel import InvalidInput

_HEAD = 25
"""Lines in which the headings must have been found."""


@dataclass(frozen=True)
class _Found:
    """A column and where it stands in a row; -1 where the file lacks it."""

    column: Column
    place: int


def read_table(lines: Lines, kind: Kind) -> tuple[list[str], str]:
    """Return the rows, each as its kept cells with tabs between, and what the headings said.

    Raise ``InvalidInput`` with the line of the first fault: a heading that is missing, a cell that
    cannot be, a row given twice.
    """
    source = iter(lines)
    first = list(islice(source, _HEAD))
    lines.number = 0
    rows = csv.reader(_counted(lines, first, source), delimiter=_delimiter(first), strict=True)
    try:
        found, headings, waiting = _headings(rows, lines, kind)
        kept: list[str] = []
        seen: dict[tuple[str, ...], int] = {}
        places = [kind.place(name) for name in kind.key]
        for row in chain(waiting, rows):
            if not any(cell.strip() for cell in row) or (not kept and _explains(row)):
                continue
            cells = [_cell(lines, one, row) for one in found]
            key = tuple(cells[place] for place in places)
            if key in seen and kind.repeats:
                continue
            if key in seen:
                raise lines.fault(f"This row stands at line {seen[key]} already.", "Keep one.")
            seen[key] = lines.number
            kept.append("\t".join(cells))
    except csv.Error as error:
        raise lines.fault(f"The row cannot be read: {error}.", "Export it again.") from None
    if not kept:
        raise InvalidInput("There are headings but no rows.", where=str(lines.path))
    return kept, headings


def _counted(lines: Lines, first: list[str], rest: Iterator[str]) -> Iterator[str]:
    """Give the lines again from the first, so that a fault names the line that is being read."""
    for number, line in enumerate(first, 1):
        lines.number = number
        yield line
    yield from rest


def _delimiter(first: list[str]) -> str:
    tabs = sum(line.count("\t") for line in first)
    return "\t" if tabs > sum(line.count(",") for line in first) else ","


def _headings(
    rows: Iterator[list[str]], lines: Lines, kind: Kind
) -> tuple[list[_Found], str, list[list[str]]]:
    """Return where the columns stand, all that the heading said, and a row read too far."""
    above: list[list[str]] = []
    found: list[_Found] | None = None
    for row in rows:
        if found is not None and _begins(found, row, kind):
            return found, _joined(above), [row]
        alone = _find([cell.lower() for cell in row], kind)
        above.append(row)
        if alone is not None:
            return alone, _joined(above), []
        found = _find([cell.lower() for cell in _downwards(above)], kind)
        if lines.number > _HEAD:
            break
    wanted = ", ".join(one.heading.split("|")[0] for one in kind.columns if not one.optional)
    raise InvalidInput(
        f"The headings of {kind.title} are not in its first {_HEAD} lines.",
        where=str(lines.path),
        mend=f"They are: {wanted}. Another kind of file is named by --kind.",
    )


def _downwards(above: list[list[str]]) -> list[str]:
    width = max(map(len, above))
    return [" ".join(row[place] for row in above if place < len(row)) for place in range(width)]


def _joined(above: list[list[str]]) -> str:
    return " ".join(" ".join(row) for row in above).lower()


def _find(headings: list[str], kind: Kind) -> list[_Found] | None:
    """Return where each column stands, an exact heading first; nothing if a needed one lacks."""
    found = []
    plain = [" ".join(heading.split()) for heading in headings]
    for column in kind.columns:
        exact = [place for place, one in enumerate(plain) if one in column.heading.split("|")]
        other = [place for place, one in enumerate(plain) if column.heads(one)]
        if not exact and not other and not column.optional:
            return None
        found.append(_Found(column, (exact or other or [-1])[0]))
    places = [one.place for one in found if one.place >= 0]
    return found if len(set(places)) == len(places) else None


def _begins(found: list[_Found], row: list[str], kind: Kind) -> bool:
    """Tell whether a row under headings of several lines is the first with data."""
    first = next(one for one in found if one.column.name == kind.key[0])
    try:
        CELLS[first.column.cell](row[first.place].strip() if first.place < len(row) else "")
    except ValueError:
        return False
    return True


def _explains(row: list[str]) -> bool:
    """Tell whether a row under the headings only explains them: ``0=not allowed``."""
    return all("=" in cell for cell in row if cell.strip())


def _cell(lines: Lines, one: _Found, row: list[str]) -> str:
    if one.place < 0:
        return ""
    if one.place >= len(row):
        raise lines.fault(
            f"The row has {len(row)} cells; {one.column.name} is the {one.place + 1}th.",
            "The file may have been cut off: take it again.",
        )
    try:
        return CELLS[one.column.cell](row[one.place].strip())
    except ValueError as error:
        raise lines.fault(f"{one.column.name}: the cell {error}.", "Correct the row.") from None
