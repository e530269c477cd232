"""Sides put right aloud: the doctor says the right knee, the patient says "no, the left".

What was said of the wrong side is let go, since a note is better silent than on the wrong side.
"""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.exchanges import Exchange, without_question
from wardround.capabilities.documentation.writing.systems import is_negated

WITHIN = 3
"""How many turns back what was put right may have been said."""

_OTHER = {"left": "right", "right": "left"}
_PUT_RIGHT = re.compile(
    r"(?:(?:no|nope|actually|sorry|oh|well|it is|he is|she is|,) )*"
    r"(?:(?P<left>(?:the |my )?left)|(?P<right>(?:the|my|no ,?|actually) right))"
    r"(?: (?:one|side|\w+))?(?: ,? ?(?:sorry|actually|not .+))?"
)

_NOT_THIS = re.compile(r"\bnot (?:(?:on|in|the|my) )*(left|right)\b(?! away| now| after)")


def put_right(exchanges: Sequence[Exchange]) -> list[Exchange]:
    """Return the exchanges without what the doctor said of a side that was then put right."""
    gone: set[int] = set()
    kept = list(exchanges)
    for number, exchange in enumerate(exchanges):
        wrong = _wrong_side(exchange)
        if wrong is None:
            continue
        if any(wrong in asked.words for asked in exchange.segments[:-1]):
            kept[number] = without_question(exchange)
        for before in range(number - 1, -1, -1):
            said = exchanges[before].statement
            if exchange.statement.turn - said.turn > WITHIN:
                break
            if said.speaker == "doctor" and wrong in said.words and _OTHER[wrong] not in said.words:
                gone.add(before)
    return [exchange for number, exchange in enumerate(kept) if number not in gone]


def _wrong_side(exchange: Exchange) -> str | None:
    """Return the side that a patient or a companion says it is not."""
    words = exchange.statement.words
    if exchange.statement.speaker == "doctor":
        return None
    named = {word: is_negated(words, place) for place, word in enumerate(words) if word in _OTHER}
    if len(named) == 2 and sum(named.values()) == 1:
        return next(side for side, negated in named.items() if negated)
    text = " ".join(words)
    if denied := _NOT_THIS.search(text):
        return denied[1]
    found = _PUT_RIGHT.fullmatch(text)
    if len(named) == 1 and found:
        return "right" if found["left"] else "left"
    return None
