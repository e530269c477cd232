"""Rewriting: what was said, as a sentence of a note."""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.casing import Casing
from wardround.capabilities.documentation.writing.cleaning import cleaned
from wardround.capabilities.documentation.writing.numbers import digits
from wardround.capabilities.documentation.writing.person import Person, in_third_person
from wardround.capabilities.documentation.writing.phrasing import phrase

_STRIPPED = re.compile(
    r"^(?:(?:i|we) (?:know|see|understand|heard|hear|saw|noticed|remember|believe) (?:here )?(?:that )?(?=you|your|the)"
    r"|it (?:looks|sounds|seems|appears) like |it says (?:here )?(?:that )?|you (?:said|mentioned|told me|were saying) (?:that )?"
    r"|it (?:looks|seems) (?=as)|i would say |i feel like |you know |tell me about |let us see )"
)


class Rewriter:
    """Turns words of one visit into sentences about its patient."""

    def __init__(self, casing: Casing, who: Person) -> None:
        self.casing = casing
        self.who = who

    def clause(self, words: Sequence[str], speaker: str) -> list[str]:
        """Return ``words`` cleaned, in the third person, numbers as digits."""
        bare = cleaned(words, names=self.casing.names)
        text = _STRIPPED.sub("", " ".join(bare)) if speaker == "doctor" else " ".join(bare)
        bare = cleaned(text.split(), names=self.casing.names)
        return digits(in_third_person(bare, speaker, self.who))

    def sentence(self, words: Sequence[str]) -> str:
        """Return rewritten words as a sentence."""
        return self.casing.sentence(phrase(" ".join(words)).split())
