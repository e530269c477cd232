"""Spoken numbers and units as a note writes them: ``twenty milligrams`` becomes ``20 mg``."""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.rules import Rules

_RULES = Rules("numbers")

_ONES = {word: value for value, word in enumerate(_RULES.phrases("ones"))}
_TENS = {word: 10 * value for value, word in enumerate(_RULES.phrases("tens"), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_UNITS = _RULES.table("units")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_PRONOUN_BEFORE = _RULES.words("pronoun_before")
_COUNTED_AFTER = _RULES.words("counted_after")


def digits(words: Sequence[str]) -> list[str]:
    """Return ``words`` with spoken numbers as digits, ratios joined and units abbreviated."""
    return _ratios(_units(_decimals(_cardinals(_unhyphened(words)))))


def figures(text: str) -> frozenset[str]:
    """Return the numbers of ``text``, spoken or written, as strings of digits without commas."""
    words = re.findall(r"[a-z]+|\d+(?:[.,]\d+)*|[.]", text.lower())
    found = " ".join(digits(words)).replace("/", " ")
    return frozenset(item.replace(",", "") for item in _DIGITS.findall(found))


def _unhyphened(words: Sequence[str]) -> list[str]:
    flat: list[str] = []
    for word in words:
        head, _, tail = word.partition("-")
        if head in _TENS and tail in _ONES:
            flat += [head, tail]
        else:
            flat.append(word)
    return flat


def _cardinals(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    index = 0
    while index < len(words):
        value, used = _cardinal(words, index)
        if not used or _is_pronoun(words, index, used):
            out.append(words[index])
            index += 1
        else:
            out.append(str(value))
            index += used
    return out


def _is_pronoun(words: Sequence[str], index: int, used: int) -> bool:
    if used != 1 or words[index] != "one":
        return False
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in {".", "point"}:
        return False
    return before in _PRONOUN_BEFORE or after not in _COUNTED_AFTER


def _cardinal(words: Sequence[str], index: int) -> tuple[int, int]:
    """Return the value of the number that starts at ``index`` and how many words it takes."""
    start = index
    article = words[index] == "a" and " ".join(words[index + 1 : index + 2]) in _SCALES
    if article:
        index += 1
    group, index = _below_hundred(words, index, spoken_pairs=True)
    if group is None and not article:
        return 0, 0
    value = group if group is not None else 1
    total = 0
    while index < len(words):
        word = words[index]
        if word in _SCALES:
            total += (value or 1) * _SCALES[word]
            value = 0
            index += 1
            skip = 1 if index + 1 < len(words) and words[index] == "and" else 0
            low, after = _below_hundred(words, index + skip, spoken_pairs=False)
            if low is not None:
                value, index = low, after
        else:
            break
    return total + value, index - start


def _below_hundred(
    words: Sequence[str], index: int, *, spoken_pairs: bool
) -> tuple[int | None, int]:
    """Return a number below one hundred, or one said in pairs (``one thirty two``)."""
    word = words[index] if index < len(words) else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if word in _TENS:
        if after in _ONES and 0 < _ONES[after] < 10:
            return _TENS[word] + _ONES[after], index + 2
        return _TENS[word], index + 1
    if word in _ONES:
        value = _ONES[word]
        if spoken_pairs and 0 < value < 10 and (after in _TENS or 10 <= _ONES.get(after, 0) < 20):
            low, end = _below_hundred(words, index + 1, spoken_pairs=False)
            if low is not None and (end >= len(words) or words[end] not in {"hundred", "thousand"}):
                return value * 100 + low, end
        return value, index + 1
    return None, index


def _decimals(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    for index, word in enumerate(words):
        joins = (
            len(out) > 1
            and word.isdigit()
            and out[-1] in {"point", "."}
            and out[-2].isdigit()
            and (out[-1] == "point" or len(word) < 3)
        )
        if joins:
            out[-2:] = [f"{out[-2]}.{word}"]
        elif word.isdigit() and out[-1:] == ["point"] and len(word) < 4:
            out[-1] = f"0.{word}"
        elif word == "half" and out[-2:] and out[-2:][0].isdigit() and out[-1] == "and":
            out[-2:] = [f"{out[-2]}.5"]
        elif word == "a" and out and out[-1] == "and" and words[index + 1 : index + 2] == ["half"]:
            continue
        else:
            out.append(word)
    return out


def _units(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    for word in words:
        after_number = bool(out) and out[-1].replace(".", "").replace(",", "").isdigit()
        unit = _UNITS.get(word) if after_number else None
        if unit == "%" or (word == "%" and after_number):
            out[-1] += "%"
        elif word in {"mg", "mcg"} or unit is None:
            out.append(word)
        else:
            out.append(unit)
    return out


def _ratios(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        number = out[-1] if out and out[-1].isdigit() else ""
        ahead = words[index + 1] if index + 1 < len(words) else ""
        beyond = words[index + 2] if index + 2 < len(words) else ""
        if number and word in {"over", "/"} and ahead.isdigit():
            out[-1] = f"{number}/{ahead}"
            index += 2
        elif number and (word, ahead) == ("out", "of") and beyond in {"5", "6", "10"}:
            out[-1] = f"{number}/{beyond}"
            index += 3
        elif number in {"1", "2", "3", "4"} and word in {"plus", "+"}:
            out[-1] = f"{number}+"
            index += 1
        else:
            out.append(word)
            index += 1
    return out
