"""Notes for tests, with the mentions marked in them: ``[heart failure|I50.9]``.

A third part says how the mention stands: ``[pneumonia|J18.9|possible]``.
"""

import re
from dataclasses import dataclass
from datetime import date

from wardround.capabilities.coding import Found, Span
from wardround.capabilities.coding.guidelines import Guided, Setting, Step, apply
from wardround.capabilities.coding.guidelines.model import EVERY_STEP
from wardround.engines.assertion import Assertion
from wardround.engines.terminology import Tabular

_MARK = re.compile(r"\[([^\]|]+)\|([A-Z][0-9A-Z.]+)(?:\|(\w+))?\]")


HOW = {
    "no": Assertion(polarity="negated"),
    "possible": Assertion(certainty="possible"),
    "past": Assertion(time="historical"),
    "family": Assertion(person="family"),
    "other": Assertion(person="other"),
    "if": Assertion(conditional=True),
    "later": Assertion(hypothetical=True),
}


@dataclass(frozen=True)
class Marked:
    """A note without its marks, and what they said."""

    text: str
    found: tuple[Found, ...]
    assertions: dict[Span, Assertion]

    def words(self, spans: tuple[Span, ...]) -> list[str]:
        return [self.text[span.start : span.end] for span in spans]


def read(marked: str) -> Marked:
    """Return the note that ``marked`` writes; the first mark is the best code."""
    text, at = "", 0
    found: dict[str, Found] = {}
    said: dict[Span, Assertion] = {}
    for number, match in enumerate(_MARK.finditer(marked)):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match[1]))
        text, at = text + match[1], match.end()
        there = found.get(match[2], Found(match[2], 0.95 - number / 100, ()))
        found[match[2]] = there._replace(spans=(*there.spans, span))
        said[span] = HOW[match[3]] if match[3] else Assertion()
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
