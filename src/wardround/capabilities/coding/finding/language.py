"""Whether a text is English: the coder's dictionary is, and says nothing of other languages."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 4_000
"""Characters of a text that are looked at: a note does not change its language on page three."""
_FEW = 25
"""Words below which small words say too little: "Type 2 diabetes, obesity." has none."""
_ENGLISH = frozenset(
    "the of and to in a is was with for on no at she he her his by from or as has had are be"
    " patient history without pain not this that denies reports".split()
)
_OTHER = frozenset(
    # Spanish, Portuguese, French, German, Italian and Dutch words that English has not.
    "el la los las del una con por para que se su y en es un le les des du et une est pour avec"
    " dans sur au der die das und mit von den dem ein eine ist zu im il di della che per con gli"
    " het een van met voor niet uma com não dos paciente".split()
)


def is_english(text: str) -> bool:
    """Tell whether ``text`` is written in English, as far as its small words show."""
    words = [word.lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    if not words:
        return True
    latin = sum(map(str.isascii, words)) / len(words)
    if latin < 0.5:
        return False
    english = sum(map(_ENGLISH.__contains__, words))
    other = sum(map(_OTHER.__contains__, words))
    return english >= other if len(words) >= _FEW or other > 3 else True
