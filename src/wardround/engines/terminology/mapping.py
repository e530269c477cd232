"""From one code system to another, by maps that a site loaded.

GEM: source, target, flags (approximate, no map, combination, scenario, choice list). A combination
names several targets that stand for the source together. SNOMED CT to ICD-10-CM: a rule says when a
target holds; rules of sex, age and other findings are given to the reader, not decided here.
"""

from datetime import date
from typing import NamedTuple

from wardround.engines.terminology.concept import dotted, plain
from wardround.engines.terminology.manifest import Manifest
from wardround.engines.terminology.shelf import Shelf
from wardround.kernel import Unavailable

_ICD10 = "icd10cm"


class Match(NamedTuple):
    """A target. ``equivalence`` as in FHIR R4; ``group`` numbers targets that belong together.

    ``rule`` and ``advice`` are the map's own words; ``source`` names the map.
    """

    code: str
    equivalence: str
    group: str
    rule: str
    advice: str
    source: str


def matches(
    shelf: Shelf, system: str, code: str, target: str, on: date | None = None
) -> list[Match]:
    """Return what the loaded maps make of a code; raise ``Unavailable`` where there is none."""
    found: list[Match] = []
    pair = f"{system}-{target}"
    asked = False
    if (system, target) == ("snomed", _ICD10):
        for edition in shelf.of("snomed-map")[-1:]:
            asked = True
            found += _snomed(shelf, edition, code)
    for edition in shelf.of("gem", pair)[-1:]:
        asked = True
        found += _gem(shelf, edition, code)
    for edition in shelf.of("map", pair):
        if on is None or edition.start <= on <= edition.end:
            asked = True
            found += [
                Match(row[1], row[2] or "relatedto", "1", "", "", edition.name)
                for row in shelf.rows(edition).find(code)
            ]
    if not asked:
        raise Unavailable(
            f"No map from {system} to {target} is loaded.",
            mend=f"Load one: wardround terms load FILE --kind map --variant {pair}",
        )
    return found


def _snomed(shelf: Shelf, edition: Manifest, code: str) -> list[Match]:
    rows = [row for row in shelf.rows(edition).find(code) if row[6] == "1" and row[1]]
    rows.sort(key=lambda row: (int(row[2]), int(row[3])))
    return [
        Match(
            row[1].rstrip("?"),
            "relatedto" if row[4] in {"TRUE", "OTHERWISE TRUE"} else "inexact",
            row[2],
            row[4],
            row[5],
            edition.name,
        )
        for row in rows
    ]


def _gem(shelf: Shelf, edition: Manifest, code: str) -> list[Match]:
    to_icd10 = edition.variant.endswith(_ICD10)
    found = []
    for row in shelf.rows(edition).find(plain(code)):
        target, flags = row[1], row[2]
        if not target:
            found.append(Match("", "unmatched", "", "", "", edition.name))
            continue
        printed = dotted(target) if to_icd10 else _icd9(target)
        approximate = "inexact" if flags[0] == "1" else "equivalent"
        together = f"{flags[3]}.{flags[4]}" if flags[2] == "1" else ""
        found.append(Match(printed, approximate, together, "", "", edition.name))
    return sorted(found, key=lambda one: (one.equivalence != "equivalent", one.group, one.code))


def _icd9(code: str) -> str:
    whole = 4 if code.startswith("E") else 3
    return f"{code[:whole]}.{code[whole:]}" if len(code) > whole else code
