"""Sides of the body, in a note and in speech."""

import re
from dataclasses import dataclass

from wardround.capabilities.documentation.reading.review import vocabulary

_OTHER_SENSE = re.compile(
    r"\ball right|\balright|\bright(?= (?:now|here|there|away|after|before|then|at|in|on|up|down"
    r"|back|about|around|over|through|as|when|where|into|to|off|out)\b)"
    r"|\b(?:that's|that is|is that|you're|you are|she's|he's|they're|it's|absolutely|quite|not|"
    r"just|feels?|doing|do it|go|got|yeah|yes|okay|so) right(?= ?[.,?!]|$)"
    r"|(?:^|[.,?!] )right ?[.,?!]|(?:^|\. )right(?=,? (?:so|and|well|okay|but)\b)"
    r"|[,.?!] right ?[.?!]|\bright ?\?"
    r"|\bleft(?= (?:the|my|her|his|him|me|it|a|an|off|over|out|alone|for|home|work|early|at|because"
    r"|without|behind|untreated|unchecked)\b)"
    r"|\b(?:has|have|had|'ve|'s|been|was|were|i|he|she|they|we|you|just|only|is|nothing|anything"
    r"|what's|days|weeks|months|pills|refills|tablets) left(?= ?(?:[.,?!]|the|my|his|her|it|in|to"
    r"|with|over|$))"
)
_SIDE = re.compile(
    r"\b(left|right|both|bilateral|bilaterally|either)(?:[ -]?(?:sided|side|hand))?\b"
)
_BOTH = vocabulary("both bilateral bilaterally either")
_WORD = re.compile(r"[a-z]+")
_PARTS = vocabulary(
    """ankle arm armpit axilla back base breast brow buttock calf canal carotid cheek chest
    clavicle collarbone drum ear eardrum elbow eye eyelid face finger flank foot feet forearm
    forehead groin hand head heel hip index jaw joint kidney knee kneecap lateral leg limb lip lobe
    lower lung maxillary medial neck nostril ovary palm patella pelvis quadrant rib scapula shin
    shoulder shoulderblade side sinus temple testicle thigh thumb toe tonsil upper ventricle
    ventricular atrial wrist extremity quad trapezius scalp tm tympanic hemithorax"""
)
_PLACES = frozenset({"lower", "upper", "lateral", "medial", "side"})
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Side:
    """A side named in a text (``left``, ``right``, ``both``), and the part of the body if said."""

    side: str
    part: str | None


def sides(text: str) -> list[Side]:
    """Return the sides of the body that ``text`` names; ``right now`` and its like are none."""
    plain = _OTHER_SENSE.sub(lambda found: "-" * len(found.group()), text.lower())
    return [
        Side("both" if found[1] in _BOTH else found[1], part)
        for found in _SIDE.finditer(plain)
        if (part := _part(plain, found)) or found[1] not in _BOTH or found[1].startswith("bi")
    ]


def contradiction(claimed: list[Side], said: list[Side]) -> Side | None:
    """Return a side of the note where speech names another one for the same part of the body."""
    for claim in claimed:
        same = [side for side in said if claim.part and side.part == claim.part] or said
        heard = {side.side for side in same}
        if heard and claim.side not in heard and not _covers(heard, claim.side):
            return claim
    return None


def _covers(heard: set[str], side: str) -> bool:
    if side == "both":
        return {"left", "right"} <= heard
    return "both" in heard


def _part(plain: str, found: re.Match[str]) -> str | None:
    """Return the part of the body that a side belongs to: just ahead, or else just behind."""
    ahead = re.split(r"[.;?!]", plain[found.end() :])[0]
    for word in _WORD.findall(ahead)[:_AHEAD]:
        if _name(word) is not None and _name(word) not in {
            "low",
            "upp",
            "lateral",
            "medial",
            "side",
        }:
            return _name(word)
        if word in {"and", "or", "the", "is", "was", "left", "right"}:
            break
    behind = re.split(r"[.;?!]", plain[: found.start()])[-1]
    for word in reversed(_WORD.findall(behind)[-_AHEAD:]):
        if _name(word) is not None:
            return _name(word)
    return None


def _name(word: str) -> str | None:
    """Return the part of the body that ``word`` names, in the singular."""
    if word == "feet":
        return "foot"
    forms = (word, word.removesuffix("s"), word.removesuffix("es"))
    return next((form for form in forms if form in _PARTS), None)
