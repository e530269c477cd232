"""Claims written as a file of 837P and 837I (005010X222A1, 005010X223A2)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from wardround.capabilities.billing.model import Claim, ClaimKind
from wardround.capabilities.billing.x12.envelope import Envelope
from wardround.capabilities.billing.x12.values import words
from wardround.capabilities.billing.x12.writing.claims import claim_rows
from wardround.capabilities.billing.x12.writing.finishing import unfinished
from wardround.capabilities.billing.x12.writing.parties import (
    SELF,
    billing,
    contact,
    coverage,
    patient_as_dependent,
    patient_as_subscriber,
    patient_information,
    payer,
    person,
    specialty,
)
from wardround.capabilities.billing.x12.writing.rows import MARKS, Row, Rows, text
from wardround.kernel import InvalidInput

VERSIONS = {ClaimKind.PROFESSIONAL: "005010X222A1", ClaimKind.INSTITUTIONAL: "005010X223A2"}
MOST_CLAIMS = 5_000
"""Claims in a transaction set at most (both guides, section 1.3.2)."""
MOST_OF_A_PATIENT = 100
"""Claims (2300) under one patient at most."""

TOLD = 5
"""Reasons of a claim, and four times as many claims, that an error tells one by one."""

Refuses = Callable[[Claim], Sequence[str]]
"""What keeps a claim from being sent; nothing where it may go."""


def write_837(claims: Iterable[Claim], envelope: Envelope, refuse: Refuses = unfinished) -> str:
    """Return claims as the text of an 837 file, or refuse all of them.

    Professional and institutional claims come in a functional group each, the claims of one billing
    provider under one HL, in the order in which providers first come. Raise ``InvalidInput`` with
    the name of each claim that ``refuse`` gives a reason for, and the reasons.
    """
    return "".join(written(claims, envelope, refuse))


def written(
    claims: Iterable[Claim], envelope: Envelope, refuse: Refuses = unfinished
) -> Iterator[str]:
    """Give the file of ``write_837`` segment by segment, each with its end."""
    ordered = _ordered(claims, refuse)
    yield f"{MARKS.element.join(_isa(envelope))}{MARKS.segment}\n"
    number, first = 0, envelope.first_set
    for number, (kind, of_kind) in enumerate(groupby(ordered, lambda one: one.kind), 1):
        sets = list(_batched(list(of_kind), MOST_CLAIMS))
        yield from _group(sets, kind, envelope, envelope.group + number - 1, first)
        # ST02 is unique within the interchange (both guides, ST02).
        first += len(sets)
    yield _ended(("IEA", str(number), f"{envelope.control:09d}"))


def claim_segments(claim: Claim) -> Iterator[str]:
    """Give the segments of one claim alone, from its billing provider's on, without HL."""
    about = f"claim {claim.id}"
    rows = (*_provider(claim), *_subscriber(claim), *_dependent(claim), *claim_rows(claim))
    return (text(row, about) for row in rows)


def _ordered(claims: Iterable[Claim], refuse: Refuses) -> list[Claim]:
    """Put the claims of one form and one billing provider together, if none is refused."""
    groups: dict[ClaimKind, dict[object, list[Claim]]] = {kind: {} for kind in ClaimKind}
    refused: list[str] = []
    count = 0
    seen: set[tuple[str, ...]] = set()
    for claim in claims:
        reasons = list(refuse(claim))
        once = (claim.id, claim.frequency, *(one.payer.id for one in claim.subscribers[:1]))
        if once in seen:
            reasons.append("the file has this claim already")
        seen.add(once)
        count += 1
        if reasons:
            more = f"; and {len(reasons) - TOLD} more" if len(reasons) > TOLD else ""
            refused.append(f"{claim.id}: {'; '.join(reasons[:TOLD])}{more}")
        groups[claim.kind].setdefault((claim.billing, claim.pay_to), []).append(claim)
    if refused:
        most = 4 * TOLD
        more = f" | and {len(refused) - most} more" if len(refused) > most else ""
        raise InvalidInput(
            f"{len(refused)} of {count} claims cannot be sent. {' | '.join(refused[:most])}{more}.",
            mend="Complete them, or take them out; nothing was written.",
        )
    if not count:
        raise InvalidInput("There is no claim to write.", mend="Give at least one.")
    return [one for kind in groups.values() for listed in kind.values() for one in listed]


