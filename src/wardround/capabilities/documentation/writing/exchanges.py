"""Exchanges: a question with its answer, or a statement that stands alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.segments import Segment

_RULES = Rules("exchanges")

_YES = _RULES.words("yes")
_NO = _RULES.words("no")
_SHORT_YES = _RULES.phrases("short_yes")
_SHORT_NO = _RULES.phrases("short_no")
_AFTER_PLAIN_NO = _RULES.words("after_plain_no")
_HEDGED_YES = _RULES.phrases("hedged_yes")
_LEAD = _RULES.words("lead")
_TAILS = _RULES.phrases("tails")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A ``statement``, the question it answers if any, and whether it says yes or no.

    ``rest`` is what the statement says beyond yes or no. ``also`` are further questions of the
    same turn that the same yes or no answers.
    """

    statement: Segment
    question: Segment | None = None
    polarity: bool | None = None
    rest: tuple[str, ...] = ()
    also: tuple[Segment, ...] = ()

    @property
    def asked(self) -> tuple[Segment, ...]:
        """The questions that yes or no answers: all for no, for yes only the last.

        None where a yes with more to say follows several questions: it may be meant for any.
        """
        if self.question is None or (self.polarity and self.also and self.rest):
            return ()
        return (self.question,) if self.polarity else (*self.also, self.question)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What was said, in order: questions, then answer."""
        asked = (*self.also, self.question) if self.question else ()
        return (*asked, self.statement)


def pair(segments: Sequence[Segment]) -> list[Exchange]:
    """Return statements in order, each answer with the questions it answers."""
    exchanges: list[Exchange] = []
    waiting: list[Segment] = []
    for here in segments:
        if waiting and here.speaker != waiting[-1].speaker:
            polarity, rest = answer(here.words)
            exchanges.append(
                Exchange(here, waiting[-1], polarity, rest, tuple(_same_turn(waiting)[:-1]))
            )
            waiting = []
        elif here.question:
            waiting.append(here)
        elif _is_backchannel(here.words):
            continue
        else:
            waiting = []
            exchanges.append(Exchange(here, rest=here.words))
    return exchanges


def answer(words: Sequence[str]) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether ``words`` say yes or no (``None``: neither), and what they say beyond."""
    rest = list(words)
    while rest and rest[0] in _LEAD:
        rest = rest[1:]
    if not rest:
        return None, ()
    polarity: bool | None = None
    while rest and rest[0] in _YES | _NO:
        polarity = (rest[0] in _YES) if polarity is None else polarity
        if rest[0] == "no" and rest[1:] and rest[1] not in _AFTER_PLAIN_NO:
            break
        rest = _led(rest[1:])
    text = " ".join(word for word in rest if word != ",")
    if polarity is None:
        if any(text == short for short in _SHORT_YES):
            return True, ()
        if any(text == short or text.startswith(f"{short} that i") for short in _SHORT_NO):
            return False, ()
        if text.startswith(("not really", "not that i", "not at all", "nothing like that")):
            polarity = False
        if text.startswith(_HEDGED_YES) and len(text.split()) < 12:
            polarity = True
    rest = _untailed(rest)
    return polarity, tuple(rest)


def _led(words: list[str]) -> list[str]:
    while words and words[0] in _LEAD:
        words = words[1:]
    return words


def _untailed(words: list[str]) -> list[str]:
    text = " ".join(word for word in words if word != ",")
    changed = True
    while changed:
        changed = False
        for tail in sorted(_TAILS, key=len, reverse=True):
            if text == tail or text.startswith(f"{tail} that i "):
                return []
            if tail in {"no", "nope", "yes", "yeah", "exactly"} and text.startswith(f"{tail} "):
                text, changed = text.removeprefix(f"{tail} "), True
    return words if text else []


def _same_turn(waiting: list[Segment]) -> list[Segment]:
    return [item for item in waiting if item.turn == waiting[-1].turn]


def _is_backchannel(words: Sequence[str]) -> bool:
    return len(words) <= 3 and all(word in _BACKCHANNELS or word == "," for word in words)


_BACKCHANNELS = _RULES.words("backchannels")


def without_question(exchange: Exchange) -> Exchange:
    """Return the statement of ``exchange`` as one that stands alone."""
    return replace(exchange, question=None, polarity=None, also=())
