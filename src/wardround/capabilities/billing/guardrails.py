"""The checks on a drafted claim: the scrubber's edits, each at its place on the page."""

from collections.abc import Callable, Iterable
from functools import cached_property

from wardround.capabilities.billing.billed import Billed
from wardround.capabilities.billing.fhir import claim_from_fhir
from wardround.capabilities.billing.model import Claim
from wardround.capabilities.billing.scrubbing import Known, Scrubber, Tables
from wardround.kernel import Context, Drafted, Finding, Order


class Scrubbed:
    """A claim that a payer would return or deny is not signed; each edit says how to mend it."""

    rule = "scrubber"

    def __init__(self, tables: Callable[[], Tables]) -> None:
        self._tables = tables

    @cached_property
    def scrubber(self) -> Scrubber:
        """The scrubber, with the tables loaded when it is first needed."""
        return Scrubber(self._tables())

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield the scrubber's edits of the claim as it stands."""
        claim = Billed.model_validate(drafted.content).claim
        on = order.ordered_at.date()
        for edit in self.scrubber.scrub(claim, _known(claim, order, context), on):
            whence = ", ".join(part for part in (edit.segment, edit.source) if part)
            yield Finding(
                rule=edit.rule,
                severity=edit.severity,
                message=edit.says,
                mend=f"{edit.mend} ({whence})",
                claim=f"/claim{edit.where}" if edit.where else "/claim",
            )


def _known(claim: Claim, order: Order, context: Context) -> Known:
    """Return what the chart knows beside the claim: the patient's other claims."""
    found = context.search("Claim", patient=order.subject)
    active = [one for one in found if one.get("status") == "active"]
    others = tuple(claim_from_fhir(one) for one in active)
    return Known(claims=tuple(one for one in others if one.id != claim.id))