def _isa(envelope: Envelope) -> Row:
    sender, receiver = envelope.sender, envelope.receiver
    return (
        "ISA", "00", " " * 10, "00", " " * 10,
        sender.qualifier, f"{sender.id:<15}", receiver.qualifier, f"{receiver.id:<15}",
        f"{envelope.at:%y%m%d}", f"{envelope.at:%H%M}", MARKS.repetition, "00501",
        f"{envelope.control:09d}", "1" if envelope.acknowledge else "0", envelope.usage,
        MARKS.component,
    )  # fmt: skip


def _group(
    sets: Sequence[Sequence[Claim]], kind: ClaimKind, envelope: Envelope, number: int, first: int
) -> Iterator[str]:
    yield _ended(
        (
            "GS", "HC", envelope.sender.id, envelope.receiver.id, f"{envelope.at:%Y%m%d}",
            f"{envelope.at:%H%M}", str(number), "X", VERSIONS[kind],
        )
    )  # fmt: skip
    for control, part in enumerate(sets, first):
        yield from _set(part, kind, envelope, number, f"{control:04d}")
    yield _ended(("GE", str(len(sets)), str(number)))


def _set(
    claims: Sequence[Claim], kind: ClaimKind, envelope: Envelope, group: int, control: str
) -> Iterator[str]:
    count = 1
    yield _ended(("ST", "837", control, VERSIONS[kind]))
    for row, about in _rows(claims, envelope, f"{envelope.control:09d}-{group}-{control}"):
        count += 1
        yield _ended(row, about)
    yield _ended(("SE", str(count + 1), control))


def _rows(claims: Sequence[Claim], envelope: Envelope, reference: str) -> Iterator[tuple[Row, str]]:
    for row in _header(envelope, reference):
        yield row, "the envelope"
    level = 0
    for _, of_provider in groupby(claims, lambda one: (one.billing, one.pay_to)):
        level += 1
        top, listed = level, list(of_provider)
        yield ("HL", str(level), "", "20", "1"), ""
        for row in _provider(listed[0]):
            yield row, f"claim {listed[0].id}"
        for _, of_patient in groupby(listed, lambda one: (one.subscribers[:1], one.patient)):
            for same in _batched(list(of_patient), MOST_OF_A_PATIENT):
                rows = _of_patient(same, top, level)
                level += 2 if same[0].patient.relationship != SELF else 1
                yield from rows


def _of_patient(claims: Sequence[Claim], top: int, level: int) -> Iterator[tuple[Row, str]]:
    """Give the levels of one patient, after the last one, ``level``, and the claims."""
    first, about = claims[0], f"claim {claims[0].id}"
    dependent = first.patient.relationship != SELF
    yield ("HL", str(level + 1), str(top), "22", "1" if dependent else "0"), about
    for row in _subscriber(first):
        yield row, about
    if dependent:
        yield ("HL", str(level + 2), str(level + 1), "23", "0"), about
        for row in _dependent(first):
            yield row, about
    for claim in claims:
        about = f"claim {claim.id}"
        for row in claim_rows(claim):
            yield row, about


def _batched(claims: Sequence[Claim], most: int) -> Iterator[Sequence[Claim]]:
    for at in range(0, len(claims), most):
        yield claims[at : at + most]


def _header(envelope: Envelope, reference: str) -> Rows:
    sender = envelope.sender
    yield (
        "BHT", "0019", "00", reference, f"{envelope.at:%Y%m%d}", f"{envelope.at:%H%M}", "CH",
    )  # fmt: skip
    yield ("NM1", "41", "2", words(sender.name), "", "", "", "", "46", sender.id)
    yield from contact(sender.contact, sender.phone, sender.email)
    receiver = envelope.receiver
    yield ("NM1", "40", "2", words(receiver.name), "", "", "", "", "46", receiver.id)


def _provider(claim: Claim) -> Rows:
    yield from specialty("BI", claim.billing)
    yield from billing(claim.billing, claim.pay_to)


def _subscriber(claim: Claim) -> Rows:
    asked = claim.subscribers[0]
    if claim.patient.relationship == SELF:
        yield coverage(claim, asked, SELF)
        yield from patient_information(claim)
        yield from patient_as_subscriber(claim.patient, asked.member_id)
    else:
        yield coverage(claim, asked, "")
        yield person("IL", asked.last, asked.first, asked.middle, asked.member_id)
    yield from payer(asked.payer)


def _dependent(claim: Claim) -> Rows:
    if claim.patient.relationship != SELF:
        yield from patient_information(claim)
        yield from patient_as_dependent(claim.patient)


def _ended(row: Row, about: str = "") -> str:
    return f"{text(row, about)}{MARKS.segment}\n"
