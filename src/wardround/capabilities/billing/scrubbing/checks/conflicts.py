"""Diagnoses beside the patient and the procedure: age, sex and side."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from wardround.capabilities.billing.model import Claim, ServiceLine
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import category, listed
from wardround.capabilities.billing.scrubbing.rule import Hit
from wardround.capabilities.billing.scrubbing.tables import Term

AGES = (
    ("age-newborn", "newborn", 0, 0),
    ("age-pediatric", "pediatric", 0, 17),
    ("age-maternity", "maternity", 9, 64),
    ("age-adult", "adult", 15, 124),
)
PERINATAL = 28
"""Days of the perinatal period after birth (ICD-10-CM Official Guidelines, I.C.16)."""

SEX_BY_CHOICE = "45"
"""The condition code that says that a sex conflict is none (NUBC; Medicare: modifier KX)."""


def ages(case: Case) -> Iterator[Hit]:
    """Each diagnosis is of the patient's age."""
    if case.age is None or case.age_days is None:
        return
    for where, one, _ in case.diagnoses():
        words = {"code": one.code, "age": case.age}
        for rule, name, youngest, oldest in AGES:
            if one.code in category(name) and not youngest <= case.age <= oldest:
                yield Hit(rule, f"{where}/code", words)
        if one.code.startswith("P") and case.age_days > PERINATAL and case.age >= 1:
            yield Hit("age-perinatal", f"{where}/code", words)


def sexes(case: Case) -> Iterator[Hit]:
    """Each diagnosis is of the patient's sex, or the claim says that it need not be."""
    rule, name = {"M": ("sex-female", "female"), "F": ("sex-male", "male")}.get(
        case.claim.patient.sex, ("", "")
    )
    if not rule or said_on_purpose(case.claim):
        return
    for where, one, _ in case.diagnoses():
        if one.code in category(name):
            yield Hit(rule, f"{where}/code", {"code": one.code})


def said_on_purpose(claim: Claim) -> bool:
    """Return whether the claim says that what goes against the sex is meant."""
    stated = any(one.code == SEX_BY_CHOICE for one in claim.conditions)
    return stated or any("KX" in line.modifiers for line in claim.lines)


def sides(case: Case) -> Iterator[Hit]:
    """Each line's side is that of its diagnoses."""
    for where, line in case.lines():
        left = set(line.modifiers) & listed("left")
        right = set(line.modifiers) & listed("right")
        terms = [case.terms[place] for place in _reasons(case, line)]
        named = [term for term in terms if term is not None and term.side in _OTHER]
        if any(term is not None and term.side == "bilateral" for term in terms):
            continue
        if not named:
            yield from _open(where, line, terms, left, right)
        elif bool(left) != bool(right):
            done = "left" if left else "right"
            yield from _against(
                where, line, done, [(one.code, one.side) for one in named], len(terms)
            )
        elif "50" in line.modifiers and len({one.side for one in named}) == 1:
            words = {"line": line.number, "side": named[0].side}
            yield Hit("laterality-both", f"{where}/modifiers", words)


def _reasons(case: Case, line: ServiceLine) -> Sequence[int]:
    """Return the diagnoses of a line: those it points to, or all of an institutional claim."""
    return case.pointed(line) if case.professional else range(len(case.terms))


_OTHER = {"left": "right", "right": "left"}


def _open(
    where: str, line: ServiceLine, terms: Sequence[Term | None], left: set[str], right: set[str]
) -> Iterator[Hit]:
    vague = next((one for one in terms if one is not None and one.side == "unspecified"), None)
    if vague is not None and bool(left) != bool(right):
        words = {
            "line": line.number, "done": "left" if left else "right",
            "modifier": min(left | right), "code": vague.code,
        }  # fmt: skip
        yield Hit("laterality-open", f"{where}/modifiers", words)


def _against(
    where: str, line: ServiceLine, done: str, named: list[tuple[str, str]], count: int
) -> Iterator[Hit]:
    if any(side == done for _, side in named):
        return
    code, side = named[0]
    modifier = next(one for one in line.modifiers if one in listed(done))
    words = {"line": line.number, "done": done, "modifier": modifier, "side": side, "code": code}
    rule = "laterality" if len(named) == count else "laterality-part"
    yield Hit(rule, f"{where}/modifiers", words)


def pairs(case: Case) -> Iterator[Hit]:
    """Two diagnoses that differ in the side alone: both sides have a code, or one is vague."""
    families: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for where, one, term in case.diagnoses():
        if term is not None and term.side and one.use == "diagnosis":
            families[term.family].setdefault(term.side, (f"{where}/code", one.code))
    for found in families.values():
        one_side = found.get("left") or found.get("right")
        known = found.get("bilateral") or one_side
        if "unspecified" in found and known:
            where, vague = found["unspecified"]
            yield Hit("sides-vague", where, {"vague": vague, "known": known[1]})
        if "bilateral" in found and one_side:
            where, code = one_side
            yield Hit("sides-over", where, {"one": code, "both": found["bilateral"][1]})
        elif "left" in found and "right" in found:
            first, (where, second) = found["left"][1], found["right"]
            both = case.tables.both_sides(first, case.coded_on)
            if both:
                yield Hit("sides-both", where, {"first": first, "second": second, "both": both})


CHECKS = (ages, sexes, sides, pairs)
