"""An answer of a card: a text, or one of three ways not to have one, which are never mixed up."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from wardround.kernel import Noun

NOT_PROVIDED = "not provided"
_LONGEST = 10_000
_NO_ANSWER = frozenset(
    {"not applicable", "n/a", "na", "unknown", "blank", "tbd", "todo", "-", NOT_PROVIDED}
)


class State(StrEnum):
    """Whether there is an answer; where there is none, why not."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    """Whoever made what it is made of did not disclose it."""
    NOT_APPLICABLE = "not applicable"
    BLANK = "blank"
    """Nobody has answered yet."""


class Answer(Noun):
    """What is said to an attribute.

    ``says`` is the answer, or why there is none. ``by_software``: nobody wrote it; it was filled in
    from what the system knows. ``measured`` stands beside what people wrote, and never for it.
    """

    state: State = State.BLANK
    says: str = ""
    by_software: bool = False
    measured: str = ""

    @property
    def said(self) -> str:
        """The answer in words, alike wherever it is shown."""
        match self.state:
            case State.ANSWERED:
                return self.says
            case State.UNKNOWN:
                return f"unknown ({self.says})"
            case State.NOT_APPLICABLE:
                return f"not applicable: {self.says}"
            case State.BLANK:
                return NOT_PROVIDED

    @property
    def told(self) -> str:
        """The same, to stand by itself: people's words are left as they are."""
        said = self.said
        return said if self.state is State.ANSWERED else f"{said[:1].upper()}{said[1:]}"


BLANK = Answer()


def _read(value: object) -> object:
    """Return what a YAML file says: a text, ``{unknown: …}``, ``{not_applicable: …}``, nothing."""
    match value:
        case None:
            return BLANK
        case str():
            return Answer(state=State.ANSWERED, says=_text(value))
        case {"unknown": str(why), **others} if not others:
            return Answer(state=State.UNKNOWN, says=_text(why))
        case {"not_applicable": str(why), **others} if not others:
            return Answer(state=State.NOT_APPLICABLE, says=_text(why))
        case Answer():
            return value
    raise ValueError(
        "an answer is a text, {unknown: upstream undisclosed}, {not_applicable: why}, or left out; "
        "a number is put in quotes"
    )


def _text(value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise ValueError("an empty text is no answer; leave it out")
    if text.rstrip(".").lower() in _NO_ANSWER:
        raise ValueError(
            f"“{text}” is no answer; write {{unknown: upstream undisclosed}}, "
            "{not_applicable: why}, or leave it out"
        )
    if len(text) > _LONGEST:
        raise ValueError(f"an answer has at most {_LONGEST:,} letters")
    if not text.isprintable():
        raise ValueError("a letter of this text cannot be printed")
    return text


Written = Annotated[Answer, BeforeValidator(_read)]
"""An answer as a card's file writes it."""
