"""Who bills, renders, refers and attends: identifiers, addresses, names."""

import re
from collections.abc import Iterator

from wardround.capabilities.billing.model import Address
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.identity import npi_is_valid
from wardround.capabilities.billing.scrubbing.lists.listing import listed
from wardround.capabilities.billing.scrubbing.rule import Hit

TAXONOMY = re.compile(r"[0-9A-Z]{9}X")
TAX_ID = re.compile(r"[0-9]{2}-?[0-9]{7}|[0-9]{3}-?[0-9]{2}-?[0-9]{4}")
POST_BOX = re.compile(
    r"\bP\.?\s*O\.?\s*(?:BOX|B\b|DRAWER)|\bPOST(?:AL)?\s+(?:OFFICE\s+)?BOX\b|\bLOCK\s*BOX\b|^\s*BOX\s+[0-9]",
    re.IGNORECASE,
)
ZIP = re.compile(r"[0-9]{5}(?:-?[0-9]{4})?")
NINE = re.compile(r"[0-9]{5}-?[0-9]{4}")
SEPARATORS = re.compile(r"[*~^:]")

WITHOUT_PERSON = {"41", "42", "81", "01"}
"""Ambulance, laboratory, pharmacy: an organization renders the service itself."""

ELSEWHERE = {"19", "21", "22", "23", "24", "31", "32", "33", "34", "51", "52", "55", "56", "61"}
"""Places that are another organization's, with an NPI of its own."""


def identifiers(case: Case) -> Iterator[Hit]:
    """Each party's NPI and taxonomy, and the billing provider's tax number."""
    for named in case.parties:
        party, words = named.party, {"role": named.role}
        if not party.npi:
            yield Hit("npi-missing", f"{named.where}/npi", words, f"{named.loop} NM109")
        elif not npi_is_valid(party.npi):
            yield Hit("npi-form", f"{named.where}/npi", words, f"{named.loop} NM109")
        if party.taxonomy and not TAXONOMY.fullmatch(party.taxonomy):
            where = f"{named.where}/taxonomy"
            loop = "2000A" if named.where == "/billing" else named.loop
            yield Hit("taxonomy-form", where, words, f"{loop} PRV03")
        if not party.name and named.where != "/billing":
            yield Hit("party-name", f"{named.where}/name", words, f"{named.loop} NM103")
    billing = case.claim.billing
    if not billing.taxonomy:
        yield Hit("taxonomy-missing", "/billing/taxonomy")
    digits = billing.tax_id.replace("-", "")
    if digits and (not TAX_ID.fullmatch(billing.tax_id) or not digits.strip("0")):
        yield Hit("tax-id-form", "/billing/tax_id")


def addresses(case: Case) -> Iterator[Hit]:
    """Street, state and ZIP of billing provider, facility and patient."""
    claim = case.claim
    billing = claim.billing.address
    if POST_BOX.search(billing.line) or POST_BOX.search(billing.line2):
        yield Hit("post-box", "/billing/address/line")
    yield from _place("billing provider", "/billing/address", "2010AA", billing, nine=True)
    if claim.facility is not None:
        loop = "2310C" if case.professional else "2310E"
        facility = claim.facility.address
        yield from _place("service facility", "/facility/address", loop, facility, nine=True)
    if claim.pay_to is not None:
        yield from _place("pay-to address", "/pay_to", "2010AB", claim.pay_to, nine=False)
    loop = "2010BA" if claim.patient.relationship == "18" else "2010CA"
    yield from _place("patient", "/patient/address", loop, claim.patient.address, nine=False)


def _place(role: str, where: str, loop: str, at: Address, *, nine: bool) -> Iterator[Hit]:
    words = {"role": role}
    if at.country not in {"", "US", "USA"}:
        return
    if at.state not in listed("states"):
        yield Hit("state-form", f"{where}/state", words, f"{loop} N402")
    if not at.zip:
        yield Hit("zip-missing", f"{where}/zip", words, f"{loop} N403")
    elif nine and not NINE.fullmatch(at.zip):
        yield Hit("zip-nine", f"{where}/zip", words, f"{loop} N403")
    elif not ZIP.fullmatch(at.zip):
        yield Hit("zip-form", f"{where}/zip", words, f"{loop} N403")


def named(case: Case) -> Iterator[Hit]:
    """Who has to be named: a person who rendered, a facility, an attending provider."""
    claim = case.claim
    if claim.attending is None:
        yield Hit("attending-missing", "/attending")
    for where, line in case.lines():
        if (
            not claim.billing.first
            and claim.rendering is None
            and line.rendering is None
            and case.place_of(line) not in WITHOUT_PERSON
            and line.procedure[:1] not in set("AEKL")
        ):
            yield Hit("rendering-missing", where, {"line": line.number})
    places = {case.place_of(line) for line in claim.lines} or {claim.place}
    if claim.facility is None and case.professional:
        for place in sorted(places & ELSEWHERE):
            yield Hit("facility-missing", "/facility", {"place": place})
    for one in case.parties:
        person = one.where not in {"/billing", "/facility"}
        if person and not claim.billing.first and one.party.npi == claim.billing.npi != "":
            yield Hit("same-person", f"{one.where}/npi", {"role": one.role}, f"{one.loop} NM109")


def separators(case: Case) -> Iterator[Hit]:
    """No text may hold what parts the file's segments and elements."""
    claim = case.claim
    texts = [
        ("name of the " + one.role, f"{one.where}/name", f"{one.party.name} {one.party.first}")
        for one in case.parties
    ]
    patient = claim.patient
    texts.append(("patient's name", "/patient/last", f"{patient.last} {patient.first}"))
    for what, where, at in (
        ("billing address", "/billing/address/line", claim.billing.address),
        ("patient's address", "/patient/address/line", patient.address),
    ):
        texts.append((what, where, f"{at.line} {at.line2} {at.city}"))
    texts.extend(
        ("payer's name", f"/subscribers/{place}/payer/name", one.payer.name)
        for place, one in enumerate(claim.subscribers)
    )
    for what, where, text in texts:
        if SEPARATORS.search(text):
            yield Hit("text-separators", where, {"what": what})


CHECKS = (identifiers, addresses, named, separators)
