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
        return self.subject != "the patient"


HE = Person("he", "him", "his", "himself")
SHE = Person("she", "her", "her", "herself")
THE_PATIENT = Person()


def person(sex: str | None) -> Person:
    """Return how to call a patient of FHIR administrative gender ``sex``."""
    return {"male": HE, "female": SHE}.get(sex or "", THE_PATIENT)


def in_third_person(words: Sequence[str], speaker: str, who: Person) -> list[str]:
    """Return what ``speaker`` said with the patient in the third person."""
    mine = speaker != "doctor"
    out: list[str] = []
    agreeing = present = False
    for index, word in enumerate(words):
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        if agreeing and (
            word in ADVERBS or (word.endswith("ly") and word not in {"apply", "rely"})
        ):
            out.append(word)
        elif agreeing:
            out.append(agree(word))
            present = not is_past(word) and not is_modal(word) and word not in {"am", "are", "were"}
            present = present and word not in {"have", "do"}
            agreeing = False
        elif _names_patient(word, mine=mine):
            as_object = not mine and _is_object(before, after)
            inverted = not mine and before in {"are", "were", "do", "did", "have", "can", "will"}
            out.append(who.object if as_object else who.subject)
            agreeing = not as_object and not inverted
        elif (mine and word in {"my", "mine"}) or (not mine and word in {"your", "yours"}):
            out.append(_possessive(who, after, out))
        elif mine and word == "me":
            out.append(who.object)
        elif word in {"myself", "yourself"}:
            out.append(who.reflexive)
        elif mine and word == "us":
            out.append("them")
        elif mine and word == "we":
            out.append("they")
        elif mine and word == "our":
            out.append("their")
        elif mine and word == "am" and before == "i":
            out.append("is")
        else:
            joined = before in {"and", "or", "but"} and present and word in BASES
            out.append(third(word) if joined else word)
    return out


def _is_object(before: str, after: str) -> bool:
    """Return whether "you" between these words is an object (``see you in``, ``put you on``)."""
    if before in {"have", "let", "make", "help", "get", "had"} and after not in _AUX:
        return True
    if after in _FINITE:
        return False
    return before in _AFTER_OBJECT or not after or after in _AFTER_WORDS


def _names_patient(word: str, *, mine: bool) -> bool:
    return word == "i" if mine else word == "you"


def _possessive(who: Person, after: str, so_far: Sequence[str]) -> str:
    if who.known:
        return who.possessive
    if after in _BODY or "the patient" in so_far or "the patient's" in so_far:
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
