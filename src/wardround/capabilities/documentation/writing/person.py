"""Who is meant: first and second person of a conversation as the third person of a note."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.verbs import (
    ADVERBS,
    BASES,
    agree,
    is_modal,
    is_past,
    third,
)
from wardround.capabilities.documentation.writing.words import mask

_RULES = Rules("person")

_AFTER_OBJECT = _RULES.words("after_object")
_AFTER_WORDS = _RULES.words("after_words")
_AUX = _RULES.words("aux")
_FINITE = _RULES.words("finite")
_BODY = _RULES.words("body")


@dataclass(frozen=True, slots=True)
class Person:
    """How the note calls the patient; without a known sex, always ``the patient``."""

    subject: str = "the patient"
    object: str = "the patient"
    possessive: str = "the patient's"
    reflexive: str = "self"

    @property
    def known(self) -> bool:
        """Whether a pronoun is known."""
        return not self.subject.startswith("the ")


HE = Person("he", "him", "his", "himself")
SHE = Person("she", "her", "her", "herself")
THE_PATIENT = Person()


def companion(speaker: str = "guest") -> Person:
    """Return how to call somebody else who speaks: the nurse, or the patient's caregiver."""
    name = "the caregiver" if "guest" in speaker else f"the {speaker.replace('_', ' ')}"
    return Person(name, name, f"{name}'s", "self")


def person(sex: str | None) -> Person:
    """Return how to call a patient of FHIR administrative gender ``sex``."""
    return {"male": HE, "female": SHE}.get(sex or "", THE_PATIENT)


def in_third_person(words: Sequence[str], speaker: str, who: Person) -> list[str]:
    """Return what ``speaker`` said, in the third person.

    ``who`` is whom the doctor speaks to, and whom the patient speaks of as "I". Anybody else who
    says "I" is the caregiver, or goes by the name of the role (``nurse``).
    """
    mine = speaker != "doctor"
    if mine and speaker != "patient":
        who = companion(speaker)
    table = _table(who, mine=mine)
    out: list[str] = []
    agreeing = present = False
    for index, word in enumerate(words):
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if agreeing and _is_adverb(word):
            out.append(word)
        elif agreeing:
            out.append(agree(word))
            present, agreeing = _is_present(word), False
        elif word == ("i" if mine else "you"):
            as_object = not mine and _is_object(before, after)
            out.append(who.object if as_object else who.subject)
            agreeing = not as_object and (mine or before not in _INVERTED)
        elif word in {"my", "mine", "your", "yours"} and word in table:
            out.append(_possessive(who, after, out))
        elif word in table:
            out.append(table[word])
        else:
            joined = present and before in {"and", "or", "but"} and word in BASES
            out.append(third(word) if joined else word)
    return out


_INVERTED = frozenset({"are", "were", "do", "did", "have", "can", "will"})


def _table(who: Person, *, mine: bool) -> dict[str, str]:
    if not mine:
        return {"your": "", "yours": "", "yourself": who.reflexive}
    plural = {"us": "them", "we": "they", "our": "their"}
    return {"my": "", "mine": "", "me": who.object, "myself": who.reflexive, **plural}


def _is_adverb(word: str) -> bool:
    return word in ADVERBS or (word.endswith("ly") and word not in {"apply", "rely"})


def _is_present(word: str) -> bool:
    changed = is_past(word) or is_modal(word)
    return not changed and word not in {"am", "are", "were", "have", "do"}


def _is_object(before: str, after: str) -> bool:
    """Return whether "you" between these words is an object (``see you in``, ``put you on``)."""
    if before in {"have", "let", "make", "help", "get", "had"} and after not in _AUX:
        return True
    if after in _FINITE:
        return False
    return before in _AFTER_OBJECT or not after or after in _AFTER_WORDS


def _possessive(who: Person, after: str, so_far: Sequence[str]) -> str:
    if who.known:
        return who.possessive
    if who == THE_PATIENT and (after in _BODY or who.subject in so_far or who.possessive in so_far):
        return "the"
    return who.possessive


_WOMAN = _RULES.pattern("woman")
_MAN = _RULES.pattern("man")


def sex_said(transcript: Transcript) -> str | None:
    """Return the sex that the conversation tells, ``None`` where it does not or tells both."""
    women = men = 0
    for turn in transcript.turns:
        if turn.speaker != "patient":
            text = mask(turn.text).lower()
            women += len(_WOMAN.findall(text))
            men += len(_MAN.findall(text))
    if women > 2 * men:
        return "female"
    return "male" if men > 2 * women else None
