"""Codes that differ in one word of their title: right, left, unspecified; a trimester."""

import re
from functools import lru_cache

from wardround.capabilities.coding.guidelines.codebook import Codebook

SIDES = ("right", "left", "bilateral")
TRIMESTERS = ("first", "second", "third")

_WORD = re.compile(r"[a-z0-9]+")
_BY_SIDE = {"unspecified", "unilateral"}
_PLAIN = 3


@lru_cache(maxsize=65_536)
def variants(book: Codebook, code: str, words: tuple[str, ...]) -> dict[str, str]:
    """Return the codes that say one of ``words`` where ``code`` says another or none, by the word.

    Empty where the code has no such variants. A code that says one of the words itself is among
    them.
    """
    node: str | None = code
    while node is not None and len(node.replace(".", "")) > _PLAIN:
        found = _beside(book, node, code[len(node) :], words)
        if len(found) > 1:
            return found | _both(book, node, words, found)
        listed = book.find(node)
        node = listed.parent if listed else None
    return {}


def _beside(book: Codebook, node: str, rest: str, words: tuple[str, ...]) -> dict[str, str]:
    listed = book.find(node)
    if listed is None or listed.parent is None:
        return {}
    own = _tokens(listed.display)
    said = next((word for word in words if word in own), None)
    if said is None and not _BY_SIDE & set(own):
        return {}
    found = {}
    for sibling in book.children(listed.parent):
        theirs = _tokens(sibling.display)
        word = next((word for word in words if word in theirs), None)
        if word is None or not _same(own, theirs, said, word):
            continue
        target = sibling.code + (rest if "." in sibling.code else f".{rest}" if rest else "")
        if book.find(target) is not None:
            found[word] = target
    return found


def _both(
    book: Codebook, node: str, words: tuple[str, ...], found: dict[str, str]
) -> dict[str, str]:
    """Return the code of both sides where it stands one step higher, as M17.0 beside M17.1-."""
    if "bilateral" not in words or "bilateral" in found:
        return {}
    parent = (book.above(node) or (None,))[0]
    listed = book.find(parent) if parent else None
    if listed is None or listed.parent is None or "unilateral" not in _tokens(listed.display):
        return {}
    own = [word for word in _tokens(listed.display) if word != "unilateral"]
    for sibling in book.children(listed.parent):
        theirs = _tokens(sibling.display)
        if "bilateral" in theirs and [word for word in theirs if word != "bilateral"] == own:
            return {"bilateral": sibling.code}
    return {}


def _same(own: list[str], theirs: list[str], said: str | None, word: str) -> bool:
    """Whether two titles differ in the side alone; one of both sides may leave out the organ."""
    mine = list(own)
    if said is not None:
        mine.remove(said)
    else:
        blank = "unspecified" if "unspecified" in mine else "unilateral"
        mine.reverse()
        mine.remove(blank)
        mine.reverse()
    rest = list(theirs)
    rest.remove(word)
    for one in rest:
        if one in mine:
            mine.remove(one)
        elif one not in {"unilateral", "unspecified"}:
            return False
    allowed = 1 if word == "bilateral" or said == "bilateral" else 0
    return len([left for left in mine if left not in {"unilateral", "unspecified"}]) <= allowed


def _tokens(display: str) -> list[str]:
    return [
        word[:-1] if word.endswith("s") and len(word) > _PLAIN else word
        for word in _WORD.findall(display.lower())
    ]
