"""The order of a claim to the next insurer: the first one's claim, with what that one decided."""

from wardround.bootstrap.denied import decision_of
from wardround.bootstrap.house import Wardround
from wardround.capabilities.billing import Billed, Second
from wardround.database import Transaction
from wardround.kernel import Conflict, NotFound, Part, resource_id
from wardround.revenue import Kept, WorkItem, services_of


def second_of(tx: Transaction, wardround: Wardround, kept: Kept, work: WorkItem) -> Part:
    """Return the request of the claim that follows one; ``Conflict`` where its decision is gone."""
    claim = kept.body
    payment, decision = decision_of(tx, kept.listed.id, work.payment)
    if claim is None or decision is None:
        raise Conflict("The payer's decision on this claim is not in the ledger.")
    draft = kept.listed.draft
    second = Second(
        first=claim,
        decision=decision,
        services=tuple(services_of(decision, claim)),
        paid_on=payment.paid_on,
        trace=payment.trace,
        item=work.id,
        resource=f"Claim/{resource_id(draft, 'claim')}" if draft else "",
        codes=_codes(wardround, draft),
    )
    return Part(name="request", data=second.model_dump_json().encode())


def _codes(wardround: Wardround, draft: str | None) -> str:
    """Return the signed draft of the codes of a claim, where it came to us with one."""
    if not draft:
        return ""
    try:
        return Billed.model_validate(wardround.rounds.draft(draft).content).codes
    except NotFound:
        return ""
