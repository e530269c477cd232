"""Sides put right aloud: the doctor says the right knee, the patient says "no, the left".

What was said of the wrong side is let go, since a note is better silent than on the wrong side.
"""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.segments import Segment

WITHIN = 3
"""How many turns back what was put right may have been said."""

_OTHER = {"left": "right", "right": "left"}
_PUT_RIGHT = re.compile(
    r"(?:(?:no|nope|actually|sorry|oh|well|it is|he is|she is|,) )*"
    r"(?:(?P<left>(?:the |my )?left)|(?P<right>(?:the|my|no ,?|actually) right))"
    r"(?: (?:one|side|\w+))?(?: ,? ?(?:sorry|actually|not .+))?"
)

_NOT_THIS = re.compile(r"\bnot (?:(?:on|in|the|my) )*(left|right)\b(?! away| now| after)")


def put_right(segments: Sequence[Segment]) -> list[Segment]:
    """Return the sentences without what the doctor said of a side that was then put right."""
    gone: set[int] = set()
    for number, segment in enumerate(segments):
        wrong = _wrong_side(segment)
        if wrong is None:
            continue
        for before in range(number - 1, -1, -1):
            said = segments[before]
            if segment.turn - said.turn > WITHIN:
                break
            if said.speaker == "doctor" and wrong in said.words and _OTHER[wrong] not in said.words:
                gone.add(before)
    return [segment for number, segment in enumerate(segments) if number not in gone]


def _wrong_side(segment: Segment) -> str | None:
    """Return the side that a patient or a companion says it is not."""
    words = segment.words
    if segment.speaker == "doctor":
        return None
    text = " ".join(words)
    if denied := _NOT_THIS.search(text):
        return denied[1]
    found = _PUT_RIGHT.fullmatch(text)
    if found and len(_OTHER.keys() & words) == 1:
        return "right" if found["left"] else "left"
    return None
