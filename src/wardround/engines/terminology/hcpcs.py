"""HCPCS Level II in the record layout of CMS (``HCPC2026_JAN_ANWEB.txt``).

Columns, counted from 1: code 1-5 (of a modifier 4-5), sequence 6-10, record 11 (3 and 7 begin a
procedure and a modifier, 4 and 8 continue it), long description 12-91, short description 92-119,
added 269-276, in effect 277-284, ended 285-292, action 293.
"""

import re

from wardround.engines.terminology.cells import a_date
from wardround.engines.terminology.lines import Lines
from wardround.kernel import InvalidInput

_FIRST, _NEXT = {"3", "7"}, {"4", "8"}
_CODE = re.compile(r"[A-Z][0-9]{4}|[0-9A-Z]{2}")
_WIDTH = 284
"""What every record has; the last day and what follows may be blank and left away."""


def read_hcpcs(lines: Lines) -> list[str]:
    """Return code, description, short description, first and last day, with tabs between."""
    held: dict[str, list[str]] = {}
    began: dict[str, int] = {}
    last = ""
    for line in lines:
        if not line.strip():
            continue
        code, record = line[:5].strip(), line[10:11]
        if not _CODE.fullmatch(code) or record not in _FIRST | _NEXT or not line[5:10].isdigit():
            raise _wrong(lines)
        words = " ".join(line[11:91].split())
        if record in _NEXT:
            if code != last:
                raise lines.fault(f"{code} is continued here but did not begin above.", _MEND)
            held[code][0] = f"{held[code][0]} {words}".strip()
            continue
        if code in held:
            raise lines.fault(f"{code} stands at line {began[code]} already.", "Keep one.")
        held[code] = [words, " ".join(line[91:119].split()), *_dates(lines, line)]
        began[code] = lines.number
        last = code
    if not held:
        raise InvalidInput("There is no code in it.", where=str(lines.path), mend=_MEND)
    return ["\t".join([code, *cells]) for code, cells in held.items()]


def _dates(lines: Lines, line: str) -> list[str]:
    """Return the day the code was added, or its last change took effect, and its last day."""
    if len(line) < _WIDTH:
        raise lines.fault("The record is cut off.", _MEND)
    try:
        added, _, ended = (a_date(line[at : at + 8].strip()) for at in (268, 276, 284))
    except ValueError as error:
        raise lines.fault(f"A date {error}.", _MEND) from None
    return [added, ended]


_MEND = "Take HCPCyyyy_MMM_ANWEB.txt of CMS again."


def _wrong(lines: Lines) -> Exception:
    return lines.fault("This is not the record layout of HCPCS Level II.", _MEND)
