"""Values of X12 elements read and written: amounts (R), dates (D8, RD8), text (AN)."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from wardround.capabilities.billing.x12.syntax import Segment

CENT = Decimal("0.01")
_NUMBER = re.compile(r"-?(?:\d{1,15}(?:\.\d{0,8})?|\.\d{1,8})")


def number(value: Decimal) -> str:
    """Return a number as X12's R: no trailing zeros, no leading one, no point where none is due."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text.startswith("0."):
        return text[1:]
    if text.startswith("-0."):
        return f"-{text[2:]}"
    return "0" if text in {"", "-0"} else text


def day(value: date) -> str:
    """Return a day as D8."""
    return f"{value.year:04d}{value.month:02d}{value.day:02d}"


def days(begins: date, ends: date) -> str:
    """Return a range of days as RD8."""
    return f"{day(begins)}-{day(ends)}"


def words(text: str) -> str:
    """Return free text as X12's basic set has it: capitals, no accents, single blanks.

    What is no letter, digit or sign of the basic set becomes a blank, and so do the delimiters.
    """
    if _PLAIN.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS)).upper()
    kept = "".join(one for one in folded if not unicodedata.combining(one))
    return " ".join(_OTHER.sub(" ", kept).split())


# The basic set (X12.6, 3.3.1) without our delimiters * and :, each run of blanks being one.
_PLAIN = re.compile(r"""(?:[A-Z0-9!"&'()+,\-./;?=]+(?: [A-Z0-9!"&'()+,\-./;?=]+)*)?""")
_OTHER = re.compile(r"""[^A-Z0-9!"&'()+,\-./;?=]+""")
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
     "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH",
     "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
     "\N{EN DASH}": "-", "\N{EM DASH}": "-"}
)  # fmt: skip


def read_amount(segment: Segment, element: int, component: int = 0) -> Decimal:
    """Return an amount of money; the element has to be there."""
    value = read_number(segment, element, component)
    if value != (cents := value.quantize(CENT)):
        raise segment.wrong("An amount has two decimals at most.", element)
    if abs(value) >= 10**10:
        raise segment.wrong("The amount is larger than X12 allows.", element)
    return cents


def maybe_amount(segment: Segment, element: int) -> Decimal | None:
    """Return an amount of money, or none where the element is empty."""
    return read_amount(segment, element) if segment.get(element) else None


def read_number(segment: Segment, element: int, component: int = 0) -> Decimal:
    """Return a number of the R type; the element has to be there."""
    text = segment.get(element, component)
    if not _NUMBER.fullmatch(text):
        what = "The number is missing." if not text else "This is no number as X12 writes it."
        raise segment.wrong(what, element)
    try:
        return Decimal(text)
    except InvalidOperation:
        raise segment.wrong("This is no number as X12 writes it.", element) from None


def read_day(segment: Segment, element: int, component: int = 0) -> date:
    """Return a day written as D8; the element has to be there."""
    return _day(segment, segment.get(element, component), element)


def read_days(segment: Segment, element: int, component: int = 0) -> tuple[date, date]:
    """Return the two days of a range written as RD8."""
    first, dash, last = segment.get(element, component).partition("-")
    if not dash:
        raise segment.wrong("This is no range of days written YYYYMMDD-YYYYMMDD.", element)
    return _day(segment, first, element), _day(segment, last, element)


def _day(segment: Segment, text: str, element: int) -> date:
    if len(text) == 8 and text.isdigit():
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            pass
    raise segment.wrong("This is no day written YYYYMMDD.", element)
