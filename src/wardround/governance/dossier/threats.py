"""The threats that the project's threat model tells of, as its page has them."""

import re
from typing import NamedTuple

_ROW = re.compile(r"^\| ([STRIDE]) \|(.*)\|\s*$")
_HEAD = re.compile(r"^## (.+?)\s*$")


class Threat(NamedTuple):
    """A threat by STRIDE, where it is met, what stands against it, and the tests that prove it."""

    kind: str
    flow: str
    threat: str
    control: str
    proof: str


def read_threats(page: str) -> list[Threat]:
    """Return the rows of a threat model's tables, each with the heading that it stands under."""
    found, flow = [], ""
    for line in page.splitlines():
        if head := _HEAD.match(line):
            flow = head[1]
        elif row := _ROW.match(line):
            cells = [cell.strip() for cell in row[2].split("|")]
            if len(cells) == 3:
                found.append(Threat(row[1], flow, *cells))
    return found
