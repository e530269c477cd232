"""Dates as people write them: read, moved by some days, and written in the same way."""

import re
from datetime import date, timedelta

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[A-Za-z]+")
_SUFFIX = re.compile(r"(?<=\d)(st|nd|rd|th)", re.IGNORECASE)
_PIVOT = 50
"""Years of two digits up to this are of this century."""


def moved(  # noqa: PLR0911 (each way of writing has its own)
    written: str, days: int
) -> str | None:
    """Return a date moved by so many days in its own format, or None where it cannot be read."""
    numbers = [match.span() for match in _FIGURES.finditer(written)]
    month = next((m for m in _WORD.finditer(written) if _month(m[0])), None)
    if "T" in written and re.search(r"\dT\d", written):
        head, _, tail = written.partition("T")
        ahead = moved(head, days)
        return None if ahead is None else f"{ahead}T{tail}"
    if month is not None:
        return _moved_words(written, month, numbers, days)
    parts = [written[start:end] for start, end in numbers]
    if len(parts) == 1 and len(parts[0]) == 8:
        shifted = _shifted(parts[0][:4], parts[0][4:6], parts[0][6:], days)
        return None if shifted is None else written.replace(parts[0], f"{shifted:%Y%m%d}")
    if len(parts) == 3:
        order = (0, 1, 2) if len(parts[0]) == 4 else (2, 0, 1)
        year, first, second = (parts[at] for at in order)
        shifted = _shifted(year, first, second, days)
        if shifted is None and order[0] == 2:  # the day may stand first
            order = (2, 1, 0)
            shifted = _shifted(year, second, first, days)
        return None if shifted is None else _put(written, numbers, order, shifted)
    if len(parts) == 2 and len(parts[1]) == 4:
        shifted = _shifted(parts[1], parts[0], "15", days)
        return None if shifted is None else _fill(written, numbers, [shifted.month, shifted.year])
    if len(parts) == 2:
        shifted = _shifted("2001", parts[0], parts[1], days)
        return None if shifted is None else _fill(written, numbers, [shifted.month, shifted.day])
    return None


def _moved_words(
    written: str, month: re.Match[str], numbers: list[tuple[int, int]], days: int
) -> str | None:
    parts = [written[start:end] for start, end in numbers]
    year = next((part for part in parts if len(part) == 4), None)
    others = [span for span, part in zip(numbers, parts, strict=True) if part is not year]
    if year is None and len(others) == 2:
        year = written[slice(*others.pop())]
    day = written[slice(*others[0])] if others else None
    if day is None and not year:
        return None
    shifted = _shifted(year or "2001", str(_month(month[0])), day or "15", days)
    if shifted is None:
        return None
    pieces = [(month.span(), _named(month[0], shifted.month))]
    for span, part in zip(numbers, parts, strict=True):
        if part is year or (year is not None and part == year and span not in others):
            pieces.append((span, str(shifted.year)[-len(part) :]))
        elif day is not None and span == others[0]:
            pieces.append((span, str(shifted.day).zfill(len(part) if part[0] == "0" else 1)))
    result = _spliced(written, pieces)
    return _SUFFIX.sub(lambda _: _ordinal(shifted.day), result)


def _put(written: str, numbers: list[tuple[int, int]], order: tuple[int, ...], to: date) -> str:
    values = dict(zip(order, (to.year, to.month, to.day), strict=True))
    return _fill(written, numbers, [values[at] for at in range(3)])


def _fill(written: str, numbers: list[tuple[int, int]], values: list[int]) -> str:
    padded = any(written[start] == "0" for start, _ in numbers)
    padded = padded or all(end - start != 1 for start, end in numbers)
    pieces = []
    for (start, end), value in zip(numbers, values, strict=True):
        was = written[start:end]
        text = str(value)
        if len(was) == 2 and value > 31:
            text = text[-2:]
        pieces.append(((start, end), text.zfill(len(was) if padded else 1)))
    return _spliced(written, pieces)


def _spliced(written: str, pieces: list[tuple[tuple[int, int], str]]) -> str:
    for (start, end), text in sorted(pieces, reverse=True):
        written = written[:start] + text + written[end:]
    return written


def _shifted(year: str, month: str, day: str, days: int) -> date | None:
    number = int(year)
    if number < 100:
        number += 2000 if number <= _PIVOT else 1900
    try:
        return date(number, int(month), int(day)) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def _month(word: str) -> int:
    low = word.lower()
    return next(
        (
            at
            for at, name in enumerate(_MONTHS, 1)
            if len(low) >= 3 and name.startswith(low[:4]) and (name == low or len(low) <= 4)
        ),
        0,
    )


def _named(like: str, number: int) -> str:
    name = _MONTHS[number - 1]
    name = (
        name
        if len(like) > 4 or like.lower() == name or like.lower() in _MONTHS
        else name[: len(like)]
    )
    return name.upper() if like.isupper() else name.capitalize() if like[0].isupper() else name


def _ordinal(day: int) -> str:
    return "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
