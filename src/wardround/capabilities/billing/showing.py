"""What the review page draws of a claim: its diagnoses with their words, its lines, its fields."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wardround.capabilities.billing.billed import Billed, dollars
from wardround.capabilities.billing.model import (
    Address,
    Claim,
    Diagnosis,
    Party,
    Subscriber,
)
from wardround.capabilities.billing.secondary import decided_in
from wardround.kernel import Context, Input, NotFound, Resource

CODED = "urn:wardround:codes"
"""The system by which what became of a signed code knows its draft, and its place there."""


class Row(NamedTuple):
    """A diagnosis: its place from 1, its code and title, and the words that support it.

    ``opens`` is where those words are lit in the note; empty where nobody signed it as a code.
    """

    place: int
    diagnosis: Diagnosis
    display: str
    words: tuple[str, ...]
    opens: str


class Field(NamedTuple):
    """A field that can be typed into: its name for billers, its place, what stands there."""

    label: str
    path: str
    value: str
    hint: str = ""


class Group(NamedTuple):
    """Fields that belong together, with what they say on one line, and where that stands."""

    title: str
    says: str
    source: str
    fields: tuple[Field, ...]


def page(billed: Billed, inputs: Sequence[Input], context: Context) -> dict[str, Any]:
    """Return ``billed``, its diagnoses and fields, and where the words of each service are.

    ``decided`` is what an earlier payer decided, in lines.
    """
    claim = billed.claim
    return {
        "billed": billed,
        "rows": list(_rows(claim, context)),
        "opens": [_opens(_read(context, line.source)) for line in claim.lines],
        "groups": list(_groups(claim)),
        "total": dollars(claim.total),
        "decided": decided_in(inputs, context),
    }


def _rows(claim: Claim, context: Context) -> Iterator[Row]:
    for place, diagnosis in enumerate(claim.diagnoses, start=1):
        condition = _read(context, diagnosis.source)
        display = str(condition.get("code", {}).get("text", ""))
        yield Row(place, diagnosis, display, tuple(_words(condition)), _opens(condition))


def _opens(resource: Resource) -> str:
    """Return the place of a signed code, by which its condition or charge is known."""
    known = [i["value"] for i in resource.get("identifier", []) if i.get("system") == CODED]
    draft, _, place = str(known[0] if known else "").partition("/")
    return f"/drafts/{draft}#{place.replace('/', '-')}" if place else ""


def _words(condition: Resource) -> Iterator[str]:
    """Yield the words of the note that a condition rests on, as coding wrote them beside it."""
    for item in condition.get("evidence", []):
        for code in item.get("code", []):
            if code.get("text"):
                yield str(code["text"])


def _read(context: Context, reference: str) -> Resource:
    try:
        return context.read(reference) if reference else {}
    except NotFound:
        return {}


def _groups(claim: Claim) -> Iterator[Group]:
    patient = claim.patient
    yield Group(
        "Patient",
        _joined(f"{patient.first} {patient.last}", patient.birth_date, patient.sex),
        "/claim/patient",
        (
            Field("Last name", "/claim/patient/last", patient.last),
            Field("First name", "/claim/patient/first", patient.first),
            Field("Birth date", "/claim/patient/birth_date", _text(patient.birth_date)),
            Field("Sex", "/claim/patient/sex", patient.sex, "M, F or U"),
            *_address("/claim/patient/address", patient.address),
        ),
    )
    for place, one in enumerate(claim.subscribers):
        root = f"/claim/subscribers/{place}"
        yield Group(
            "Insurance" if place == 0 else "Other insurance",
            _joined(one.payer.name, one.member_id),
            root,
            (
                Field("Member number", f"{root}/member_id", one.member_id),
                Field("Group number", f"{root}/group", one.group),
                Field("Filing indicator", f"{root}/filing", one.filing, "MB, MC, CI, BL …"),
                Field("Payer", f"{root}/payer/name", one.payer.name),
                Field("Payer id", f"{root}/payer/id", one.payer.id),
                *_second(root, one),
            ),
        )
    yield Group("Billing provider", _named(claim.billing), "/claim/billing", tuple(_billing(claim)))
    if claim.rendering is not None:
        root = "/claim/rendering"
        yield Group(
            "Rendering provider",
            _named(claim.rendering),
            root,
            tuple(_party(root, claim.rendering)),
        )
    yield Group("Claim", _joined(claim.id, f"place {claim.place}"), "/claim", tuple(_whole(claim)))


def _second(root: str, one: Subscriber) -> Iterator[Field]:
    """Yield what is asked only of a coverage that pays after another."""
    if one.responsibility not in {"P", "U"}:
        path = f"{root}/insurance_type"
        yield Field("Why Medicare pays second", path, one.insurance_type, "12, 13, 43 …")


def _billing(claim: Claim) -> Iterator[Field]:
    root, party = "/claim/billing", claim.billing
    yield from _party(root, party)
    yield Field("Tax id", f"{root}/tax_id", party.tax_id, "nine digits")
    yield Field("Telephone", f"{root}/phone", party.phone)
    yield from _address(f"{root}/address", party.address)


def _party(root: str, party: Party) -> Iterator[Field]:
    yield Field("Name", f"{root}/name", party.name)
    if party.first:
        yield Field("First name", f"{root}/first", party.first)
    yield Field("NPI", f"{root}/npi", party.npi, "ten digits")
    yield Field("Taxonomy", f"{root}/taxonomy", party.taxonomy)


def _address(root: str, address: Address) -> Iterator[Field]:
    yield Field("Address", f"{root}/line", address.line)
    yield Field("City", f"{root}/city", address.city)
    yield Field("State", f"{root}/state", address.state, "two letters")
    yield Field("ZIP", f"{root}/zip", address.zip, "five or nine digits")


def _whole(claim: Claim) -> Iterator[Field]:
    yield Field("Place of service", "/claim/place", claim.place, "two digits")
    yield Field("Frequency", "/claim/frequency", claim.frequency, "1, 7 replaces, 8 voids")
    yield Field("Payer's number of the earlier claim", "/claim/original", claim.original)
    yield Field("Prior authorization", "/claim/authorization", claim.authorization)
    yield Field("Referral number", "/claim/referral", claim.referral)
    yield Field("Note to the payer", "/claim/note", claim.note)


def _named(party: Party) -> str:
    name = f"{party.first} {party.name}".strip()
    return _joined(name, f"NPI {party.npi}" if party.npi else "no NPI")


def _joined(*parts: object) -> str:
    return ", ".join(text for part in parts if (text := _text(part).strip()))


def _text(value: object) -> str:
    return "" if value is None else str(value)
