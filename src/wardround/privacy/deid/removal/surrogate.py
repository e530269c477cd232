"""Surrogates: invented identifiers in place of true ones, the same for one patient everywhere.

They follow from a key held apart, so that two documents of one patient agree, and nobody without
the key can tell what stood there. Dates move by one number of days for each patient, so that what
lies between them stays, but none is so long ago that it tells of an age over 89. Such ages become
90+; of a ZIP code three digits stay where they may.
"""

import re
from datetime import UTC, datetime
from functools import cache

from wardround.privacy.deid.keyed import Secret
from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.removal.calendar import moved
from wardround.privacy.deid.removal.zips import three_digits

_WORD = re.compile(r"[^\W\d_]+")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_LONG_AGO = re.compile(r"(?<!\d)1[89]\d\d(?!\d)")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_TITLES = frozenset(
    ("dr mr mrs ms miss md do rn np pa jr sr ii iii de la van von der del ").split()
)


_STREETS = frozenset(
    (
        "street st avenue ave road rd lane ln drive dr court ct boulevard blvd place pl way "
        "apt unit suite box po hospital clinic medical center health county school pharmacy "
        "university of the and in at "
    ).split()
)


class Surrogates:
    """Makes what stands in the place of a patient's identifiers."""

    def __init__(self, secret: Secret, patient: str) -> None:
        self._secret = secret
        self._patient = patient

    def of(self, kind: Kind, written: str) -> str:
        """Return something of the same kind and shape, and never the same."""
        made = self._made(kind, written)
        return f"[{kind.upper()}]" if made.casefold() == written.casefold() else made

    def _made(self, kind: Kind, written: str) -> str:  # noqa: PLR0911 (one way a kind)
        if kind is Kind.NAME:
            return _WORD.sub(lambda word: self._name(word[0]), written)
        if kind is Kind.DATE:
            made = moved(written, self._secret.days(self._patient)) or "[DATE]"
            return _LONG_AGO.sub(_lifted, made)
        if kind is Kind.AGE:
            return "90+"
        if kind is Kind.PLACE:
            return self._place(written)
        if kind is Kind.EMAIL:
            return f"{self._code('email', written)}@example.org"
        if kind is Kind.URL:
            return f"https://example.org/{self._code('url', written)}"
        if kind in {Kind.PHONE, Kind.FAX} and any(map(str.isdigit, written)):
            return self._phone(written)
        return self._shaped(kind, written)

    def _name(self, word: str) -> str:
        low = word.lower()
        if low in _TITLES:
            return word
        names = _names()
        number = int.from_bytes(self._secret.code("name", f"{self._patient}\0{low}", 8).encode())
        if len(word) == 1:
            return _LETTERS[number % len(_LETTERS)] if word.isupper() else word
        name = names[number % len(names)]
        if name == low:
            name = names[(number + 1) % len(names)]
        return name.upper() if word.isupper() else name.capitalize() if word[0].isupper() else name

    def _place(self, written: str) -> str:
        if _ZIP.fullmatch(written):
            return three_digits(written) + "**"
        shaped = re.sub(r"\d", lambda d: self._figure("place", written, d.start()), written)
        return _WORD.sub(
            lambda word: word[0] if word[0].lower() in _STREETS else self._name(word[0]), shaped
        )

    def _phone(self, written: str) -> str:
        """Return a number of the block 555-0100 to 555-0199, which is given to nobody."""
        figures = [at for at, c in enumerate(written) if c.isdigit()]
        text = list(written)
        if len(figures) < 10:
            return self._shaped(Kind.PHONE, written)
        fresh = "555" + "555" + "01" + self._figures("phone", written, 2)
        offset = 1 if len(figures) >= 11 and written[figures[0]] == "1" else 0
        for at, figure in zip(
            figures[offset:], fresh + self._figures("more", written, 12), strict=False
        ):
            text[at] = figure
        return "".join(text)

    def _shaped(self, kind: Kind, written: str) -> str:
        """Return a text with each figure and each letter another, all else as it was."""
        text = []
        for at, c in enumerate(written):
            if c.isdigit():
                text.append(self._figure(kind, written, at))
            elif c.isalpha():
                letter = _LETTERS[self._number(kind, written, at) % len(_LETTERS)]
                text.append(letter if c.isupper() else letter.lower())
            else:
                text.append(c)
        return "".join(text)

    def _figures(self, domain: str, written: str, number: int) -> str:
        return "".join(self._figure(domain, written, at) for at in range(number))

    def _figure(self, domain: str, written: str, at: int) -> str:
        return str(self._number(domain, written, at) % 10)

    def _number(self, domain: str, written: str, at: int) -> int:
        code = self._secret.code(domain, f"{self._patient}\0{written}\0{at}", 8)
        return int.from_bytes(code.encode())

    def _code(self, domain: str, written: str) -> str:
        return self._secret.code(domain, f"{self._patient}\0{written.lower()}", 10).lower()


def _lifted(year: re.Match[str]) -> str:
    """Return the year, or where it would tell of an age over 89 the last that tells of 90."""
    return str(max(int(year[0]), datetime.now(UTC).year - 90))


@cache
def _names() -> tuple[str, ...]:
    from pathlib import Path

    import names

    with (Path(names.__file__).parent / "dist.all.last").open() as file:
        lines = [line.split(None, 1)[0].lower() for _, line in zip(range(2000), file, strict=False)]
    return tuple(name for name in lines if len(name) > 3)
