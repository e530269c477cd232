"""Procedures beside the patient and the payer: age, sex, units of a visit, Medicare's modifiers."""

from collections.abc import Iterator

from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.checks.conflicts import said_on_purpose
from wardround.capabilities.billing.scrubbing.lists.ranges import aged, group, modified, of_sex
from wardround.capabilities.billing.scrubbing.rule import Hit

OTHER = {"F": "M", "M": "F"}


def ages(case: Case) -> Iterator[Hit]:
    """See that each procedure is one of the patient's age."""
    if case.age is None:
        return
    for where, line in case.lines("procedure"):
        for one in aged():
            if line.procedure in one.codes and not one.youngest <= case.age <= one.oldest:
                words = {
                    "line": line.number, "code": line.procedure, "age": case.age,
                    "youngest": one.youngest, "oldest": one.oldest,
                }  # fmt: skip
                yield Hit("procedure-age", where, words)


def sexes(case: Case) -> Iterator[Hit]:
    """See that each procedure is one of the patient's sex, or said to be meant."""
    sex = case.claim.patient.sex
    if sex not in OTHER or said_on_purpose(case.claim):
        return
    for where, line in case.lines("procedure"):
        if line.procedure in of_sex(OTHER[sex]):
            words = {"line": line.number, "code": line.procedure, "sex": sex}
            yield Hit("procedure-sex", where, words)


def visits(case: Case) -> Iterator[Hit]:
    """See that a visit of one day is one unit."""
    for where, line in case.lines("units"):
        one_day = line.ends is None or line.ends == line.begins
        if line.procedure in group("visits") and one_day and line.units > 1:
            words = {"line": line.number, "units": f"{line.units.normalize():f}"}
            yield Hit("visit-units", where, words)


def medicare(case: Case) -> Iterator[Hit]:
    """See that therapy and anesthesia have the modifiers without which Medicare pays nothing."""
    if not case.medicare:
        return
    for where, line in case.lines("modifiers"):
        for one in modified():
            if line.procedure in one.codes and not one.modifiers & set(line.modifiers):
                words = {
                    "line": line.number,
                    "kind": one.kind,
                    "modifiers": ", ".join(sorted(one.modifiers)),
                }
                yield Hit("modifier-medicare", where, words)


CHECKS = (ages, sexes, visits, medicare)
