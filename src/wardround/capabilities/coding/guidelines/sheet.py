"""The sheet on which the steps work: the codes so far, and what was said of each change."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.codebook import Codebook
from wardround.capabilities.coding.guidelines.codeset import CodeSet
from wardround.capabilities.coding.guidelines.model import Assertions, Query, Remark, Setting
from wardround.capabilities.coding.guidelines.note import Note


class Sheet:
    """Codes of one note; each stands once, with all the words that say it.

    ``completed`` are those that had lacked characters: more may be said of them then.
    """

    def __init__(
        self,
        note: Note,
        book: Codebook,
        assertions: Assertions,
        on: date | None = None,
        setting: Setting | None = None,
    ) -> None:
        self.note = note
        self.book = book
        self.assertions = assertions
        self.on = on
        self.setting = setting
        self.remarks: list[Remark] = []
        self.queries: list[Query] = []
        self.completed: set[str] = set()
        self._codes: dict[str, Found] = {}

    @property
    def codes(self) -> tuple[Found, ...]:
        """Return the codes so far, in their order."""
        return tuple(self._codes.values())

    def __contains__(self, code: str) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[Found]:
        return iter(tuple(self._codes.values()))

    def has_any(self, codes: Collection[str]) -> bool:
        """Whether one of some codes is on it."""
        return not self._codes.keys().isdisjoint(codes)

    def get(self, code: str) -> Found | None:
        """Return what was found of ``code``, or None."""
        return self._codes.get(code)

    def among(self, wanted: CodeSet) -> list[Found]:
        """Return the codes that are in a set."""
        return [found for code, found in self._codes.items() if code in wanted]

    def add(self, found: Found, *, after: str = "") -> None:
        """Take a code, at the end or ``after`` another; one that is there gets its words."""
        there = self._codes.get(found.code)
        self._codes[found.code] = found if there is None else _joined(there, found)
        if there is None and after in self._codes:
            codes = [code for code in self._codes if code != found.code]
            codes.insert(codes.index(after) + 1, found.code)
            self.order(codes)

    def replace(
        self, old: Found, code: str, why: str, spans: Iterable[Span] = (), score: float = 1.0
    ) -> Found:
        """Put ``code`` in the place of ``old``, with its words, ``spans`` and the reason.

        It is as sure as ``old``, and no surer than ``score``, the least of what it leans on.
        """
        reasons = tuple(dict.fromkeys((*old.reasons, why)))
        new = Found(code, min(old.score, score), _once(*old.spans, *spans), reasons)
        there = self._codes.get(code)
        if there is not None and there is not old:
            new = _joined(there, new)
        kept: dict[str, Found] = {}
        for each, found in self._codes.items():
            if each == old.code:
                kept.setdefault(code, new)
            elif each != code:
                kept[each] = found
            else:
                kept.setdefault(code, new)
        self._codes = kept
        return new

    def tell(self, code: str, why: str, spans: Iterable[Span] = ()) -> None:
        """Add a reason, and the words it leans on, to a code that stays."""
        old = self._codes[code]
        reasons = tuple(dict.fromkeys((*old.reasons, why)))
        self._codes[code] = old._replace(spans=_once(*old.spans, *spans), reasons=reasons)

    def keep_spans(self, code: str, spans: Sequence[Span]) -> None:
        """Let only some of the words stand for a code."""
        self._codes[code] = self._codes[code]._replace(spans=tuple(spans))

    def drop(self, code: str, why: str, section: str, *, by: Iterable[str] = ()) -> None:
        """Leave a code out, with a remark that says why, and because of which other codes."""
        old = self._codes.pop(code)
        self.remarks.append(Remark("dropped", (code, *by), why, section, old.spans))

    def remark(
        self, kind: str, codes: Sequence[str], text: str, section: str, spans: Sequence[Span] = ()
    ) -> None:
        """Say something of codes that stay, once."""
        said = Remark(kind, tuple(codes), text, section, tuple(spans))
        if said not in self.remarks:
            self.remarks.append(said)

    def order(self, codes: Iterable[str]) -> None:
        """Put the codes in another order."""
        self._codes = {code: self._codes[code] for code in codes}


def _joined(one: Found, other: Found) -> Found:
    return Found(
        one.code,
        max(one.score, other.score),
        _once(*one.spans, *other.spans),
        tuple(dict.fromkeys((*one.reasons, *other.reasons))),
    )


def _once(*spans: Span) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))
