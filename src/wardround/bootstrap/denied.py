"""What a letter about a denial may speak of: the claim, the payer's answer, the signed codes.

The capability that writes it knows neither ledger nor payers' files; all of it is handed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from wardround.bootstrap.house import Wardround
from wardround.bootstrap.trading import reason_says, remark_words
from wardround.capabilities.billing import Billed, Claim, PaidClaim, Party, Payer
from wardround.database import Transaction
from wardround.kernel import Draft, NotFound, Status, TextSpan, resource_id
from wardround.revenue import (
    REVERSAL,
    Batches,
    History,
    Holding,
    Kept,
    Ledger,
    Listed,
    Payment,
    Postings,
    WorkItem,
    mend_of,
    services_of,
)

if TYPE_CHECKING:
    from wardround.capabilities.appeal import Asked, Denial, Pointed, Sent, Service

_BY_LAW = frozenset({"MA", "MB"})
"""Filing indicators whose last day to appeal is law: Medicare (42 CFR 405.942(a))."""


class Codes(NamedTuple):
    """The signed codes of a claim: their draft, the note's document, and its text."""

    draft: Draft
    note: str
    text: str


def signed_codes(wardround: Wardround, listed: Listed) -> Codes | None:
    """Return the codes that a claim was signed with; ``None`` where it came to us without."""
    from wardround.capabilities.coding import request_in, text_in

    rounds = wardround.rounds
    if not listed.draft:
        return None
    try:
        billed = Billed.model_validate(rounds.draft(listed.draft).content)
        draft = rounds.draft(billed.codes) if billed.codes else None
    except NotFound:
        return None
    if draft is None or draft.status not in {Status.SIGNED, Status.SUPERSEDED}:
        return None
    inputs, context = draft.inputs, rounds.context
    return Codes(draft, request_in(inputs, context).note, text_in(inputs, context))


def asked_of(
    tx: Transaction,
    wardround: Wardround,
    kept: Kept,
    work: WorkItem,
    signed: Codes | None,
    due: date | None,
) -> "Asked":
    """Return the request of a letter; ``due`` is the last day, where somebody said it."""
    from wardround.capabilities.appeal import Asked, Person, Place, Sender

    claim, listed = kept.body or Claim(id=kept.listed.id), kept.listed
    payer = claim.subscribers[0].payer if claim.subscribers else Payer()
    return Asked(
        item=work.id,
        claim=listed.id,
        payer=payer.name or listed.payer,
        payer_address=_address(payer),
        payer_control=listed.payer_control,
        filing=claim.subscribers[0].filing if claim.subscribers else "",
        patient=Person(
            name=f"{claim.patient.first} {claim.patient.last}".strip(),
            born=claim.patient.birth_date,
            member=claim.subscribers[0].member_id if claim.subscribers else "",
        ),
        sender=Sender(
            name=claim.billing.name,
            npi=claim.billing.npi,
            address=_address(claim.billing),
            phone=claim.billing.phone,
        ),
        encounter=claim.encounter,
        **_of_note(wardround, signed),
        service=_service(claim, work),
        authorization=_authorization(claim, work),
        diagnoses=tuple(_diagnoses(claim, work, signed)),
        level=tuple(
            Place(start=one.start, end=one.end)
            for one in ([] if signed is None else _spans(signed.draft, "/level"))
        ),
        sent=tuple(_sent(tx, listed)),
        denial=_denial(tx, wardround, claim, work, due),
    )


def _of_note(wardround: Wardround, signed: Codes | None) -> dict[str, Any]:
    if signed is None:
        return {}
    document = wardround.rounds.context.read(signed.note)
    author: Mapping[str, Any] = (document.get("author") or [{}])[0]
    return {
        "codes": signed.draft.id,
        "superseded": signed.draft.status is Status.SUPERSEDED,
        "note": signed.note,
        "note_by": str(author.get("display", "")),
        "note_on": _day(document.get("date")),
    }


def _service(claim: Claim, work: WorkItem) -> "Service":
    from wardround.capabilities.appeal import Service

    for line in claim.lines:
        if line.number == work.service:
            return Service(
                number=line.number,
                code=line.procedure or line.revenue,
                modifiers=line.modifiers,
                day=line.begins or claim.serviced,
                units=line.units,
                source=line.source,
            )
    return Service(code=work.procedure, day=claim.serviced)


def _authorization(claim: Claim, work: WorkItem) -> str:
    own = [one.authorization for one in claim.lines if one.number == work.service]
    return next((one for one in own if one), claim.authorization)


