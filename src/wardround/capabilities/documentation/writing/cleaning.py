"""Speech made readable: fillers, false starts, repetitions and openers taken out."""

from collections.abc import Sequence

from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.verbs import ADVERBS, is_modal, is_past

_RULES = Rules("cleaning")

_FILLERS = _RULES.phrases("fillers")
_OPENERS = _RULES.phrases("openers")
_CLOSERS = _RULES.phrases("closers")
_ABANDONED = _RULES.pattern("abandoned")
_OPEN_ENDED = _RULES.words("open_ended")
_KEEP_DOUBLE = frozenset({"had", "that", "very"})


def cleaned(words: Sequence[str], *, names: frozenset[str] = frozenset()) -> list[str]:
    """Return ``words`` without fillers, repetitions, openers and closers; marks thinned out."""
    bare = _without(list(words), _FILLER_PHRASES)
    bare = _unrepeated(bare)
    while (shorter := _trimmed(bare, names)) != bare:
        bare = shorter
    bare = [word for place, word in enumerate(bare) if not _is_filler_like(bare, place)]
    text = _ABANDONED.sub("", " ".join(_unrepeated(bare)))
    return _tidied(text.split())


def _phrases(items: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for item in sorted(items, key=len, reverse=True):
        parts = tuple(item.split())
        table.setdefault(parts[0], []).append(parts)
    return table


_FILLER_PHRASES = _phrases(_FILLERS)
_OPENER_PHRASES = [tuple(item.split()) for item in sorted(_OPENERS, key=len, reverse=True)]
_CLOSER_PHRASES = [tuple(item.split()) for item in sorted(_CLOSERS, key=len, reverse=True)]


def _without(words: list[str], phrases: dict[str, list[tuple[str, ...]]]) -> list[str]:
    out: list[str] = []
    index = 0
    while index < len(words):
        for phrase in phrases.get(words[index], ()):
            if tuple(words[index : index + len(phrase)]) == phrase and not _means(words, index):
                index += len(phrase)
                break
        else:
            out.append(words[index])
            index += 1
    return out


def _means(words: list[str], index: int) -> bool:
    """Return whether a would-be filler carries meaning here (``what kind of pain``)."""
    before = words[index - 1] if index else ""
    if words[index] in {"kind", "sort"}:
        return before in {"what", "any", "some", "this", "that", "a", "same", "the", "which"}
    if words[index : index + 2] == ["you", "know"]:
        return before in {"do", "did", "as", "if", "let"}
    return False


def _unrepeated(words: list[str]) -> list[str]:
    out = list(words)
    for size in (4, 3, 2, 1):
        index = 0
        while index + 2 * size <= len(out):
            first = out[index : index + size]
            gap = 1 if out[index + size] == "," else 0
            second = out[index + size + gap : index + 2 * size + gap]
            same = first == second and not (size == 1 and (first[0] in _KEEP_DOUBLE))
            if same and first[0] != "," and not first[0].isdigit():
                del out[index : index + size + gap]
            else:
                index += 1
    return out


def _trimmed(words: list[str], names: frozenset[str]) -> list[str]:
    if words and ((words[0] in names and words[1:2] == [","]) or _is_mark(words[0])):
        return words[1:]
    if words and (_is_mark(words[-1]) or (words[-1] in names and words[-2:-1] == [","])):
        return words[:-1]
    for phrase in _OPENER_PHRASES:
        size = len(phrase)
        if tuple(words[:size]) == phrase and not _needed(words, size):
            return words[size:]
    for phrase in _CLOSER_PHRASES:
        if len(words) > len(phrase) and tuple(words[-len(phrase) :]) == phrase:
            return words[: -len(phrase)]
    return words


def _is_filler_like(words: list[str], index: int) -> bool:
    """Return whether "like" at ``index`` only fills, as in ``for like a week``."""
    if words[index] != "like":
        return False
    before = words[index - 1] if index else ","
    after = words[index + 1] if index + 1 < len(words) else ","
    if before in {"i", "you", "we", "they", "he", "she", "it"}:
        return after in ADVERBS or is_past(after) or is_modal(after) or after in _LIKE_AFTER
    if before in {
        "looks",
        "look",
        "looked",
        "feel",
        "feels",
        "felt",
        "sounds",
        "sound",
        "seems",
        "things",
        "anything",
    }:
        return False
    return before in _LIKE_BEFORE or after == ","


_LIKE_AFTER = _RULES.words("like_after")
_LIKE_BEFORE = _RULES.words("like_before")


def _needed(words: list[str], size: int) -> bool:
    """Return whether an opener belongs to what follows (``right knee``, ``like pizza``)."""
    if words[0] in {"right", "good", "great", "nice"} and size == 1:
        return len(words) > 1 and words[1] not in {",", "so", "and", "now", "okay", "well", "then"}
    if words[0] == "no":
        return words[1:2] != [","] and words[1:2] not in ([word] for word in _AFTER_NO)
    if words[:2] == ["well", "controlled"] or words[:2] == ["now", "that"]:
        return True
    return words[:2] == ["i", "think"] and len(words) > 2 and words[2] == "about"


_AFTER_NO = ("but", "i", "it", "he", "she", "they", "we", "my", "that", "not")


def _is_mark(word: str) -> bool:
    return word != "%" and not any(character.isalnum() for character in word)


def _tidied(words: list[str]) -> list[str]:
    out: list[str] = []
    for word in words:
        if _is_mark(word) and (not out or _is_mark(out[-1])):
            continue
        if word in {"+", "/"} and out[-1][-1].isdigit():
            out.append(word)
            continue
        if _is_mark(word) and (word != "," or out[-1] in _OPEN_ENDED):
            continue
        out.append(word)
    return out
