"""The chief complaint: why the patient came, in the words that were said."""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.cleaning import cleaned
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.person import in_third_person
from wardround.capabilities.documentation.writing.rewriting import Rewriter
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.segments import Segment
from wardround.capabilities.documentation.writing.symptoms import find
from wardround.capabilities.documentation.writing.systems import is_negated

_RULES = Rules("complaint")

_DET = r"(?:an? |the |his |her |your |some |this |that |these |those |follow up (?:for|of|on) )*"
_EVAL = r"(?:(?:evaluation|treatment|management|assessment) (?:of|for) )?"
_REASONS = _RULES.patterns("reasons")
_ENDS = _RULES.pattern("ends")
_OPENINGS = _RULES.pattern("openings")
_ANSWERS = _RULES.pattern("answers")
_CLAUSE = frozenset(["i", "it", "he", "she", "they", "was", "is", "has", "have"])
_PLACES = frozenset(["in", "on", "at", "down", "behind", "over", "under", "around"])
_VAGUE = _RULES.words("vague")
_EMPTY = _RULES.words("empty")


def chief_complaint(exchanges: Sequence[Exchange], rewriter: Rewriter) -> Claim | None:
    """Return why the patient came, ``None`` if nobody says."""
    early = exchanges[: max(12, len(exchanges) * 2 // 5)]
    spoken = [segment for exchange in early for segment in exchange.segments]
    for number, pattern in enumerate(_REASONS):
        for segment in spoken if number < 2 else spoken[:12]:
            if segment.speaker != "patient" and not (number > 1 and segment.question):
                name = _named(pattern, segment, rewriter)
                if name:
                    return claim(rewriter.sentence(name), [segment])
    opened = _opened(spoken, rewriter)
    if opened:
        return opened
    for segment in spoken:
        if segment.speaker != "doctor":
            present = [
                item
                for item in find(segment.words)
                if item.name not in _VAGUE and not is_negated(segment.words, item.start)
            ]
            if present:
                return claim(rewriter.sentence(present[0].name.split()), [segment])
    return None


def presentation(complaint: Claim, history: Sequence[Claim]) -> list[Claim]:
    """Return the opening of a history that nobody presented: who comes for what."""
    opened = any(
        re.search(r"\b(?:present|year-old|here (?:today )?for)", item.text) for item in history[:3]
    )
    if opened:
        return []
    what = complaint.text.rstrip(".")
    if what[1:2].islower():
        what = what[:1].lower() + what[1:]
    if what.startswith(("follow-up", "annual", "routine", "check")):
        return [claim(f"The patient presents today for {what}.", complaint.segments)]
    return [claim(f"The patient presents today for evaluation of {what}.", complaint.segments)]


def _opened(spoken: Sequence[Segment], rewriter: Rewriter) -> Claim | None:
    """Return what the patient answers when the doctor asks what it is: "pressure in his chest"."""
    for number, segment in enumerate(spoken):
        if segment.speaker == "doctor" and _OPENINGS.search(" ".join(segment.words)):
            for place, answer in enumerate(spoken[number + 1 : number + 4], start=number + 1):
                if answer.speaker == "doctor":
                    break
                told = _told([answer, *spoken[place + 1 : place + 2]], rewriter)
                if told:
                    return told
    return None


def _told(segments: Sequence[Segment], rewriter: Rewriter) -> Claim | None:
    answer = segments[0]
    text = " ".join(cleaned(answer.words, names=rewriter.casing.names))
    found = _ANSWERS.fullmatch(text)
    symptoms = [item for item in find(answer.words) if not is_negated(answer.words, item.start)]
    if symptoms and symptoms[0].name not in _VAGUE:
        return claim(rewriter.sentence(symptoms[0].name.split()), [answer])
    if not found:
        return None
    words, used = found["what"].split(), [answer]
    for more in segments[1:]:
        if more.turn == answer.turn and more.words[0] in _PLACES and len(more.words) < 6:
            words += cleaned(more.words, names=rewriter.casing.names)
            used.append(more)
    whose = in_third_person(words, answer.speaker, rewriter.who)
    if len(whose) > 10 or _CLAUSE.intersection(words) or all(word in _EMPTY for word in words):
        return None
    if words[0] == "my":
        whose = ["problem", "with", *whose]
    return claim(rewriter.sentence(whose), used)


def _named(pattern: re.Pattern[str], segment: Segment, rewriter: Rewriter) -> list[str]:
    words = cleaned(segment.words, names=rewriter.casing.names)
    found = pattern.search(" ".join(words))
    if not found:
        return []
    name = _ENDS.sub("", f" {found['x']}").strip(" ,").split()
    name = cleaned(name, names=rewriter.casing.names)
    if not name or len(name) > 9 or all(word in _EMPTY for word in name):
        return []
    return in_third_person(name, "doctor", rewriter.who)
