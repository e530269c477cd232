"""ICD-10-CM codes with descriptions: the order file of CMS and the CDC, in fixed columns.

Columns, counted from 1: order number 1-5, code 7-13, 15 whether it may stand on a claim (1) or is a
heading (0), short description 17-76, long description from 78.
"""

import re

from wardround.engines.terminology.concept import dotted
from wardround.engines.terminology.lines import Lines
from wardround.engines.terminology.rows import Rows
from wardround.kernel import InvalidInput

_ROW = re.compile(r"([0-9]{5}) ([A-Z][0-9A-Z]{2,6}) *([01]) (.{60}) (.+?)\s*")


def read_order(lines: Lines) -> Rows:
    """Return the codes as rows without notes; raise ``InvalidInput`` with the line of a fault."""
    rows = Rows()
    billable: set[str] = set()
    places: dict[str, int] = {}
    for line in lines:
        if not line.strip():
            continue
        found = _ROW.fullmatch(line)
        if found is None or line[14:15] != found[3]:
            raise lines.fault(
                "This is no row of an ICD-10-CM order file.",
                "Take icd10cm-order-YYYY.txt of the CDC (or icd10cm_order_YYYY.txt of CMS).",
            )
        code, words = found[2], " ".join(found[5].split())
        if code in places:
            raise lines.fault(f"{dotted(code)} stands above already.", "Take the file again.")
        stems = (code[:length] for length in range(len(code) - 1, 2, -1))
        above = next((places[stem] for stem in stems if stem in places), -1)
        places[code] = rows.add(dotted(code), words, above, 2 if len(code) == 3 else 3)
        if found[3] == "1":
            billable.add(code)
    if not places:
        raise InvalidInput("There is no code in it.", where=str(lines.path))
    rows.billable, rows.allowed = billable, set(places)
    return rows
