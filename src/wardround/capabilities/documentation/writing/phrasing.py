"""Phrasing: the wording that notes prefer, where the meaning is the same."""

import re

from wardround.capabilities.documentation.writing.rules import Rules

_RULES = Rules("phrasing")

_FORMS = _RULES.forms("forms")
_AGAIN = re.compile(r"\b(and|but|or|so)(?: then)? the patient (?=\w)")


def phrase(text: str) -> str:
    """Return ``text`` in the wording of notes."""
    for pattern, form in _FORMS:
        text = pattern.sub(form, text)
    if text.startswith("the patient "):
        text = _AGAIN.sub(r"\1 ", text)
    return " ".join(text.split())
