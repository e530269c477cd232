"""General equivalence mappings of CMS (``2018_I9gem.txt``): source, target, five flags.

The flags: approximate, no map, combination, scenario, choice list (GEM documentation, CMS 2018).
"""

import re

from wardround.engines.terminology.lines import Lines
from wardround.kernel import InvalidInput

_ROW = re.compile(
    r"([0-9A-Z]{3,7})\s+([0-9A-Z]{3,7}|NoDx|NoPCS)\s+([01])([01])([01])([0-9])([0-9])\s*"
)


def read_gem(lines: Lines) -> list[str]:
    """Return source, target (empty where there is none) and flags, with tabs between."""
    kept: dict[str, int] = {}
    for line in lines:
        if not line.strip():
            continue
        found = _ROW.fullmatch(line)
        if found is None:
            raise lines.fault(
                "This is no row of a GEM file: a code, a code, five flags.",
                "Take 2018_I9gem.txt or 2018_I10gem.txt of CMS.",
            )
        target = "" if found[4] == "1" or found[2].startswith("No") else found[2]
        row = f"{found[1]}\t{target}\t{''.join(found.groups()[2:])}"
        if row in kept:
            raise lines.fault(f"This row stands at line {kept[row]} already.", "Keep one.")
        kept[row] = lines.number
    if not kept:
        raise InvalidInput("There is no row in it.", where=str(lines.path))
    return list(kept)
