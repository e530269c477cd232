"""What was taken back a moment later: ``to forty. No wait, twenty``."""

import re
from collections.abc import Iterator

from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.reading.laterality import sides
from wardround.capabilities.documentation.reading.medicines import named
from wardround.capabilities.documentation.reading.quantities import claimed
from wardround.kernel import TextSpan

_CUE = re.compile(
    r"[,.;:-]\s*(?:(?:um|uh|oh),?\s+)?(?:no,? wait|wait,? no|no,? sorry|sorry|scratch that|i mean|"
    r"correction|actually,? no|no(?=,)|make that|let's make it|rather)\b[,.]?\s",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bscratch the ([\w.-]+(?: (?:hundred|thousand))?)", re.IGNORECASE)
_BEFORE = 60
_AFTER = 90
_SHORT = 5
_TURNS = 8


def replaced(span: TextSpan, transcript: Transcript) -> Iterator[tuple[str, str]]:
    """Yield each number and side said in ``span`` and taken back, with what replaced it or ""."""
    turn = transcript.turns[span.part]
    text = turn.source[span.start :]
    for cue in _CUE.finditer(text, 0, span.end - span.start + _BEFORE):
        for read in (_numbers, _sides):
            said_by = min(cue.start(), span.end - span.start)
            before = read(text[max(0, cue.start() - _BEFORE) : said_by])
            after = read(text[cue.end() : cue.end() + _AFTER])
            if before and after and before[-1] != after[0]:
                yield before[-1], after[0]
    for found in _NAMED.finditer(text):
        yield from ((number, "") for number in _numbers(f"a {found[1]}"))
    yield from _contradicted(span, transcript)


def withdrawn(span: TextSpan, transcript: Transcript) -> Iterator[str]:
    """Yield each medicine named in ``span`` that the same speaker soon after decides against."""
    turn = transcript.turns[span.part]
    nearby = transcript.turns[span.part + 1 : span.part + 1 + _TURNS]
    later = [turn.source[span.end :]]
    later += [other.text for other in nearby if other.speaker == turn.speaker]
    said = "\n".join(later).lower()
    for name in named(turn.source[span.start : span.end]):
        if re.search(rf"\b(?:no|not|scratch(?: the)?|instead of)(?: the| more)? {name}\b", said):
            yield name


def _contradicted(span: TextSpan, transcript: Transcript) -> Iterator[tuple[str, str]]:
    """Yield a side that the other speaker corrects at once, in a word or two."""
    turn = transcript.turns[span.part]
    heard = {side.side for side in sides(turn.source[span.start : span.end])}
    for other in transcript.turns[span.part + 1 : span.part + 2]:
        answer = _sides(other.text) or re.findall(r"^\W*(left|right)\W*$", other.text.lower())
        brief = len(other.text.split()) <= _SHORT and other.speaker != turn.speaker
        if brief and len(heard) == 1 and len(set(answer)) == 1 and not heard & set(answer):
            yield heard.pop(), answer[0]


def _numbers(text: str) -> list[str]:
    return [min(item.values) for item in claimed(text) if item.values]


def _sides(text: str) -> list[str]:
    return [side.side for side in sides(text)]
