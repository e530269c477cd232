"""Readers' answers as a CSV file, read with the row and the column of each fault.

Columns: case, reader, arm (unaided or aided; ``modality`` is its other name), rating, truth; and,
where there are any, seconds, ai_score, ai_call, marks and lesions. Marks are ``x y rating; x y
rating`` (without a rating the answer's own counts), lesions ``x y radius; x y radius``. A fault
names no value: what was typed into a column may be a name.
"""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from wardround.kernel import InvalidInput, NotFound

ARMS = ("unaided", "aided")
NEEDED = ("case", "reader", "arm", "rating", "truth")
OPTIONAL = ("seconds", "ai_score", "ai_call", "marks", "lesions")
MOST = 1_000_000
"""Rows that are read."""

HIGHEST = 100.0
_TOLD = 8

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Answer:
    """What one reader said of one case in one arm, and what else the row holds."""

    row: int
    case: str
    reader: str
    arm: str
    rating: float
    truth: bool
    seconds: float | None = None
    ai_score: float | None = None
    ai_call: bool | None = None
    marks: tuple[Triple, ...] = ()
    lesions: tuple[Triple, ...] = ()


@dataclass
class Answers:
    """All answers of a file, and the columns that it has."""

    rows: list[Answer]
    columns: frozenset[str]


@dataclass
class Faults:
    """What is wrong, gathered so that a file is mended once and not value by value."""

    found: list[str] = field(default_factory=list)

    def add(self, row: int, column: str, what: str) -> None:
        """Note a fault."""
        self.found.append(f"row {row}, column {column}: {what}")

    def refuse(self, where: str) -> None:
        """Raise ``InvalidInput`` where there is a fault, with the first of them."""
        if not self.found:
            return
        told = "; ".join(self.found[:_TOLD])
        more = len(self.found) - _TOLD
        raise InvalidInput(
            f"{told}{f'; and {more} more' if more > 0 else ''}.",
            where=where,
            mend="Mend these rows; nothing was analysed.",
        )


def read_answers(path: Path) -> Answers:
    """Read a CSV file; raise ``NotFound``, or ``InvalidInput`` with each row and column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _answers(file, path.name)
    except FileNotFoundError:
        raise NotFound("There is no such file.", where=str(path)) from None
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(
            "This cannot be read as UTF-8 text.", where=str(path), mend="Save it as CSV in UTF-8."
        ) from None


def _answers(file: Iterable[str], where: str) -> Answers:
    faults, rows = Faults(), []
    try:
        reader = csv.DictReader(file, strict=True)
        columns = _columns(reader.fieldnames or [], where)
        reader.fieldnames = columns
        for cells in reader:
            at = reader.line_num
            if None in cells or None in cells.values():
                faults.add(at, "all", "the row has another number of columns than the first")
                continue
            one = _Row(at, {name: text.strip() for name, text in cells.items()}, faults).answer()
            if one is not None:
                rows.append(one)
            if at > MOST:
                raise InvalidInput(f"A study has at most {MOST:,} rows.", where=where)
    except csv.Error as error:
        raise InvalidInput(f"This is not CSV: {error}.", where=where) from None
    faults.refuse(where)
    if not rows:
        raise InvalidInput("There is no answer in this file.", where=where)
    return Answers(rows, frozenset(columns))


def _columns(names: Iterable[str], where: str) -> list[str]:
    told = [name.strip().lower() for name in names]
    told = ["arm" if name == "modality" else name for name in told]
    lacking = [name for name in NEEDED if name not in told]
    if lacking:
        raise InvalidInput(
            f"The first line lacks the column {lacking[0]}.",
            where=where,
            mend=f"Columns are {', '.join(NEEDED)}, with commas between them.",
        )
    twice = sorted({name for name in told if told.count(name) > 1})
    unknown = [name for name in told if name not in (*NEEDED, *OPTIONAL)]
    if twice or unknown:
        what = (
            f"There are two columns {twice[0]}"
            if twice
            else f"Column {told.index(unknown[0]) + 1} is not known"
        )
        raise InvalidInput(
            f"{what}.",
            where=where,
            mend=f"Leave it out, or name it as one of {', '.join((*NEEDED, *OPTIONAL))}.",
        )
    return told


class _Row:
    """One row: each cell read, each fault noted."""

    def __init__(self, at: int, cells: dict[str, str], faults: Faults) -> None:
        self._at, self._cells, self._faults = at, cells, faults
        self._sound = True

    def answer(self) -> Answer | None:
        """Return the answer, or nothing where a cell is at fault."""
        case, reader = self._name("case"), self._name("reader")
        arm = self._cells["arm"].lower()
        if arm not in ARMS:
            self._fault("arm", "is neither unaided nor aided")
        rating = self._number("rating", lambda one: 0 <= one <= HIGHEST, "is not 0 to 100")
        truth = self._yes("truth", needed=True)
        seconds = self._number("seconds", lambda one: one > 0, "is not above 0")
        score = self._number("ai_score", lambda _: True, "")
        call = self._yes("ai_call")
        marks = self._triples("marks", rating)
        lesions = self._triples("lesions", None)
        if any(radius <= 0 for _, _, radius in lesions):
            self._fault("lesions", "a radius is not above 0")
        if not self._sound or rating is None or truth is None:
            return None
        return Answer(
            self._at, case, reader, arm, rating, truth, seconds, score, call, marks, lesions
        )

    def _fault(self, column: str, what: str) -> None:
        self._sound = False
        self._faults.add(self._at, column, what)

    def _name(self, column: str) -> str:
        told = self._cells[column]
        if not told or len(told) > 64:
            self._fault(column, "is empty" if not told else "is longer than 64 letters")
        return told

    def _number(
        self, column: str, allowed: Callable[[float], bool], otherwise: str
    ) -> float | None:
        told = self._cells.get(column, "")
        if not told:
            if column in NEEDED:
                self._fault(column, "is empty")
            return None
        number = _float(told)
        if number is None:
            self._fault(column, "is no number")
        elif not allowed(number):
            self._fault(column, otherwise)
        return number

    def _yes(self, column: str, *, needed: bool = False) -> bool | None:
        told = self._cells.get(column, "")
        if told not in {"0", "1"} and (told or needed):
            self._fault(column, "is neither 0 nor 1" if told else "is empty")
        return told == "1" if told else None

    def _triples(self, column: str, third: float | None) -> tuple[Triple, ...]:
        found: list[Triple] = []
        for part in filter(str.strip, self._cells.get(column, "").split(";")):
            numbers = [_float(one) for one in part.split()]
            if len(numbers) == 2 and third is not None:
                numbers.append(third)
            x, y, z = numbers if len(numbers) == 3 else (None, None, None)
            if x is None or y is None or z is None:
                self._fault(column, "is not three numbers for each, with ; between them")
                return ()
            found.append((x, y, z))
        return tuple(found)


def _float(told: str) -> float | None:
    """Return a finite number; "nan" and "inf" are none, nor is "1_0", which Python would take."""
    if "_" in told:
        return None
    try:
        number = float(told)
    except ValueError:
        return None
    return number if isfinite(number) else None
