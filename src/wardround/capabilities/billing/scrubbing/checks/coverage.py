"""Who is insured, with whom, and who the patient is."""

import re
from collections.abc import Iterator
from datetime import date

from wardround.capabilities.billing.model import Subscriber
from wardround.capabilities.billing.scrubbing.case import MEDICARE, Case
from wardround.capabilities.billing.scrubbing.lists.listing import listed
from wardround.capabilities.billing.scrubbing.rule import Hit

IDENTIFIER = re.compile(r"[A-Za-z0-9-]{2,80}")
_LETTER = "[AC-HJKMNP-RT-Y]"
_ANY = "[AC-HJKMNP-RT-Y0-9]"
MBI = re.compile(rf"[1-9]{_LETTER}{_ANY}[0-9]{_LETTER}{_ANY}[0-9]{_LETTER}{{2}}[0-9]{{2}}")
MAX_AGE = 124


def coverage(case: Case) -> Iterator[Hit]:
    """Each coverage: place, filing indicator, payer, member id."""
    claim = case.claim
    if not claim.subscribers:
        yield Hit("subscriber-missing", "/subscribers")
        return
    taken: set[str] = set()
    for place, one in enumerate(claim.subscribers):
        where, loop = f"/subscribers/{place}", "2010BA" if place == 0 else "2330A"
        if one.responsibility not in listed("responsibility"):
            yield Hit("responsibility-form", f"{where}/responsibility")
        elif one.responsibility in taken and one.responsibility != "U":
            words = {"place": one.responsibility}
            yield Hit("responsibility-twice", f"{where}/responsibility", words)
        taken.add(one.responsibility)
        after = one.responsibility in {"S", "T"}
        if one.filing in MEDICARE and after and not one.insurance_type:
            yield Hit("insurance-type", f"{where}/insurance_type")
        yield from _payer(where, one, loop)
    born = claim.subscribers[0].birth_date
    if born is not None and born > case.on:
        yield Hit("subscriber-birth", "/subscribers/0/birth_date")
    if taken & set("ST") and "P" not in taken:
        yield Hit("primary-missing", "/subscribers")


def coordination(case: Case) -> Iterator[Hit]:
    """Look at what insurers before this one decided: told at all, and to the cent."""
    claim = case.claim
    if claim.subscribers and claim.subscribers[0].responsibility in {"S", "T"}:
        for place, one in enumerate(claim.subscribers[1:], 1):
            if one.responsibility == "P" and one.paid is None:
                yield Hit("cob-undecided", f"/subscribers/{place}", {"payer": one.payer.name})
    for where, line in case.lines():
        for told in line.adjudications:
            less = sum((one.amount for one in told.adjustments), told.paid)
            if less != line.charge:
                words = {"payer": told.payer, "line": line.number}
                words |= {"decided": less, "charge": line.charge}
                yield Hit("cob-unbalanced", f"{where}/adjudications", words)


def _payer(where: str, one: Subscriber, loop: str) -> Iterator[Hit]:
    payer = "2010BB" if loop == "2010BA" else "2330B"
    if not one.filing:
        yield Hit("filing-missing", f"{where}/filing")
    elif one.filing not in listed("filing"):
        yield Hit("filing-form", f"{where}/filing")
    elif one.filing == "MA":
        yield Hit("filing-part-a", f"{where}/filing")
    if not one.payer.name:
        yield Hit("payer-name", f"{where}/payer/name", segment=f"{payer} NM103")
    if not one.payer.id:
        yield Hit("payer-id", f"{where}/payer/id", segment=f"{payer} NM109")
    elif not IDENTIFIER.fullmatch(one.payer.id):
        yield Hit("payer-id-form", f"{where}/payer/id", segment=f"{payer} NM109")
    if not one.member_id:
        yield Hit("member-id", f"{where}/member_id", segment=f"{loop} NM109")
    elif not IDENTIFIER.fullmatch(one.member_id):
        yield Hit("member-id-form", f"{where}/member_id", segment=f"{loop} NM109")
    elif one.filing in MEDICARE and not MBI.fullmatch(one.member_id.upper().replace("-", "")):
        yield Hit("mbi-form", f"{where}/member_id", segment=f"{loop} NM109")


def subscriber(case: Case) -> Iterator[Hit]:
    """Hold the subscriber beside the patient: named where another, the same where not."""
    claim, patient = case.claim, case.claim.patient
    if patient.relationship not in listed("relationships"):
        yield Hit("relationship", "/patient/relationship")
        return
    if not claim.subscribers:
        return
    first, where = claim.subscribers[0], "/subscribers/0"
    same = [
        (what, ours, theirs)
        for what, ours, theirs in (
            ("last name", patient.last, first.last),
            ("first name", patient.first, first.first),
            ("birth date", patient.birth_date, first.birth_date),
            ("sex", patient.sex, first.sex),
        )
        if ours and theirs
    ]
    if patient.relationship == "18":
        for what, ours, theirs in same:
            if _plain(ours) != _plain(theirs):
                yield Hit("subscriber-self", where, {"what": what})
        return
    if first.filing in MEDICARE:
        yield Hit("medicare-dependent", "/patient/relationship")
    for part, value in (("last", first.last), ("first", first.first)):
        if not value:
            yield Hit("subscriber-name", f"{where}/{part}", {"part": part})
        yield from _name(f"{where}/{part}", part, "subscriber", value)
    if len(same) >= 3 and all(_plain(ours) == _plain(theirs) for _, ours, theirs in same):
        yield Hit("subscriber-other", "/patient/relationship")


def _name(where: str, part: str, who: str, value: str) -> Iterator[Hit]:
    words = {"part": part, "who": who}
    if value and not any(letter.isalpha() for letter in value):
        yield Hit("name-form", where, words)
    elif any(letter.isdigit() for letter in value):
        yield Hit("name-digits", where, words)


def _plain(value: str | date) -> str:
    return str(value).strip().casefold()


def patient(case: Case) -> Iterator[Hit]:
    """Look at the patient's name, sex, birth and death."""
    one = case.claim.patient
    for part, value in (("last", one.last), ("first", one.first)):
        yield from _name(f"/patient/{part}", part, "patient", value)
    if one.sex and one.sex not in {"F", "M", "U"}:
        yield Hit("sex-form", "/patient/sex")
    if one.birth_date is not None:
        if one.birth_date > case.on:
            yield Hit("birth-future", "/patient/birth_date")
        elif case.age is not None and case.age > MAX_AGE:
            yield Hit("age-limit", "/patient/birth_date")
    if one.death_date is not None:
        if one.birth_date is not None and one.death_date < one.birth_date:
            yield Hit("death-before-birth", "/patient/death_date")
        if one.death_date > case.on:
            yield Hit("death-future", "/patient/death_date")


CHECKS = (coverage, coordination, subscriber, patient)
