"""Descriptor files of the AMA: ``LONGULT.txt`` (tabs), ``MEDU.txt`` and ``SHORTU.txt`` (columns).

A few lines of copyright stand above; then every line is a code and its descriptor.
"""

import re

from wardround.engines.terminology.lines import Lines

_CODE = r"[0-9]{4}[0-9AFMTU]"
_TABBED = re.compile(rf"({_CODE})\t(.*\S)\s*")
_SPACED = re.compile(rf"({_CODE}) (\S.{{0,47}}?)\s*")
_HEAD = 60
"""Lines of copyright and headings that may stand above the first code."""


def read_cpt(lines: Lines) -> list[str]:
    """Return codes and descriptors, a tab between; raise ``InvalidInput`` with the line."""
    kept: list[str] = []
    seen: dict[str, int] = {}
    layout: re.Pattern[str] | None = None
    for line in lines:
        if not line.strip():
            continue
        if layout is None:
            layout = next((one for one in (_TABBED, _SPACED) if one.fullmatch(line)), None)
            if layout is None:
                if lines.number > _HEAD or re.match(rf"{_CODE}\b", line):
                    raise _wrong(lines)
                continue
        found = layout.fullmatch(line)
        if found is None:
            raise _wrong(lines)
        code, words = found[1], " ".join(found[2].split())
        if code in seen:
            raise lines.fault(f"{code} stands at line {seen[code]} already.", "Keep one line.")
        seen[code] = lines.number
        kept.append(f"{code}\t{words}")
    if not kept:
        raise _wrong(lines)
    return kept


def _wrong(lines: Lines) -> Exception:
    return lines.fault(
        "This is not the layout of a CPT descriptor file: a code, a tab, its descriptor.",
        "Take LONGULT.txt of the AMA's data files (or MEDU.txt, SHORTU.txt).",
    )
