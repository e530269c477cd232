"""Notes for tests, with the mentions marked in them: ``[heart failure|I50.9]``.

A third part says how the mention stands: ``[pneumonia|J18.9|possible]``.
"""

import re
from dataclasses import dataclass
from datetime import date

from wardround.capabilities.coding import Found, Span
from wardround.capabilities.coding.guidelines import Guided, Setting, Step, apply
from wardround.capabilities.coding.guidelines.model import EVERY_STEP, Tabular

_MARK = re.compile(r"\[([^\]|]+)\|([A-Z][0-9A-Z.]+)(?:\|(\w+))?\]")


@dataclass(frozen=True)
class Said:
    """How a mention stands, as the assertion engine says it."""

    polarity: str = "present"
    certainty: str = "certain"
    time: str = "current"
    person: str = "patient"
    hypothetical: bool = False
    conditional: bool = False


HOW = {
    "no": Said(polarity="negated"),
    "possible": Said(certainty="possible"),
    "past": Said(time="historical"),
    "family": Said(person="family"),
    "other": Said(person="other"),
    "if": Said(conditional=True),
    "later": Said(hypothetical=True),
}


@dataclass(frozen=True)
class Marked:
    """A note without its marks, and what they said."""

    text: str
    found: tuple[Found, ...]
    assertions: dict[Span, Said]

    def words(self, spans: tuple[Span, ...]) -> list[str]:
        return [self.text[span.start : span.end] for span in spans]


def read(marked: str) -> Marked:
    """Return the note that ``marked`` writes; the first mark is the best code."""
    text, at, found, said = "", 0, {}, {}
    for number, match in enumerate(_MARK.finditer(marked)):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match[1]))
        text, at = text + match[1], match.end()
        there = found.get(match[2], Found(match[2], 0.95 - number / 100, ()))
        found[match[2]] = there._replace(spans=(*there.spans, span))
        if match[3]:
            said[span] = HOW[match[3]]
    return Marked(text + marked[at:], tuple(found.values()), said)


def guide(
    marked: str,
    tabular: Tabular,
    setting: str | None = "outpatient",
    steps: frozenset[Step] = EVERY_STEP,
) -> Guided:
    """Apply the guidelines to a marked note."""
    note = read(marked)
    where = None if setting is None else Setting(setting)
    return apply(
        note.text, note.found, date(2026, 5, 4), where, tabular, note.assertions, steps=steps
    )


def codes(guided: Guided) -> str:
    return " ".join(found.code for found in guided.codes)
