"""Questions fused with their answers: "any chest pain" + "no" becomes "denies chest pain"."""

import re
from dataclasses import dataclass

from wardround.capabilities.documentation.writing.cleaning import cleaned
from wardround.capabilities.documentation.writing.person import Person, in_third_person
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.symptoms import find
from wardround.capabilities.documentation.writing.verbs import ADVERBS, BASES, is_past, third

_RULES = Rules("questions")

_ASKS_FOR_THING = _RULES.patterns("asks_for_thing")
_TRAILING = _RULES.pattern("trailing")
GENERIC = _RULES.words("generic")
"""Words that name no symptom by themselves."""

_NO_THING = _RULES.pattern("no_thing")
_ADJECTIVES = _RULES.words("adjectives")


@dataclass(frozen=True, slots=True)
class Claimed:
    """What question and answer say together: words, and the thing asked for where it is one."""

    words: tuple[str, ...]
    thing: tuple[str, ...] = ()


_LEADING = re.compile(
    r"^(?:(?:other )?(?:things|symptoms|problems|issues) (?:or )?(?:like|such as) )?"
    r"(?:any|a lot of|some|an|a|the|like|your|other)? ?\b"
)
_AND_ANY = re.compile(r" (?:or )?any |\bor or\b")


def thing_asked(question: list[str]) -> tuple[str, ...]:
    """Return what a question asks the presence of (``chest pain or palpitations``), if it does."""
    text = _TRAILING.sub("", " ".join(question))
    for pattern in _ASKS_FOR_THING:
        found = pattern.fullmatch(text)
        if found:
            thing = _LEADING.sub("", _TRAILING.sub("", found["thing"]).replace(" at all", ""))
            thing = _AND_ANY.sub(" or ", thing.replace(", any ", ", "))
            if text.startswith(("what about", "how about")) and not find(thing.split()):
                return ()
            if not thing or thing in GENERIC or len(thing.split()) > 14 or _NO_THING.search(thing):
                return ()
            return tuple(thing.split())
    return ()


_TO_YOU = re.compile(r"(?P<aux>are|were|do|did|have|had|can|could|will|would) you (?P<rest>.+)")
_OF_THE_PATIENT = re.compile(
    r"(?P<aux>is|was|does|did|has|had|can|could) (?P<third>he|she) (?P<rest>.+)"
)


def fuse(
    question: tuple[str, ...], *, yes: bool, who: Person, patient: Person | None = None
) -> Claimed | None:
    """Return what ``question`` answered by yes or no says, or ``None``.

    ``who`` is whom the doctor asks; symptoms are the ``patient``'s (by default the same).
    """
    patient = patient or who
    words = cleaned(_restarted(question))
    thing = thing_asked(words)
    if thing:
        if thing[-1] in _ADJECTIVES and len(thing) <= 3:
            feels = ("feels",) if yes else ("does", "not", "feel")
            return Claimed((patient.subject, *feels, *thing))
        verb = "reports" if yes else "denies"
        things = in_third_person(thing, "doctor", who)
        if not yes:
            things = ["or" if word == "and" else word for word in things]
        return Claimed((patient.subject, verb, *things), tuple(things))
    text = _TRAILING.sub("", " ".join(words))
    found = _TO_YOU.fullmatch(text) or _OF_THE_PATIENT.fullmatch(text)
    if (
        not found
        or len(text.split()) > 18
        or found["rest"].startswith(
            (
                "want",
                "know",
                "think",
                "mind",
                "see",
                "mean",
                "remember",
                "guys",
                "just",
                "understand",
                "agree",
                "okay",
                "describe",
                "tell",
                "show",
                "explain",
                "give",
                "remind",
                "say",
                "hear",
                "hold",
                "come",
                "open",
                "let",
                "point",
            )
        )
    ):
        return _declared(words, yes=yes, who=who)
    rest = in_third_person(found["rest"].split(), "doctor", who)
    if rest[0] in {"ever", "also"} or (rest[0] == "still" and yes is False):
        rest = rest[1:]
    if not rest or rest[0] in {"are", "do", "did", "have", "were"} or not _fits(found["aux"], rest):
        return None
    subject = patient.subject if found.groupdict().get("third") else who.subject
    return Claimed((subject, *_predicate(found["aux"], rest, yes=yes)))


def _fits(aux: str, rest: list[str]) -> bool:
    """Return whether the word behind "do you" is a verb, behind "have you" a participle."""
    verb = next((word for word in rest if word not in ADVERBS), "")
    if aux in {"do", "does", "did", "can", "could", "will", "would"}:
        return verb in BASES or verb in {"have", "do", "be"}
    if aux in {"have", "had", "has"}:
        return is_past(verb) or verb in {"any", "run", "come", "become"}
    return bool(verb) and verb not in {"any", "you"}


_RESTARTS = re.compile(r"^.*\b(?=(?:are|do|did|have|were) you (?!know\b|mean\b|think\b))")


def _restarted(question: tuple[str, ...]) -> list[str]:
    """Return the last question of a sentence that starts more than one."""
    return _RESTARTS.sub("", " ".join(question)).split()


def _predicate(aux: str, rest: list[str], *, yes: bool) -> list[str]:
    verb = {"are": "is", "were": "was", "have": "has", "do": "does"}.get(aux, aux)
    if not yes:
        some = ["any" if word == "some" else word for word in rest]
        return [verb, "not", *some]
    rest = [word for word in rest if word not in {"any", "ever"}]
    if not rest:
        return [verb]
    adverbs = 0
    while adverbs < len(rest) - 1 and rest[adverbs] in {
        "still",
        "also",
        "usually",
        "normally",
        "currently",
    }:
        adverbs += 1
    if aux in {"do", "does"}:
        rest[adverbs] = third(rest[adverbs])
        return rest
    return [verb, *rest]


def _declared(words: list[str], *, yes: bool, who: Person) -> Claimed | None:
    """Return a question in the form of a statement (``you are taking it every day``)."""
    if not yes or len(words) < 3 or words[0] not in {"you", "your"}:
        return None
    if {"are", "do", "have", "did"} & set(words[2:4]):
        return None
    if words[1] not in {"are", "have", "were", "had", "do", "take"} and not is_past(words[1]):
        return None
    return Claimed(tuple(in_third_person(words, "doctor", who)))


_DURATION = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|yesterday|today|morning|night|ago|since)\b"
)
_ASKED_FOR = _RULES.named("asked_for")
_FITS = _RULES.named("fits")
_OUT_OF_TEN = re.compile(
    r"\b(?:out of ten|(?:zero|one|1|0) (?:to|through|and) (?:ten|10)|of ten)\b"
)


def label_fragment(question: tuple[str, ...], fragment: list[str]) -> tuple[str, list[str]] | None:
    """Return the label under which a short answer without a verb stands, and the answer."""
    asked, said = " ".join(question), " ".join(fragment)
    for label, pattern in _ASKED_FOR.items():
        if pattern.search(asked) and len(fragment) <= 12 and _FITS[label].search(said):
            if label == "Severity" and _OUT_OF_TEN.search(asked) and "/10" not in said:
                said = re.sub(r"\b(\d+)\b(?!.*\d)", r"\1/10", said)
            return label, said.split()
    return None
