"""Features of the linear text engine: strings that both training and drafting count."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from wardround.engines.text.port import Said

_EDGE = "<edge>"


def of_sentence(said: Said) -> Iterator[str]:
    """Yield what is known of one sentence."""
    who = said.speaker[:1]
    words = [_shape(word) for word in said.words]
    yield f"who={who}"
    yield f"place={who}{min(9, int(said.position * 10))}"
    yield f"length={who}{min(6, len(words) // 4)}"
    for word in set(words):
        yield word
        yield f"{who}:{word}"
    yield from {f"{a} {b}" for a, b in pairwise(words)}
    yield f"first={' '.join(words[:2])}"
    yield from (f"q:{_shape(word)}" for word in set(said.question))
    yield from (f"b:{_shape(word)}" for word in set(said.before))
    yield from (f"a:{_shape(word)}" for word in set(said.after))
    if any(word[0].isdigit() for word in said.words):
        yield f"digit={who}"


def of_end(words: Sequence[str], index: int) -> Iterator[str]:
    """Yield what is known of the gap after word ``index``."""

    def at(place: int) -> str:
        inside = 0 <= index + place < len(words)
        return words[index + place] if inside else _EDGE

    yield from (f"{place}={at(place)}" for place in range(-2, 4))
    yield f"01={at(0)} {at(1)}"
    yield f"12={at(1)} {at(2)}"
    yield f"-10={at(-1)} {at(0)}"
    yield f"-11={at(-1)} {at(0)} {at(1)}"
    yield f"02={at(0)} {at(1)} {at(2)}"
    yield f"13={at(1)} {at(2)} {at(3)}"


def _shape(word: str) -> str:
    return "0" * min(len(word), 4) if word.isdigit() else word
