"""People who stand in a text by their initials alone: who speaks, who signs, who is seen."""

import re
from collections import Counter
from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon
from wardround.privacy.deid.text.reading import Reading, near, spans
from wardround.privacy.deid.text.whole_names import ROLES

_LETTERS = r"(?:[^\W\d_a-z]{2,3}|(?:[^\W\d_a-z]\.){2,3})"
"""Two letters or three, with dots or without."""
_INITIALS = re.compile(rf"{_LETTERS}(?!\w)")
_SHORT = 4
"""Letters and dot of a word, at most, that initials could begin with."""
_IS = re.compile(r" - \d{1,3} ?[Yy]/?[Oo]| is an? (?:pleasant|reliable|poor|good|\d{1,3})\b")
_DOES = re.compile(
    r" (?:was (?:seen|brought|transferred|admitted|discharged|born)|reports|denies|states|endorses|presents|"
    r"complains|lives with|tolerated)\b"
)
_STOPS = (". ", ": ", "; ", "] ")
"""What a sentence begins behind, but for a line's end."""
_DID = re.compile(
    r"\b(?:reviewed|verified|witnessed|initials?|initialed|cosigned|co-signed|transcribed|typed|scribed|checked|"
    r"double-checked|countersigned|sign|signed)(?: by)?[:\s] ?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.,;)/ ]*(?:$|[\n.;)])")
_SIGNS = re.compile(r"(?:^|\n|-- |– |/s/ |\bby )$")
_CREDENTIAL = re.compile(r",? (?:RN|MD|LPN|CNA|DO|NP|PA-C|PA|RT|LCSW|LMSW|PharmD)\b")
_LOOK = 24
"""Characters on each side that are looked at."""
_TURN = re.compile(rf"(?m)^(?:\[[^\]\n]{{1,24}}\][ ])?({_LETTERS})(?=:[ ])")
_LABEL = re.compile(r"(?m)^(?:\[[^\]\n]{1,24}\][ ])?[^\W\d_][\w.'’ ,-]{0,32}:[ ]")
_TIMED = re.compile(
    rf"(?m)^\[\d{{1,2}}:\d\d[^\]\n]{{0,12}}\][ ]({_LETTERS}|[^\W\d_][\w'’-]+(?:[ ][^\W\d_][\w'’.-]+){{0,2}})(?=(?:,? [A-Z-]{{2,6}})?:[ ])"
)
_NOBODY = frozenset(
    "MD DO RN NP PA PT OT MA BP HR RR PE HPI ROS PMH PSH FH SH CC DX RX TX HX LAB IMP DR PCP MR MS PM AM ED OR ICU RT SLP SW CNA LPN EMS "
    "CT MRI IV PO IM SQ ER OB UC US UK EKG ECG CXR NPO PRN BID TID QID DNR DNI ADL ID DC AP PA LA SI HI ABG VBG CBC BMP CMP UA Q A".split()
)
_DOTTED_NOBODY = frozenset(
    "B.I.D. T.I.D. Q.I.D. P.R.N. N.P.O. U.S.A. D.O.B. P.M.H. H.P.I. R.O.S. C.B.C. L.L.C. P.O.B.".split()
)
_ABBREVIATED = re.compile(
    r"\b(?:[Pp]t|PT|[Pp]atient|PATIENT|[Nn]ame|NAME|CC|[Ii]nitials|[Cc]lient|[Ss]ubject|[Bb]aby)[:\s]\s{0,2}((?:[A-Z]\.){2,3})(?!\w)"
)
_DOTTED = re.compile(r"\.[A-Z]\.")
_TITLES_DOTTED = frozenset(
    "M.D. D.O. P.O. I.V. I.M. E.R. O.D. A.M. P.M. R.N. P.A. N.P. U.S. O.T. P.T.".split()
)
_SPOKEN = 0.6
"""Of the lines of a conversation so many begin with who speaks."""


def find_initials(reading: Reading, lexicon: Lexicon) -> Iterator[Find]:
    """Yield who is written of, signs or speaks by initials; in a chat with times, by any name."""
    text, starts = reading.text, reading.starts
    yield from _announced(text)
    for at, piece in enumerate(reading.pieces):
        if len(piece) > _SHORT or not piece.isupper():
            continue
        found = _INITIALS.match(text, starts[at])
        if found is not None and _is_somebody(text, found, lexicon):
            yield Find(*found.span(), Kind.NAME, 0.85, "initials for somebody")
    if ":" in text:
        yield from _speakers(text)
    for found in _TIMED.finditer(text) if "[" in text else ():
        words = [word.strip(".").lower() for word in found[1].split()]
        if not all(word in lexicon.known or word in ROLES for word in words):
            yield Find(found.start(1), found.end(1), Kind.NAME, 0.86, "who writes")


def _announced(text: str) -> Iterator[Find]:
    """Yield patients by their initials: "Pt R.P. was seen"."""
    for found in near(_ABBREVIATED, text, spans(_DOTTED, text), 20, 8):
        if found[1] not in _TITLES_DOTTED:
            yield Find(found.start(1), found.end(1), Kind.NAME, 0.85, "initials behind who it is")


def _is_somebody(text: str, found: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether what stands beside letters says that they are somebody's initials."""
    letters, (start, end) = found[0], found.span()
    if letters in _NOBODY or text[start - 1 : start].isalnum() or text[start - 1 : start] == ".":
        return False
    if letters.count(".") > 2:
        return letters not in _DOTTED_NOBODY and text[end : end + 1] != "/"
    before, after = text[max(0, start - _LOOK) : start], text[end : end + _LOOK]
    begins = not before or before[-1] == "\n" or before.endswith(_STOPS)
    if begins and _IS.match(after):
        return True
    return not _is_term(letters, lexicon) and bool(
        (begins and _DOES.match(after))
        or (_CREDENTIAL.match(after) and _SIGNS.search(before))
        or (_ENDS.match(after) and _DID.search(before))
    )


def _is_term(letters: str, lexicon: Lexicon) -> bool:
    """Whether letters are an abbreviation that charts use, and so nobody's."""
    plain = letters.replace(".", "")
    return plain.upper() in _NOBODY or (
        "." not in letters and (plain.lower() in lexicon.common or plain.lower() in lexicon.forms)
    )


def _speakers(text: str) -> Iterator[Find]:
    """Yield who speaks by their initials, in a text that is a conversation."""
    turns = list(_TURN.finditer(text))
    counted = Counter(found[1] for found in turns)
    lines = sum(bool(line.strip()) for line in text.splitlines())
    if not turns or sum(1 for _ in _LABEL.finditer(text)) < _SPOKEN * lines:
        return
    for found in turns:
        if counted[found[1]] > 1 and found[1] not in _NOBODY:
            yield Find(found.start(1), found.end(1), Kind.NAME, 0.86, "who speaks, by initials")
