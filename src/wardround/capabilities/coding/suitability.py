"""Whether there is a note to code: enough words, and in English."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ENGLISH = frozenset(
    """the of and with for to in on is was are has had have no not without denies patient she he
    his her they this that at by from as or be will history left right daily days years year
    presents reports follow up due""".split()
)
_OTHERS = frozenset(
    """el la los las del una con sin por para que se es fue su como paciente años der die das und
    mit ohne bei von den dem ein eine ist war nicht seit wurde le les des du et avec sans pour dans
    est une au aux pas il della che di con senza per è ha non gli paziente com não uma dos ao foi de
    het een van niet met zonder voor och att som inte har och""".split()
)
FEWEST = 3
"""Words below which there is nothing to code."""


def unsuitable(text: str) -> str | None:
    """Return why a text cannot be coded, for a coder; None where it can."""
    words = [word.lower() for word in _WORD.findall(text[:100_000])]
    if len(words) < FEWEST:
        return "The note holds no words that could be coded."
    letters = "".join(words)
    if sum(map(bool, map(_LATIN.match, letters))) < len(letters) / 2:
        return "The note is not written in Latin letters; only English can be coded here."
    english = sum(word in _ENGLISH for word in words)
    other = sum(word in _OTHERS for word in words)
    if len(words) >= 12 and other > english and other >= len(words) / 10:
        return "The note does not seem to be in English; only English can be coded here."
    return None
