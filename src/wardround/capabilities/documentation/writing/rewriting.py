"""Rewriting: what was said, as a sentence of a note."""

from collections.abc import Sequence

from wardround.capabilities.documentation.writing.casing import Casing
from wardround.capabilities.documentation.writing.cleaning import cleaned
from wardround.capabilities.documentation.writing.numbers import digits
from wardround.capabilities.documentation.writing.person import Person, in_third_person
from wardround.capabilities.documentation.writing.phrasing import phrase
from wardround.capabilities.documentation.writing.rules import Rules

_RULES = Rules("rewriting")

_STRIPPED = _RULES.pattern("stripped")


class Rewriter:
    """Turns words of one visit into sentences about its patient."""

    def __init__(self, casing: Casing, patient: Person, who: Person | None = None) -> None:
        self.casing = casing
        self.patient = patient
        self.who = who or patient
        """Whom the doctor speaks to: the patient, or who came along and speaks for the patient."""

    def clause(self, words: Sequence[str], speaker: str) -> list[str]:
        """Return ``words`` cleaned, in the third person, numbers as digits."""
        bare = cleaned(words, names=self.casing.names)
        text = _STRIPPED.sub("", " ".join(bare)) if speaker == "doctor" else " ".join(bare)
        bare = cleaned(text.split(), names=self.casing.names)
        return digits(in_third_person(bare, speaker, self.who))

    def sentence(self, words: Sequence[str]) -> str:
        """Return rewritten words as a sentence."""
        return self.casing.sentence(phrase(" ".join(words)).split())
