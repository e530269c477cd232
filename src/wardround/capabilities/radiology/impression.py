"""The impression: what was decided, in words, and whether a person's own words agree with it."""

import re
from collections.abc import Iterator

from wardround.capabilities.radiology.model import Finding, Report, State
from wardround.engines.assertion import assess


def said(report: Report) -> str:
    """Return the impression: a person's words, or else what was decided of each finding."""
    if report.impression.strip():
        return report.impression.strip()
    there = [_there(one) for one in report.findings if one.stands]
    absent = [one.display.lower() for one in report.findings if one.state is State.ABSENT]
    if absent:
        there.append(f"No sign of {_listed(absent)}.")
    return " ".join(there)


def contradicts(report: Report) -> Iterator[Finding]:
    """Yield each decided finding of which a person's impression says the opposite.

    Only plain words count: a finding that is not named, or named as a doubt, contradicts nothing.
    """
    text = report.impression
    for one in report.findings:
        spans = [found.span() for found in _mentions(one.display, text)]
        if not spans or one.state is State.SUGGESTED:
            continue
        read = assess(text, spans)
        plain = [it.asserted for it in read if it.asserted or it.negated]
        if plain and all(there != one.stands for there in plain):
            yield one


def _mentions(display: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"\b{re.escape(display)}\b", text, re.IGNORECASE)


def _there(finding: Finding) -> str:
    said = finding.words.strip() or finding.display
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} or {words[-1]}"
