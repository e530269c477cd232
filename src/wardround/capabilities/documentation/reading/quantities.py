"""Numbers in a note and numbers in speech, read independently of the writer.

What was said is read generously: ``one thirty over eighty`` says 1, 30, 130 and 80. What the note
claims is read strictly: ``130/80`` claims 130 and 80. A claim that no generous reading covers was
not said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wardround.capabilities.documentation.reading.review import numbered, vocabulary

_SMALL = numbered(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
) | {"oh": 0, "o": 0}
_TENS = numbered("_ _ twenty thirty forty fifty sixty seventy eighty ninety", step=10)
_ORDINALS = numbered(
    "_ first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORTH = {
    "once": "1",
    "twice": "2",
    "double": "2",
    "couple": "2",
    "both": "2",
    "thrice": "3",
    "dozen": "12",
    "half": "0.5",
    "quarter": "0.25",
}
_UNITS = {
    "mg": "mg milligram milligrams milligrammes",
    "mcg": "mcg microgram micrograms µg",
    "g": "g gram grams grammes",
    "mL": "ml milliliter milliliters millilitre millilitres mils cc ccs",
    "L": "liter liters litre litres",
    "units": "unit units",
    "kg": "kg kilo kilos kilogram kilograms",
    "lb": "lb lbs pound pounds",
    "mm": "mm millimeter millimeters millimetre millimetres",
    "cm": "cm centimeter centimeters centimetre centimetres",
    "minutes": "minute minutes min mins",
    "hours": "hour hours hr hrs hourly",
    "days": "day days",
    "weeks": "week weeks",
    "months": "month months",
    "years": "year years",
    "tablets": "tablet tablets pill pills",
    "puffs": "puff puffs",
}
_UNIT = {word: unit for unit, names in _UNITS.items() for word in names.split()}
_VALUE = _SMALL | _TENS | _ORDINALS
_ONE_OF = frozenset({"a", "an", "per", "every", "each", "another"})
_DATES = vocabulary(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december"""
)
_DOSES = frozenset({"mg", "mcg", "g", "mL", "units"})
_TIMES = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
_TOKEN = re.compile(r"(?<![a-z\d])[a-z]{1,2}\d+|\d+(?:,\d{3})*(?:\.\d+)?|[a-zµ]+|[^\sa-z\d]")
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_IN_A_LABEL = ""
_LABEL = re.compile(r"[a-z]+(\d+)")
_NOT_QUANTITIES = re.compile(r"\b(?:hb)?a1c\b|^\s*#?\d{1,2}[.)]\s")
_MAY_BE_NO_NUMBER = frozenset({"one", "first", "second"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a note: as written, the values it may have, its unit where one follows."""

    written: str
    values: frozenset[str]
    unit: str | None = None


def claimed(text: str) -> list[Quantity]:
    """Return the numbers that a sentence of a note claims, and the days and months it names."""
    tokens = _tokens(text)
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        end = _end_of_number(tokens, index)
        run = tokens[index:end]
        if not run and tokens[index] in _DATES | {"twice"}:
            value = _WORTH.get(tokens[index], tokens[index])
            found.append(Quantity(tokens[index], frozenset({value})))
        elif not run and _LABEL.fullmatch(tokens[index]):
            found.append(Quantity(tokens[index].upper(), frozenset({tokens[index]})))
        elif run and not (len(run) == 1 and run[0] in _MAY_BE_NO_NUMBER):
            values = _values(run)
            if tokens[end : end + 1] and tokens[end] in _SUFFIXES:
                values |= {f"#{value}" for value in values}
            found.append(Quantity(" ".join(run), values, _unit(tokens, end)))
        index = max(end, index + 1)
    return found


def said(text: str) -> dict[str, frozenset[str | None]]:
    """Return every value that ``text`` may be giving, with the units it is given in (or None)."""
    tokens = _tokens(text)
    found: dict[str, set[str | None]] = {}
    index = 0
    while index < len(tokens):
        for value, unit in _named(tokens, index):
            found.setdefault(value, set()).add(unit)
        end = _end_of_number(tokens, index)
        for value, unit in _readings(tokens, index, end):
            found.setdefault(value, set()).add(unit)
        index = max(end, index + 1)
    return {value: frozenset(units) for value, units in found.items()}


def other_unit(quantity: Quantity, units: frozenset[str | None]) -> str | None:
    """Return the unit in which the quantity was said where it is another one, of the same kind."""
    kind = next((kind for kind in (_DOSES, _TIMES) if quantity.unit in kind), None)
    known = units - {_IN_A_LABEL}
    if kind is None or not known or not known <= kind or quantity.unit in known:
        return None
    return min(unit for unit in known if unit is not None)


def _named(tokens: list[str], index: int) -> Iterator[tuple[str, str | None]]:
    token = tokens[index]
    if token in _DATES:
        yield token, None
    elif token in _WORTH:
        yield _WORTH[token], None
    elif token in _ONE_OF and _unit(tokens, index + 1):
        yield "1", _unit(tokens, index + 1)
    elif label := _LABEL.fullmatch(token):
        yield token, None
        yield label[1], _IN_A_LABEL
    elif len(token) == 1 and token.isalpha() and index + 1 < len(tokens):
        for value in _values(tokens[index + 1 : _end_of_number(tokens, index + 1)]):
            yield f"{token}{value}", None


def _readings(tokens: list[str], start: int, end: int) -> Iterator[tuple[str, str | None]]:
    """Yield what the number from ``start`` to ``end`` may be; its parts too where it is unclear."""
    yield from _reading(tokens, start, end, end)
    if "point" not in tokens[start:end] and _composed(tokens[start:end]) is None:
        for first in range(start, end):
            for last in range(first + 1, end + 1):
                yield from _reading(tokens, first, last, end)


def _reading(
    tokens: list[str], start: int, stop: int, end: int
) -> Iterator[tuple[str, str | None]]:
    for value in _values(tokens[start:stop]):
        yield value, _unit(tokens, end) if stop == end else None
        if stop == end:
            yield from ((longer, None) for longer in _longer(value, tokens, end))


def _longer(value: str, tokens: list[str], end: int) -> Iterator[str]:
    """Yield what a number may be with what follows: ``3rd``, ``two and a half``, ``100 . four``."""
    if tokens[end : end + 1] and tokens[end] in _SUFFIXES:
        yield f"#{value}"
    if tokens[end : end + 3] == ["and", "a", "half"] or tokens[end : end + 2] == ["and", "half"]:
        yield _plain(Decimal(value) + Decimal("0.5"))
    if tokens[end : end + 1] == ["."] and end + 1 < len(tokens):
        parts = _values(tokens[end + 1 : _end_of_number(tokens, end + 1)])
        yield from (
            _plain(Decimal(f"{value}.{part}")) for part in parts if (value + part).isdigit()
        )


def _tokens(text: str) -> list[str]:
    plain = _NOT_QUANTITIES.sub(" ", text.lower()).replace("-", " ")
    return [
        token.replace(",", "") if token[0].isdigit() else token for token in _TOKEN.findall(plain)
    ]


def _at(tokens: list[str], index: int, count: int) -> list[str]:
    return tokens[index : index + count]


def _unit(tokens: list[str], index: int) -> str | None:
    return _UNIT.get(tokens[index]) if index < len(tokens) else None


def _is_word(token: str) -> bool:
    return token in _SMALL or token in _TENS or token in _ORDINALS


def _end_of_number(tokens: list[str], start: int) -> int:
    """Return where the number that begins at ``start`` ends; ``start`` where none begins there."""
    index = start
    first = tokens[start]
    if first == "a" and set(_at(tokens, start + 1, 1)) & _SCALES.keys():
        index += 2
    elif (
        first[0].isdigit()
        or (_is_word(first) and first not in {"oh", "o"})
        or (
            first in _SCALES
            and _at(tokens, start + 1, 1) == ["and"]
            and any(map(_is_word, _at(tokens, start + 2, 1)))
        )
    ):
        index += 1
    elif not (first == "point" and any(map(_is_word, _at(tokens, start + 1, 1)))):
        return start
    while index < len(tokens):
        here, follows = tokens[index], "".join(_at(tokens, index + 1, 1))
        before = tokens[index - 1]
        if (
            here in _SCALES
            or (_is_word(here) and not before[0].isdigit())
            or (here == "point" and (_is_word(follows) or follows[:1].isdigit()))
            or (before == "point" and here[0].isdigit())
        ):
            index += 1
        elif here == "and" and before in _SCALES and _is_word(follows):
            index += 2
        else:
            break
    return index


def _values(run: list[str]) -> frozenset[str]:
    """Return the values that a number in words or figures may have; ``third`` has ``#3``."""
    if run and run[0] in _ORDINALS:
        return frozenset({f"#{_ORDINALS[run[0]]}"})
    if not run:
        return frozenset()
    if "point" in run:
        place = run.index("point")
        whole = _values(run[:place]) if place else {"0"}
        part = "".join(map(str, _groups(run[place + 1 :])))
        return frozenset(
            _plain(Decimal(f"{value}.{part or 0}")) for value in whole if "." not in value
        )
    if len(run) == 1 and run[0][0].isdigit():
        return frozenset({_plain(Decimal(run[0]))})
    values = {_composed(run), _joined(run)}
    return frozenset(_plain(value) for value in values if value is not None)


def _composed(run: list[str]) -> Decimal | None:
    """Return the value of ``one hundred and twenty three`` and its like."""
    if not run or "point" in run:
        return None
    total = group = Decimal(0)
    for index, word in enumerate(run):
        before = run[index - 1] if index else "and"
        if word in _SCALES:
            if (before in _SCALES and before != "hundred") or (word == "hundred" and group > 99):
                return None
            group = (group or Decimal(1)) * _SCALES[word]
            if word != "hundred":
                total, group = total + group, Decimal(0)
        elif word in _TENS or word[0].isdigit():
            if index and before not in _SCALES and before != "and":
                return None
            group += _TENS[word] if word in _TENS else Decimal(word)
        elif word not in {"and", "a"}:
            if before not in _TENS and before not in _SCALES and before not in {"and", "a"}:
                return None
            group += _SMALL.get(word, _ORDINALS.get(word, 0))
    return total + group


def _joined(run: list[str]) -> Decimal | None:
    """Return the value of ``one thirty`` (130), ``two oh five`` (205) and their like."""
    groups = _groups(run)
    return Decimal("".join(map(str, groups))) if groups else None


def _groups(run: list[str]) -> list[int]:
    groups: list[int] = []
    for index, word in enumerate(run):
        if word in _SCALES or "." in word or word in {"a", "and"}:
            return []
        value = int(word) if word[0].isdigit() else _VALUE[word]
        if index and run[index - 1] in _TENS and 0 < value < 10:
            groups[-1] += value
        else:
            groups.append(value)
    return groups


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
