"""What may stand in a cell of a table that a person brings, and how it is kept."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from wardround.engines.terminology.concept import dotted

_PROCEDURE = re.compile(r"[0-9]{4}[0-9AFMTU]|[A-Z][0-9]{4}")
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_DATES = (
    (re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"), (1, 2, 3)),
    (re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})"), (3, 1, 2)),
)
_NONE = {"", "*", "n/a"}


def a_procedure(said: str) -> str:
    """Return a code of CPT or HCPCS II."""
    if not _PROCEDURE.fullmatch(said.upper()):
        raise ValueError("is no CPT or HCPCS code")
    return said.upper()


def a_diagnosis(said: str) -> str:
    """Return a code of ICD-10-CM, with its point."""
    if not _DIAGNOSIS.fullmatch(said.upper()):
        raise ValueError("is no ICD-10-CM code")
    return dotted(said)


def a_modifier(said: str) -> str:
    """Return a modifier, or nothing."""
    if said and not _MODIFIER.fullmatch(said.upper()):
        raise ValueError("is no modifier of two characters")
    return said.upper()


def a_date(said: str) -> str:
    """Return a date as ``YYYYMMDD``, or nothing where none is given."""
    if said.lower() in _NONE:
        return ""
    for pattern, (year, month, day) in _DATES:
        found = pattern.fullmatch(said)
        if found is not None:
            try:
                when = date(int(found[year]), int(found[month]), int(found[day]))
            except ValueError:
                break
            return f"{when:%Y%m%d}"
    raise ValueError("is no date such as 2026-01-31, 20260131 or 1/31/2026")


def an_amount(said: str) -> str:
    """Return an amount of money, not negative, with at most two decimals."""
    try:
        amount = Decimal(said.removeprefix("$").replace(",", ""))
        cents = amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError("is no amount such as 112.50") from None
    if not amount.is_finite() or amount < 0 or cents != amount:
        raise ValueError("is no amount such as 112.50")
    return str(cents)


def a_number(said: str) -> str:
    """Return a whole number, not negative."""
    if not (said.isascii() and said.isdigit() and len(said) < 8):
        raise ValueError("is no whole number")
    return str(int(said))


def an_indicator(said: str) -> str:
    """Return the modifier indicator of an NCCI edit: 0, 1 or 9."""
    if said not in {"0", "1", "9"}:
        raise ValueError("is no modifier indicator (0, 1 or 9)")
    return said


def an_adjudication(said: str) -> str:
    """Return the adjudication indicator of an MUE: the digit before its words."""
    if said[:1] not in {"1", "2", "3"}:
        raise ValueError("is no MUE adjudication indicator (1, 2 or 3)")
    return said[0]


def some_words(said: str) -> str:
    """Return words, on one line."""
    words = " ".join(said.split())
    if not words:
        raise ValueError("is empty")
    return words


def words_or_none(said: str) -> str:
    """Return words, on one line, or nothing."""
    return " ".join(said.split())


def a_token(said: str) -> str:
    """Return a code of any system: no space within."""
    if not said or len(said) > 64 or len(said.split()) != 1:
        raise ValueError("is no code")
    return said.strip()


CELLS: dict[str, Callable[[str], str]] = {
    "procedure": a_procedure,
    "diagnosis": a_diagnosis,
    "modifier": a_modifier,
    "date": a_date,
    "amount": an_amount,
    "number": a_number,
    "indicator": an_indicator,
    "adjudication": an_adjudication,
    "words": some_words,
    "words or none": words_or_none,
    "code": a_token,
}
"""The kinds of cell, as ``kinds.toml`` names them."""
