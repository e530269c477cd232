"""The claim as a whole: its number, frequency, place, statements, accidents, sum."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.lists.listing import beginning, listed
from wardround.capabilities.billing.scrubbing.rule import Hit, Rule, rules

CONTROL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*")
CLIA = re.compile(r"[0-9]{2}D[0-9]{7}")
MOST = Decimal("99999999.99")
MUCH = {True: Decimal("999999.99"), False: Decimal("9999999.99")}
VEHICLE = tuple(f"V{tens}" for tens in range(10))
WORK = "Y99.0"


def required(case: Case) -> Iterator[Hit]:
    """Every field that a rule declares as needed."""
    for rule in _fields():
        if case.claim.kind in rule.kinds:
            value: object = case.claim
            for name in rule.field.split("."):
                value = getattr(value, name)
            if value in {None, ""}:
                yield Hit(rule.id, "/" + rule.field.replace(".", "/"))


@cache
def _fields() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules().values() if rule.field)


def numbered(case: Case) -> Iterator[Hit]:
    """Look at the control number, the frequency, and the claim before."""
    claim = case.claim
    if not CONTROL.fullmatch(claim.id):
        yield Hit("control-form", "/id")
    born = claim.patient.birth_date
    name = "".join(letter for letter in claim.patient.last.casefold() if letter.isalpha())
    plain = re.sub(r"[^a-z0-9]", "", claim.id.casefold())
    dated = born is not None and any(born.strftime(form) in plain for form in ("%Y%m%d", "%m%d%Y"))
    if dated or (len(name) >= 4 and name in plain):
        yield Hit("control-name", "/id")
    allowed = "frequencies_professional" if case.professional else "frequencies_institutional"
    if case.frequency not in listed(allowed):
        yield Hit("frequency-form", "/frequency")
    elif case.frequency in {"7", "8"} and not claim.original:
        yield Hit("original-missing", "/original", {"frequency": case.frequency})
    elif case.frequency == "1" and claim.original:
        yield Hit("original-idle", "/frequency")


def stated(case: Case) -> Iterator[Hit]:
    """Place of service, and what provider and patient have signed."""
    claim = case.claim
    if not claim.place:
        yield Hit("place-missing", "/place")
    elif claim.place not in listed("places"):
        yield Hit("place-form", "/place", {"place": claim.place}, "2300 CLM05-1")
    for where, line in case.lines():
        if line.place and line.place not in listed("places"):
            yield Hit("place-form", f"{where}/place", {"place": line.place}, "2400 SV105")
    if claim.accept_assignment not in {"A", "B", "C"}:
        yield Hit("assignment-form", "/accept_assignment")
    if claim.benefits_assigned not in {"Y", "N", "W"}:
        yield Hit("benefits-form", "/benefits_assigned")
    if claim.release not in {"Y", "I"}:
        yield Hit("release-form", "/release")
    if not claim.signature_on_file:
        yield Hit("signature-missing", "/signature_on_file")


def mixed(case: Case) -> Iterator[Hit]:
    """See that a professional claim has nothing of an institutional one."""
    claim = case.claim
    for what, where, there in (
        ("a type of bill", "/bill_type", claim.bill_type),
        ("revenue codes", "/lines", any(line.revenue for line in claim.lines)),
        ("an attending provider", "/attending", claim.attending),
    ):
        if there:
            yield Hit("kind-mixed", where, {"what": what})


def laboratory(case: Case) -> Iterator[Hit]:
    """CLIA: every laboratory test names the certificate under which it was done."""
    claim = case.claim
    if claim.clia:
        if not CLIA.fullmatch(claim.clia):
            yield Hit("clia-form", "/clia")
        return
    for _, line in case.lines():
        words = {"line": line.number}
        if "QW" in line.modifiers:
            yield Hit("clia-missing", "/clia", words)
        elif case.filing in {"MB", "MC"} and _is_laboratory(line.procedure):
            yield Hit("clia-laboratory", "/clia", words)


def _is_laboratory(code: str) -> bool:
    number = len(code) == 5 and code.isdigit()
    return number and "80047" <= code <= "89398" and code not in beginning("without_clia")


def accident(case: Case) -> Iterator[Hit]:
    """See that an accident says its cause, date and state; that onset and accident came first."""
    claim, first = case.claim, case.first_day
    caused = next(
        (one.code for one in claim.diagnoses if one.code.startswith(VEHICLE) or one.code == WORK),
        None,
    )
    if claim.accident:
        causes = set(claim.accident.replace(",", " ").split())
        if not causes <= listed("related_causes"):
            yield Hit("accident-form", "/accident")
        elif claim.accident_date is None:
            yield Hit("accident-date", "/accident_date")
        if "AA" in causes and claim.accident_state not in listed("states"):
            yield Hit("accident-state", "/accident_state")
        if "EM" in causes and case.filing != "WC":
            yield Hit("work-payer", "/accident")
    elif caused is not None and case.professional:
        yield Hit("accident-unsaid", "/accident", {"code": caused})
    at = claim.accident_date
    if at is not None and (at > case.on or (first is not None and at > first)):
        yield Hit("accident-late", "/accident_date")
    begun, last = claim.onset, case.through
    if begun is not None and (begun > case.on or (last is not None and begun > last)):
        yield Hit("onset-late", "/onset")


def money(case: Case) -> Iterator[Hit]:
    """Look at the sum of the charges, and what the patient has paid of it."""
    total, paid = case.claim.total, case.claim.patient_paid
    if total > MOST:
        yield Hit("total-overflow", "/lines", {"total": f"{total:,}"})
    elif total > MUCH[case.professional]:
        yield Hit("total-large", "/lines", {"total": f"{total:,}"})
    if paid is not None and not 0 <= paid <= total:
        yield Hit("paid-more", "/patient_paid")


CHECKS = (required, numbered, stated, mixed, laboratory, accident, money)
