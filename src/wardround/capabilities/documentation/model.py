"""The nouns of a visit note: what was said, and what is written of it."""

from typing import Self

from pydantic import Field, model_validator

from wardround.kernel import Noun


class Turn(Noun):
    """One turn of speech.

    ``source`` is the turn as it stands in the input (for a plain transcript the whole
    ``[doctor] …`` line); evidence counts its characters. The words begin at ``offset``.
    ``start`` and ``end`` are seconds from the start of the recording, where they are known.
    ``speaker`` is ``doctor``, ``patient``, or another lower-case word (``guest``, ``nurse``).
    """

    speaker: str
    source: str
    offset: int = Field(default=0, ge=0)
    start: float | None = Field(default=None, ge=0)
    end: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _in_bounds(self) -> Self:
        if self.offset > len(self.source):
            raise ValueError("the words of a turn begin inside its source")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError("a turn ends after it starts")
        return self

    @property
    def text(self) -> str:
        """The words, without what stands before them in the input."""
        return self.source[self.offset :]


class Transcript(Noun):
    """What was said in a visit, in order."""

    turns: tuple[Turn, ...] = ()


class Sentence(Noun):
    """One sentence of a note."""

    text: str = Field(min_length=1)


class Section(Noun):
    """One section of a note, by its LOINC code."""

    code: str
    title: str
    sentences: tuple[Sentence, ...] = ()


class Note(Noun):
    """A visit note: the sections that have something to say, in the order of ``SECTIONS``."""

    sections: tuple[Section, ...] = ()

    @property
    def text(self) -> str:
        """The note as plain text: a heading in capitals, then its sentences, for each section."""
        return "\n\n".join(
            f"{section.title.upper()}\n\n" + "\n".join(s.text for s in section.sentences)
            for section in self.sections
        )


SECTIONS: dict[str, tuple[str, str]] = {
    "cc": ("10154-3", "Chief complaint"),
    "hpi": ("10164-2", "History of present illness"),
    "ros": ("10187-3", "Review of systems"),
    "exam": ("29545-1", "Physical examination"),
    "results": ("30954-2", "Results"),
    "plan": ("51847-2", "Assessment and plan"),
}
"""The sections of a note in order: our name, LOINC code, title (LOINC 2.78)."""
