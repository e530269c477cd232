"""Names that stand for a disease, a sign or an instrument, and for nobody."""

import re

from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Words
from wardround.privacy.deid.text.words import Word

_PARTS = frozenset(
    "circle pouch sphincter ligament canal islets angle bundle foramen node nodes triangle space loop ampulla crypts valve "
    "cyst tunnel fascia gland glands ducts duct bands sinus plexus membrane tuberosity tubercle groove fissure".split()
)
_JOINED = re.compile(r"['’‘-]")
_EPONYMOUS = frozenset(
    "sign signs reflex disease syndrome phenomenon maneuver palsy criteria scale index lymphoma catheter".split()
)
"""A name before one of these is no person's."""
_MEASURES = frozenset("scale inventory questionnaire checklist index".split())
_RESULTS = frozenset("negative positive normal abnormal".split())
_LETTERED = frozenset(
    "vitamin bed hepatitis type group influenza grade class stage lead rh".split()
)
_BRANDS = frozenset(("dr scholl", "dr pepper", "dr bronner", "mrs dash", "mr clean"))


def is_of_anatomy(at: int, words: Words) -> bool:
    """Whether a part of the body is named before: "circle of Willis", "pouch of Douglas"."""
    return words.low(at - 1) == "of" and words.low(at - 2) in _PARTS


def is_lettered(at: int, words: Words) -> bool:
    """Whether a letter is that of a kind, and begins no name: "vitamin D. Queen Anne's lace"."""
    return words.low(at - 1) in _LETTERED


def is_brand(word: Word, words: Words) -> bool:
    """Whether a title and a name are what something is sold as."""
    return f"{words.low(word.at - 1)} {word.low}" in _BRANDS


def _is_measure(at: int, words: Words) -> bool:
    """Whether a scale is named after somebody and what it measures: "Young Mania Rating Scale"."""
    return any(
        words.low(at + number) in _MEASURES
        and all(one.text[0].isalpha() for one in words.between(at + 1, at + number))
        for number in (2, 3)
    )


def is_eponym(word: Word, words: Words, lexicon: Lexicon) -> bool:
    """Whether a name is that of a disease, a sign or an instrument here."""
    following = words.low(word.at + 1)
    if following in _EPONYMOUS or is_of_anatomy(word.at, words) or is_brand(word, words):
        return True
    if word.low in lexicon.eponyms and (
        _is_measure(word.at, words) or words.low(word.at - 1) in _RESULTS
    ):
        return True
    ends = word.text.endswith(".")
    if not ends and following in lexicon.eponyms and words.low(word.at + 2) in lexicon.heads:
        return True  # "Lou Gehrig disease"
    plain = word.low.isalpha() or _JOINED.search(word.low) is None
    if plain and word.low not in lexicon.eponyms:
        return False
    if following == "and" and words.low(word.at + 2) in lexicon.eponyms:
        return True  # "Hoehn and Yahr"
    parts = _JOINED.split(word.low)
    listed = [part in lexicon.eponyms for part in parts]
    if not any(listed) or ("-" in word.low and not all(listed)):
        return False  # "Wells-Satterfield" is somebody
    behind = [
        one.low for one in words.between(word.at + 1, word.at + 4) if one.text[0] not in "-/’'"
    ]
    if behind and (
        behind[0] in lexicon.heads or (behind[0] in lexicon.eponyms and behind[-1] in lexicon.heads)
    ):
        return True
    beside = [*behind[:1], words.low(word.at - 1)]
    paired = any(low in lexicon.eponyms and low not in lexicon.first for low in beside)
    if paired and word.low not in lexicon.first:
        return True
    return not lexicon.is_name(word.low) or (
        word.text.endswith(("'s", "’s")) and bool(behind) and behind[0] in lexicon.known
    )
