"""Names that stand for a disease, a sign or an instrument, and for nobody."""

import re
from collections.abc import Sequence

from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.words import Word

_EPONYMOUS = frozenset(
    "sign signs reflex disease syndrome phenomenon maneuver palsy criteria scale index lymphoma catheter".split()
)
"""A name before one of these is no person's."""


def is_eponym(word: Word, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a name is that of a disease, a sign or an instrument here."""
    following = words[word.at + 1].low if word.at + 1 < len(words) else ""
    if following in _EPONYMOUS:
        return True
    if not any(part in lexicon.eponyms for part in re.split(r"['’‘-]", word.low)):
        return False
    behind = [one.low for one in words[word.at + 1 : word.at + 4] if one.text[0] not in "-/’'"]
    if behind and (
        behind[0] in lexicon.heads or (behind[0] in lexicon.eponyms and behind[-1] in lexicon.heads)
    ):
        return True
    beside = behind[:1] + [words[word.at - 1].low] * (word.at > 0)
    paired = any(low in lexicon.eponyms and low not in lexicon.first for low in beside)
    if paired and word.low not in lexicon.first:
        return True
    return not lexicon.is_name(word.low) or (
        word.text.endswith(("'s", "’s")) and bool(behind) and behind[0] in lexicon.known
    )