def _diagnoses(claim: Claim, work: WorkItem, signed: Codes | None) -> "Iterator[Pointed]":
    """Yield the diagnoses that a service is for, or all, with their places in the note."""
    from wardround.capabilities.appeal import Place, Pointed

    lines = [one for one in claim.lines if one.number == work.service]
    numbers = lines[0].pointers if lines else range(1, len(claim.diagnoses) + 1)
    places = {} if signed is None else _places(signed.draft)
    for number in numbers:
        if number > len(claim.diagnoses):
            continue
        one = claim.diagnoses[number - 1]
        spans = places.get(one.source, ())
        yield Pointed(
            code=one.code,
            source=one.source,
            places=tuple(Place(start=each.start, end=each.end) for each in spans),
        )


def _places(codes: Draft) -> dict[str, Sequence[TextSpan]]:
    """Return where the note says each condition that signed codes became."""
    from wardround.capabilities.coding import Coded

    coded = Coded.model_validate(codes.content)
    return {
        f"Condition/{resource_id(codes.id, f'condition-{code.id}')}": _spans(
            codes, f"/codes/{place}"
        )
        for place, code in coded.standing
    }


def _spans(codes: Draft, claim: str) -> list[TextSpan]:
    return [
        source
        for item in codes.evidence
        if item.claim == claim
        for source in item.sources
        if isinstance(source, TextSpan)
    ]


def _sent(tx: Transaction, listed: Listed) -> "Iterator[Sent]":
    """Yield when a claim, and those that it replaces, went out; the earliest last."""
    from wardround.capabilities.appeal import Sent

    ledger, batches, history = Ledger(tx), Batches(tx), History(tx)
    one: Listed | None = listed
    while one is not None:
        taken = [
            each.at.astimezone().date()
            for each in history.of(one.id)
            if each.change == "277CA read" and each.state == "accepted"
        ]
        for batch in batches.of_claim(one.id):
            if batch.sent is not None:
                day = batch.sent.astimezone().date()
                accepted = min((each for each in taken if each >= day), default=None)
                yield Sent(day=day, file=f"{batch.number:09}", accepted=accepted)
        one = ledger.find(one.replaces).listed if one.replaces else None


def _denial(
    tx: Transaction, wardround: Wardround, claim: Claim, work: WorkItem, due: date | None
) -> "Denial":
    from wardround.capabilities.appeal import Denial, Remark

    payment, decision = decision_of(tx, claim.id, work.payment)
    charge, paid = _decided(decision, claim, work) if decision else (work.amount, 0)
    home = wardround.settings.home
    filing = claim.subscribers[0].filing if claim.subscribers else ""
    return Denial(
        group=work.group,
        reason=work.reason,
        says=reason_says(home, work.reason),
        remarks=tuple(Remark(code=one, says=remark_words(home, one)) for one in work.remarks),
        amount=work.amount,
        charge=charge,
        paid=paid,
        trace=payment.trace,
        decided=payment.paid_on or payment.posted.astimezone().date(),
        due=due or work.due,
        assumed=due is None and filing not in _BY_LAW,
        first=str(mend_of(work.group, work.reason, work.remarks)),
    )


def decision_of(tx: Transaction, claim: str, payment: str) -> tuple[Payment, PaidClaim | None]:
    """Return a payment, and what the payer decided with it of a claim, by name or once held."""
    found, remittance = Postings(tx).find(payment)
    held = Holding(tx).list(waiting=False, payment=payment)
    decisions = [one for one in remittance.claims if one.id == claim and one.status != REVERSAL]
    decisions += [one.paid for one in held if one.claim == claim]
    return found, decisions[-1] if decisions else None


def _decided(decision: PaidClaim, claim: Claim, work: WorkItem) -> tuple[Any, Any]:
    """Return charge and payment of the service that was refused, as the payer tells them."""
    services = services_of(decision, claim)
    for line, service in zip(decision.lines, services, strict=True):
        if work.service is not None and service == work.service:
            return line.charge, line.paid
    return decision.charge, decision.paid


def _address(party: Party | Payer) -> tuple[str, ...]:
    one = party.address
    town = f"{one.city}, {one.state} {one.zip[:5]}".strip(", ") if one.city else ""
    return tuple(line for line in (one.line, one.line2, town) if line)


def _day(moment: object) -> date | None:
    try:
        return date.fromisoformat(str(moment)[:10])
    except ValueError:
        return None
