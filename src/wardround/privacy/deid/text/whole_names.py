"""Names whole: the parts that stand beside one, and the user names that are made of one."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.eponyms import is_brand
from wardround.privacy.deid.text.find import SPEAKS, Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Reading, with_dots
from wardround.privacy.deid.text.words import ENDING

_PARTICLES = frozenset(
    "van von der den de la las los del della di da das dos du el al bin ibn ter".split()
)
_OF_OFFICE = with_dots(
    "dr mr mrs ms miss prof officer ofc deputy detective sgt judge pastor rev reverend imam rabbi chaplain coach sir"
)
_ALSO_KIN = with_dots("father sister nurse")
"""Titles only where they are written with a capital: else they are relations, or an occupation."""
_MOST = 4
"""Particles and initials before a name, at most."""
_TITLES = with_dots(
    "dr mr mrs ms miss mister doctor prof professor dep deputy sgt capt captain rev pastor"
)
"""Behind which even a word is a name, if it is written as one."""
_KIN = with_dots(
    "aunt uncle auntie father mother sister brother cousin grandma grandpa doc lieutenant lt madame medic chef deacon "
    "elder nana papa dame"
)
"""Titles where they are written so, or where the next word is a name and no other word."""
_ARTICLE = re.compile(r"^(?:al|el|ibn|bin|d['’])-?(?=[A-Z])")
_NAMELESS = frozenset(
    "of and to for in at on from with will was is has had says said may can could would should did does".split()
)
_SUFFIX = re.compile(
    r"(?:[ ][B-HJ-Z](?:\.|(?=[ ]?[,;)\n]|[ ]{2}|[ ][a-z]|$)))?(?:,?\s(?:Jr|Sr|JR|SR|II|III|IV)\b)?"
)
_INITIAL = re.compile(r"[A-Z]\.")
_BETWEEN = re.compile(
    r"(?:[ ]|,[ ]?|[ ][A-Z]\.?[ ]|[ ](?:van|von|der|den|de|la|los|del|el|al|bin|da|das|dos)[ ])?"
)
_SPEAKER = re.compile(
    r"(?m)^(?:\[[^\]\n]{1,24}\][ ])?((?:[A-Z][\w'’-]*\.?|(?:[A-Z]\.){2,3})(?:[ ](?:[A-Z][\w'’-]*\.?|de|la|van|del|von)){0,3})(?=:[ ])"
)
_TURNS = 3
"""Turns of somebody before they are taken to be a speaker, and not a heading."""
ROLES = frozenset(
    "d p n dr md rn np pa q a pt ma cna aide staff operator caller ivr mgmt mgr rt ot slp sw lab pharm".split()
)
_SIGNED = re.compile(
    r"(?:[(=/]|\b(?i:by|user|verified|signed|login|reviewed|entered|screened|checked|approved|cosign(?:ed)?)[:\s]\s?)"
    r"([a-z]{4,14})(?![\w@-]|\.\w)"
)
_SIGNING = with_dots(
    "( = / by user verified signed login reviewed entered screened checked approved cosign cosigned"
)


def joined(reading: Reading, found: Iterable[Find]) -> Iterator[Find]:
    """Yield finds in order, names whole: with initials, particles ("van den") and suffixes ("III")."""
    held: Find | None = None
    for find in found:
        if find.kind is not Kind.NAME:
            yield find
            continue
        name = _grown(reading, find)
        if held is None:
            held = name
        elif _BETWEEN.fullmatch(reading.cased, held.end, max(held.end, name.start)):
            score = max(held.score, name.score)
            held = held._replace(end=max(name.end, held.end), score=score)
        else:
            yield held
            held = name
    if held is not None:
        yield held


def _grown(reading: Reading, find: Find) -> Find:
    starts, pieces, lows, text = reading.starts, reading.pieces, reading.lows, reading.cased
    begin = at = bisect_left(starts, find.start)
    while begin > max(0, at - _MOST) and (
        lows[begin - 1] in _PARTICLES
        or (_INITIAL.fullmatch(pieces[begin - 1]) and text[starts[begin] - 1] == " ")
    ):
        begin -= 1
    if 0 < begin < len(starts) and starts[begin] == starts[begin - 1] + len(pieces[begin - 1]) + 1:
        before, capital = lows[begin - 1], pieces[begin - 1][0].isupper()
        flat = reading.is_flat_at(begin - 1)
        if (before in _OF_OFFICE and (capital or flat)) or (
            before in _ALSO_KIN and capital and not flat
        ):
            begin -= 1
    suffix = _SUFFIX.match(reading.text, find.end)
    return find._replace(
        start=starts[begin] if begin < at else find.start,
        end=find.end if suffix is None else suffix.end(),
    )


def find_titled(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield names behind a title that are words, too: "Mr. March", "Dr. Wood's secretary"."""
    words, pieces = reading.words, reading.pieces
    for at in reading.where(_TITLES | _KIN):
        first = at + 1
        while first < min(at + _MOST, len(words)) and _INITIAL.fullmatch(pieces[first]):
            first += 1
        if first >= len(words) or is_brand(words[first], words):
            continue
        word = words[first]
        written = _ARTICLE.sub("", reading.text[word.start : word.end])
        if not (written[:1].isupper() or (reading.flat and written[:1].isalpha())):
            continue
        if reading.lows[at] in _KIN and not (
            pieces[at][0].isupper() if not reading.flat else word.low in lexicon.first
        ):
            continue
        named = lexicon.is_name(word.low) or word.low not in lexicon.common
        if named and len(word.low) > 1 and word.low not in _NAMELESS:
            end = word.start + len(ENDING.sub("", word.text.rstrip(".")))
            yield Find(words[at].start, end, Kind.NAME, 0.9, "behind a title")


def find_users(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield user names made of an initial and a surname, where somebody signs or opens something."""
    for found in reading.matches(_SIGNED, _SIGNING, as_written=True):
        low = found[1]
        if (low[1:] in lexicon.last or "user" in found[0]) and not (
            low in lexicon.known
            or low in lexicon.frequent
            or low in lexicon.first
            or lexicon.is_medicine(low)
        ):
            yield Find(found.start(1), found.end(1), Kind.NAME, 0.8, "an initial and a surname")


def find_speakers(text: str, lexicon: Lexicon) -> Iterator[Find]:
    """Yield who speaks in a conversation: what stands before a colon at the start of many lines."""
    lines = list(_SPEAKER.finditer(text)) if text.count(":") >= _TURNS else []
    turns = Counter(found[1] for found in lines)
    for found in lines:
        words = [word.strip(".").lower() for word in found[1].split()]
        if turns[found[1]] >= _TURNS and not all(
            word in lexicon.known or word in lexicon.forms or word in ROLES for word in words
        ):
            yield Find(found.start(1), found.end(1), Kind.NAME, 0.86, SPEAKS)
