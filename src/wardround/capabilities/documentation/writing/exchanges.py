"""Exchanges: a question with its answer, or a statement that stands alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wardround.capabilities.documentation.writing.segments import Segment

_YES = frozenset(
    ["yes", "yeah", "yep", "yup", "yea", "correct", "exactly", "absolutely", "definitely", "mm-hmm", "uh-huh", "mhm"]
)
_NO = frozenset(["no", "nope", "nah", "none", "never", "negative", "neither"])
_SHORT_YES = (
    "i do",
    "i have",
    "i am",
    "i did",
    "it does",
    "it is",
    "they do",
    "it has",
    "that is right",
    "that is correct",
    "a little bit",
    "a little",
    "sometimes",
    "sure do",
    "i can",
    "i was",
    "it did",
    "i have been",
)
_SHORT_NO = (
    "i do not",
    "i have not",
    "i am not",
    "i did not",
    "it does not",
    "it is not",
    "not really",
    "not that",
    "not at all",
    "not at the moment",
    "not recently",
    "i can not",
    "nothing like that",
    "not lately",
    "not currently",
    "not since",
    "not yet",
    "i was not",
    "i do not think so",
    "i have never",
    "nothing",
    "not to my knowledge",
)
_AFTER_PLAIN_NO = (
    _YES
    | _NO
    | frozenset(
        [",", "i", "it", "he", "she", "they", "that", "we", "you", "my", "not", "nothing", "just", "but", "there", "this", "um", "uh", "the", "so", "well", "because", "when", "actually", "really", "sir", "ma'am", "doctor", "thank", "thanks", "worries", "problem", "unfortunately", "for", "if", "at", "only"]
    )
)
_LEAD = frozenset(["um", "uh", "well", "oh", "okay", "so", "gosh", "hmm", ",", "er", "erm", "ah"])
_TAILS = (
    "nothing like that",
    "not that i have noticed",
    "not that i can think of",
    "not that i know of",
    "not that i am aware of",
    "not that i remember",
    "not that i can remember",
    "not that i recall",
    "not at all",
    "not really",
    "not recently",
    "none of that",
    "i have not",
    "i do not",
    "i am not",
    "i did not",
    "i do not think so",
    "that is fine",
    "that is right",
    "that is correct",
    "i do",
    "i have",
    "i am",
    "i did",
    "it is",
    "it does",
    "it does not",
    "sir",
    "ma'am",
    "doctor",
    "thank you",
    "thankfully",
    "thank goodness",
    "not lately",
    "not at the moment",
    "no",
    "yeah",
    "yes",
    "sure",
    "nope",
    "none",
    "exactly",
    "for sure",
    "i have been",
    "nothing",
    "okay",
)


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
        """The questions that yes or no answers: all for no, for yes only the last."""
        if self.question is None:
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
            if text.startswith(f"{tail} ") and tail.startswith(("no", "yes", "yeah", "exact")):
                if not tail.startswith("not") and tail not in {"nothing", "none"}:
                    text, changed = text.removeprefix(f"{tail} "), True
    return words if text else []


def _same_turn(waiting: list[Segment]) -> list[Segment]:
    return [item for item in waiting if item.turn == waiting[-1].turn]


def _is_backchannel(words: Sequence[str]) -> bool:
    return len(words) <= 3 and all(word in _BACKCHANNELS or word == "," for word in words)


_BACKCHANNELS = frozenset(
    ["okay", "ok", "alright", "all", "right", "mm-hmm", "uh-huh", "yeah", "yes", "sure", "great", "good", "um", "uh", "hmm", "so", "wow", "oh"]
)


def without_question(exchange: Exchange) -> Exchange:
    """Return the statement of ``exchange`` as one that stands alone."""
    return replace(exchange, question=None, polarity=None, also=())
