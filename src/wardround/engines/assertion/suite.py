"""The suite of sentences with what each mention in them is held to assert."""

import re
import tomllib
from importlib.resources import files
from typing import NamedTuple

from wardround.engines.assertion.model import Assertion

PARTS = ("development", "heldout", "fresh")
"""The rules were worked on with the first; the others were scored before they were read."""
PLAIN = "plain"
_MENTION = re.compile(r"\[([^\[\]|]+)(?:\|([a-z ]+))?\]")


class Case(NamedTuple):
    """A text with the spans of its mentions, and the labels that each should have."""

    part: str
    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]
    labels: tuple[frozenset[str], ...]


def read_suite(part: str) -> list[Case]:
    """Return the cases of one of the ``PARTS``."""
    file = files(__package__).joinpath("suite", f"{part}.toml")
    kinds = tomllib.loads(file.read_text(encoding="utf-8"))
    return [case_of(part, kind, marked) for kind, texts in kinds.items() for marked in texts]


def case_of(part: str, kind: str, marked: str) -> Case:
    """Return a text whose mentions are in brackets, its labels after a bar, as a case."""
    text, at = "", 0
    spans, labels = [], []
    for found in _MENTION.finditer(marked):
        text += marked[at : found.start()]
        spans.append((len(text), len(text) + len(found.group(1))))
        labels.append(frozenset((found.group(2) or PLAIN).split()))
        text += found.group(1)
        at = found.end()
    return Case(part, kind, text + marked[at:], tuple(spans), tuple(labels))


def labels_of(assertion: Assertion) -> frozenset[str]:
    """Return the labels of an assertion; ``plain`` where it has none."""
    labels = {
        "negated": assertion.negated,
        "possible": assertion.certainty == "possible",
        "historical": assertion.time == "historical",
        "family": assertion.person == "family",
        "other": assertion.person == "other",
        "hypothetical": assertion.hypothetical,
        "conditional": assertion.conditional,
    }
    return frozenset(label for label, holds in labels.items() if holds) or frozenset({PLAIN})
