"""Codes whose words are only a part of what another code's words say."""

import re
from collections.abc import Sequence

from wardround.capabilities.coding.found import Found, Span

_JOINS = re.compile(r"\b(with|and|or|due|secondary|in|from|of|without|w/)\b|[,;/&+]", re.IGNORECASE)
"""Words that join two conditions: "hypertension with heart failure" is both."""


def uncovered(text: str, found: Sequence[Found], least: float) -> list[Found]:
    """Return the codes but those that stand nowhere on words of their own.

    "Hepatitis" within "hepatitis C" is no second illness. A code is left out where each of its
    places lies within a longer one of another code that is suggested (scores ``least`` or more),
    and what the longer one adds joins no second condition, or refines the same category.
    """
    sure = [one for one in found if one.score >= least]
    kept = []
    for one in found:
        wider = [
            (span, other.code) for other in sure if other.code != one.code for span in other.spans
        ]
        if not all(_covered(text, span, one.code, wider) for span in one.spans):
            kept.append(one)
    return kept


def _covered(text: str, span: Span, code: str, wider: Sequence[tuple[Span, str]]) -> bool:
    for other, by in wider:
        if other.start <= span.start and span.end <= other.end and other != span:
            added = text[other.start : span.start] + " " + text[span.end : other.end]
            if by[:3] == code[:3] or not _JOINS.search(added):
                return True
    return False
