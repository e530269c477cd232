"""The chief complaint: why the patient came, in the words that were said."""

import re
from collections.abc import Sequence

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.cleaning import cleaned
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.person import in_third_person
from wardround.capabilities.documentation.writing.rewriting import Rewriter
from wardround.capabilities.documentation.writing.segments import Segment
from wardround.capabilities.documentation.writing.symptoms import find
from wardround.capabilities.documentation.writing.systems import is_negated

_DET = r"(?:an? |the |his |her |your |some |this |that |these |those |follow up (?:for|of|on) )*"
_EVAL = r"(?:(?:evaluation|treatment|management|assessment) (?:of|for) )?"
_REASONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bpresents? (?:\w+ ){{0,4}}?(?:with|for|complaining of|because of) {_DET}{_EVAL}{_DET}(?P<x>.+)",
        rf"\b(?:here|in|come in|came in|comes in|coming in|in to see (?:me|us)|visit)(?: today| here| back| this morning)*"
        rf"(?: is)? (?:for|with|because of|to (?:discuss|follow up on|check|get)|complaining of) {_DET}{_EVAL}{_DET}(?P<x>.+)",
        rf"\b(?:you are|you were|you have been|you are still|you have got) (?:having|experiencing|suffering from|complaining of|dealing with) {_DET}(?P<x>.+)",
        rf"\b(?:evaluation of|problems? with|trouble with|complaining of|referred (?:by \w+ ?\w* ?)?for|seen for) {_DET}(?P<x>.+)",
    )
)
_ENDS = re.compile(
    r"(?:,? (?:so|and then|um|uh|how|what|tell|can|could|do|did|i|we|you|he|she|it|but|after|since|today|that|which|is"
    r"|where|when|okay|alright|right now|now|who|because|as|or|last|for|from|while|going on|would|have)\b| \.|, (?=[a-z]+$)).*$"
)
_VAGUE = frozenset(
    ["burning", "numbness", "tingling", "weakness", "stress", "redness", "lumps", "discharge", "sweating", "confusion"]
)
_EMPTY = frozenset(
    ["me", "us", "it", "you", "that", "today", "see", "a", "the", "your", "something", "everything", "visit", "check"]
)


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
    for segment in spoken:
        if segment.speaker == "patient":
            present = [
                item
                for item in find(segment.words)
                if item.name not in _VAGUE and not is_negated(segment.words, item.start)
            ]
            if present:
                return claim(rewriter.sentence(present[0].name.split()), [segment])
    return None


def presentation(complaint: Claim, history: Sequence[Claim], rewriter: Rewriter) -> list[Claim]:
    """Return the opening of a history that nobody presented: who comes for what."""
    opened = any(
        re.search(r"\b(?:present|year-old|here (?:today )?for)", item.text) for item in history[:3]
    )
    if opened:
        return []
    what = complaint.text.rstrip(".")
    if what.split()[0].lower() not in {"follow-up"} and what.split()[0][1:].islower():
        what = what[:1].lower() + what[1:]
    return [claim(f"The patient presents today for evaluation of {what}.", complaint.segments)]


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
