"""Taking PHI out of texts, by a mode."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from wardround.privacy.deid.keyed import Secret
from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.removal.mode import Mode, Operator
from wardround.privacy.deid.removal.surrogate import Surrogates
from wardround.privacy.deid.span import Span

_MASKED = re.compile(r"\w")
_STREET = re.compile(r"\d")


Finder = Callable[[str], Sequence[Span]]
"""Finds PHI in a text: spans in order, not overlapping."""


class Cleaned(NamedTuple):
    """A text without PHI, and what was found in the one it was made of."""

    text: str
    spans: list[Span]


class Remover:
    """Takes PHI out of texts; without a key, surrogates and codes agree within one remover."""

    def __init__(
        self,
        find: Finder,
        mode: Mode,
        secret: Secret | None = None,
    ) -> None:
        self._find = find
        self._mode = mode
        self._secret = secret or Secret.new()

    def remove(self, text: str, patient: str = "") -> Cleaned:
        """Return ``text`` without PHI; surrogates and dates are those of ``patient``."""
        return self.apply(text, self._find(text), patient)

    def apply(self, text: str, spans: Sequence[Span], patient: str = "") -> Cleaned:
        """Return ``text`` with the given spans taken out: in order, not overlapping."""
        surrogates = Surrogates(self._secret, patient)
        pieces, done, found = [], 0, []
        for span in spans:
            written = text[span.start : span.end]
            operator = self._operator(span.kind, written)
            if operator is Operator.KEEP:
                continue
            found.append(span)
            pieces += [
                text[done : span.start],
                self._replaced(operator, span.kind, written, surrogates),
            ]
            done = span.end
        return Cleaned("".join([*pieces, text[done:]]), found)

    def _operator(self, kind: Kind, written: str) -> Operator:
        """Return what is done; a limited data set keeps a city and a ZIP code, but no street."""
        if self._mode.name == "limited-data-set" and kind is Kind.PLACE:
            zipped = re.fullmatch(r"\d{5}(?:-\d{4})?", written)
            return Operator.KEEP if zipped or not _STREET.search(written) else self._mode.usual
        return self._mode.operator(kind)

    def _replaced(
        self, operator: Operator, kind: Kind, written: str, surrogates: Surrogates
    ) -> str:
        match operator:
            case Operator.REDACT:
                return ""
            case Operator.MASK:
                return _MASKED.sub("*", written)
            case Operator.SURROGATE:
                return surrogates.of(kind, written)
            case Operator.PSEUDONYM:
                return f"[{kind.upper()}-{self._secret.code(kind, written.casefold(), 10)}]"
        return f"[{kind.upper()}]"
