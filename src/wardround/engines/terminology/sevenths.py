"""The seventh characters that complete a code: defined at it or above it, some barred by a note."""

import re

from wardround.engines.terminology.concept import Seventh
from wardround.engines.terminology.rows import Rows

_BARRED = re.compile(
    r"7th characters? ([0-9A-Z](?:(?:, | and | or )[0-9A-Z])*) do(?:es)? not apply to codes in "
    r"(?:sub)?category ([0-9A-Z.]+) with 6th characters? (.*)"
)
_SIXTH = re.compile(r"\b([0-9A-Z]) -")


def sevenths_of(rows: Rows, place: int) -> tuple[Seventh, ...]:
    """Return the characters that complete the code at ``place``, which has none under it.

    Where the list of all codes is known, it decides; else the notes do, such as that of S06:
    "7th characters D and S do not apply to codes in category S06 with 6th character 7 - death …".
    """
    stem = rows.codes[place].replace(".", "")
    at = place
    while at >= 0 and at not in rows.sevenths:
        at = rows.parents[at]
    if at < 0 or len(stem) == 7:
        return ()
    filled = stem.ljust(6, "X")
    barred = _barred(rows, at, filled) if rows.allowed is None else ""
    return tuple(
        Seventh(char, meaning)
        for char, meaning in rows.sevenths[at].items()
        if char not in barred and (rows.allowed is None or filled + char in rows.allowed)
    )


def _barred(rows: Rows, at: int, filled: str) -> str:
    held = rows.notes.get(at, {})
    found = ""
    for note in (*held.get("notes", ()), *held.get("seventh_note", ())):
        said = _BARRED.search(note)
        if said is None or not filled.startswith(said[2].replace(".", "")):
            continue
        if filled[5] in _SIXTH.findall(said[3]):
            found += "".join(re.findall(r"\b[0-9A-Z]\b", said[1]))
    return found
