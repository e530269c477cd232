"""The diagnoses: there, complete, in force, each once, in the order of the guidelines."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from wardround.capabilities.billing.model import Diagnosis
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import Beginnings, category
from wardround.capabilities.billing.scrubbing.rule import Hit, table

FORM = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
USES = {"diagnosis": 25, "admitting": 1, "reason": 3, "external": 12}
MOST = 12
EXTERNAL = tuple("VWXY")
DRUG = re.compile(r"T(?:3[6-9]|4[0-9]|50).*[56][ADS]?")
"""An adverse effect (5) or underdosing (6) of a drug: its nature is coded first (I.C.19.e.5)."""


def present(case: Case) -> Iterator[Hit]:
    """There are diagnoses, of each use no more than the form holds."""
    uses = Counter(one.use for one in case.claim.diagnoses)
    if not uses["diagnosis"]:
        yield Hit("diagnosis-missing", "/diagnoses")
    if case.professional:
        total = len(case.claim.diagnoses)
        if total > MOST:
            yield Hit("diagnoses-many", "/diagnoses", {"most": MOST, "use": ""})
    else:
        for use, most in USES.items():
            if uses[use] > most:
                said = "" if use == "diagnosis" else f' of the use "{use}"'
                yield Hit("diagnoses-many", "/diagnoses", {"most": most, "use": said})
    for where, one, _ in case.diagnoses():
        if one.use not in USES:
            yield Hit("diagnosis-use", f"{where}/use", {"code": one.code})


def codes(case: Case) -> Iterator[Hit]:
    """Each code is complete and in force on the day whose code set counts."""
    on = case.coded_on
    unsure = False
    for place, one in enumerate(case.claim.diagnoses):
        where = f"/diagnoses/{place}/code"
        if not FORM.fullmatch(one.code):
            yield Hit("diagnosis-form", where, {"place": place + 1})
            continue
        if on is None:
            continue
        stands = case.tables.standing(one.code, on)
        unsure = unsure or not stands.sure
        if stands.state == "valid":
            continue
        if not stands.sure:
            words = {"code": one.code, "state": _DOUBTS.get(stands.state, "is no code")}
            yield Hit("diagnosis-doubtful", where, words)
        else:
            rule = "diagnosis-incomplete" if stands.state == "incomplete" else "diagnosis-invalid"
            yield Hit(rule, where, {"reason": stands.says, "mend": stands.mend})
    if unsure:
        yield Hit("edition-missing", "/diagnoses", {"on": on})


_DOUBTS = {"incomplete": "is not complete"}


def twice(case: Case) -> Iterator[Hit]:
    """No diagnosis stands twice with the same use."""
    seen: set[tuple[str, str]] = set()
    for where, one, _ in case.diagnoses():
        key = (one.use, one.code.replace(".", ""))
        if key in seen:
            yield Hit("diagnosis-twice", f"{where}/code", {"code": one.code})
        seen.add(key)


def _coded(case: Case) -> list[tuple[str, Diagnosis]]:
    return [
        (f"/diagnoses/{place}", one)
        for place, one in enumerate(case.claim.diagnoses)
        if one.use == "diagnosis"
    ]


def excluded(case: Case) -> Iterator[Hit]:
    """No two diagnoses exclude each other."""
    for (_, first), (where, second) in combinations(_coded(case), 2):
        if first.code != second.code and case.tables.excludes(
            first.code, second.code, case.coded_on
        ):
            words = {"first": first.code, "second": second.code}
            yield Hit("excludes-one", f"{where}/code", words)


def order(case: Case) -> Iterator[Hit]:
    """See that nothing stands first that may not."""
    coded = _coded(case)
    if not coded:
        return
    where, first = coded[0]
    code, where, words = first.code.replace(".", ""), f"{where}/code", {"code": first.code}
    if code.startswith(EXTERNAL):
        yield Hit("external-first", where, words)
    elif code in category("manifestation"):
        yield Hit("manifestation-first", where, words)
    elif code in _secondary("sequela") or (len(code) == 7 and code.endswith("S")):
        yield Hit("sequela-first", where, words)
    elif code in _secondary("never_first"):
        yield Hit("secondary-first", where, words)
    elif case.inpatient and (code in category("unacceptable") or DRUG.fullmatch(code)):
        yield Hit("principal-unacceptable", where, words)


@cache
def _secondary(name: str) -> Beginnings:
    return Beginnings(frozenset(str(table("lists/secondary.toml")[name]).split()))


def code_first(case: Case) -> Iterator[Hit]:
    """See that no diagnosis stands before one that its own note wants coded first."""
    coded = _coded(case)
    for place, (where, one) in enumerate(coded):
        first = [case.tables.comes_first(other.code, one.code, case.coded_on) for _, other in coded]
        if any(first[place + 1 :]) and not any(first[:place]):
            other = coded[first.index(True, place + 1)][1]
            yield Hit("code-first", f"{where}/code", {"code": one.code, "other": other.code})


def symptoms(case: Case) -> Iterator[Hit]:
    """Find a line for symptoms alone, where the claim has what may explain them."""
    definite = any(one.code[:1] in set("ABCDEFGHIJKLMNOPQST") for one in case.claim.diagnoses)
    if not definite:
        return
    for where, line in case.lines():
        pointed = [case.claim.diagnoses[one].code for one in case.pointed(line)]
        if pointed and all(code.startswith("R") for code in pointed):
            words = {"line": line.number, "code": ", ".join(pointed)}
            yield Hit("symptom-with-cause", f"{where}/pointers", words)


CHECKS = (present, codes, twice, excluded, order, code_first, symptoms)
