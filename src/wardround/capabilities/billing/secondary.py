"""The claim to the next insurer, with what the one before decided (coordination of benefits).

What an earlier payer paid and adjusted is told for the claim as a whole (2320) and for each service
(2430). Where the payer told its lines, their day and what is left stand there, and not above
(005010X222A1, 1.4.1, 2320 AMT EAF, 2330B DTP 573).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import orjson
from pydantic import ValidationError

from wardround.capabilities.billing.billed import Billed, dollars, headline
from wardround.capabilities.billing.model import (
    Adjudication,
    Adjustment,
    Claim,
    ServiceLine,
    Subscriber,
)
from wardround.capabilities.billing.remittance import PaidClaim, PaidLine
from wardround.kernel import (
    ChartPath,
    Context,
    Evidence,
    Input,
    InvalidInput,
    NotAllowed,
    Noun,
    Part,
    Source,
    TextSpan,
    first_fault,
)

DECISION = "decision"
"""The name of the input with the lines of the earlier payer's decision, which evidence counts."""

_PLACES = "PSTABCDEFGH"
"""Responsibility (SBR01) of the payers in their order."""


class Second(Noun):
    """What a claim to the next insurer is made from.

    ``services`` are the numbers of the first claim's lines that the lines of the decision speak of;
    ``item`` is the work that it ends, ``resource`` the first claim in the chart, ``codes`` the
    signed draft of its diagnoses.
    """

    first: Claim
    decision: PaidClaim
    services: tuple[int | None, ...] = ()
    paid_on: date | None = None
    trace: str = ""
    item: str = ""
    resource: str = ""
    codes: str = ""


def second_in(data: bytes) -> Second | None:
    """Return the request of a claim that follows another; ``None`` where it is another request."""
    try:
        asked = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(asked, dict) or "decision" not in asked:
        return None
    try:
        return Second.model_validate(asked)
    except ValidationError as error:
        raise InvalidInput(
            "This is no claim with a payer's decision.", where=first_fault(error)
        ) from None


def next_insurer(claim: Claim) -> Subscriber | None:
    """Return the coverage that is asked next: the first that has not decided."""
    return next((one for one in claim.subscribers[1:] if one.paid is None), None)


def secondary_of(second: Second, number: str) -> Claim:
    """Return the claim to the next insurer; raise ``NotAllowed`` where there is none."""
    claim, then = second.first, next_insurer(second.first)
    if then is None:
        raise NotAllowed("No further insurer is known of this claim.", where=f"claim {claim.id}")
    before = claim.subscribers[0]
    others = [one for one in claim.subscribers[1:] if one is not then]
    relationship = then.relationship or claim.patient.relationship
    return claim.model_copy(
        update={
            "id": number,
            "frequency": "1",
            "original": "",
            "authorization": "",
            "referral": "",
            "patient": claim.patient.model_copy(update={"relationship": relationship}),
            "subscribers": (
                then.model_copy(update={"responsibility": _place(then, claim), "relationship": ""}),
                _decided(before, second, claim.patient.relationship),
                *others,
            ),
            "lines": tuple(_line(line, second, before.payer.id) for line in claim.lines),
        }
    )


def draft_second(second: Second, number: str) -> tuple[Billed, tuple[Evidence, ...]]:
    """Return the content of the draft, and what each part of it rests on."""
    claim = secondary_of(second, number)
    made = Billed(
        headline=headline(claim),
        claim=claim,
        codes=second.codes,
        follows=second.first.id,
        item=second.item,
    )
    return made, tuple(_evidence(claim, second))


def second_parts(name: str, second: Second) -> list[Part]:
    """Return what is saved with the order: the request, by its name, and the decision in lines."""
    kind = "application/json"
    return [
        Part(name=name, data=second.model_dump_json().encode(), media_type=kind),
        Part(name=DECISION, data=orjson.dumps(decision_lines(second)), media_type=kind),
    ]


def decided_in(inputs: Sequence[Input], context: Context) -> list[str]:
    """Return the lines of an earlier payer's decision that a draft rests on; none without one."""
    found = [item for item in inputs if item.name == DECISION]
    lines: list[str] = orjson.loads(context.open(found[0])) if found else []
    return lines


def decision_lines(second: Second) -> list[str]:
    """Return what the earlier payer decided, as lines of text: the claim, then each service."""
    one, payer = second.decision, second.first.subscribers[0].payer.name
    on = f" of {second.paid_on}" if second.paid_on else ""
    whole = (
        f"{payer}, payment {second.trace}{on}: paid {dollars(one.paid)} of {dollars(one.charge)}"
    )
    return [whole + _less(one.adjustments)] + [
        f"{line.procedure or line.revenue}: paid {dollars(line.paid)} of {dollars(line.charge)}"
        + _less(line.adjustments)
        for line in one.lines
    ]


def _less(adjustments: Sequence[Adjustment]) -> str:
    told = [f"{one.group}-{one.reason} {dollars(one.amount)}" for one in adjustments]
    return f"; {', '.join(told)}" if told else ""


def _place(then: Subscriber, claim: Claim) -> str:
    """Return which payer the next is: as its coverage says, or the one after the last asked."""
    taken = {one.responsibility for one in claim.subscribers if one is not then}
    if then.responsibility not in {"P", "U"} and then.responsibility not in taken:
        return then.responsibility
    return next(one for one in _PLACES if one not in taken)


def _decided(before: Subscriber, second: Second, relationship: str) -> Subscriber:
    by_line = bool(second.decision.lines)
    return before.model_copy(
        update={
            "relationship": relationship,
            "paid": second.decision.paid,
            "owed": None if by_line else second.decision.patient_owes,
            "adjustments": second.decision.adjustments,
            "paid_on": None if by_line else second.paid_on,
            "control": second.decision.payer_control,
        }
    )


def _line(line: ServiceLine, second: Second, payer: str) -> ServiceLine:
    told = [
        _adjudicated(one, payer, second.paid_on)
        for one, service in zip(second.decision.lines, second.services, strict=True)
        if service == line.number
    ]
    return line.model_copy(
        update={"authorization": "", "adjudications": (*line.adjudications, *told)}
    )


def _adjudicated(one: PaidLine, payer: str, paid_on: date | None) -> Adjudication:
    share = sum((each.amount for each in one.adjustments if each.group == "PR"), Decimal("0.00"))
    return Adjudication(
        payer=payer,
        paid=one.paid,
        units=one.units,
        adjustments=one.adjustments,
        paid_on=paid_on,
        owed=share,
    )


def _evidence(claim: Claim, second: Second) -> Iterator[Evidence]:
    lines = decision_lines(second)
    chart = (ChartPath(resource=second.resource, path="Claim"),) if second.resource else ()
    told = tuple(
        TextSpan(input=DECISION, part=n, start=0, end=len(text)) for n, text in enumerate(lines)
    )
    yield Evidence(claim="/claim/subscribers/1", sources=(told[0], *chart))
    for place, line in enumerate(claim.lines):
        own: list[Source] = [
            told[n + 1]
            for n, service in enumerate(second.services)
            if service == second.first.lines[place].number
        ]
        if own or chart:
            yield Evidence(claim=f"/claim/lines/{place}", sources=(*own, *chart))
        del line
    for part in ("patient", "subscribers/0", "billing", "diagnoses"):
        if chart:
            yield Evidence(claim=f"/claim/{part}", sources=chart)
