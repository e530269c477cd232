"""The checks on a drafted claim: the scrubber's edits, each at its place on the page."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from wardround.capabilities.billing.billed import Billed
from wardround.capabilities.billing.fhir import claim_from_fhir
from wardround.capabilities.billing.model import Claim
from wardround.capabilities.billing.scrubbing import Known, Scrubber, Tables
from wardround.kernel import Context, Drafted, Finding, Order, Severity


class OnFile(NamedTuple):
    """What the ledger has of a patient: claims that ask for something, and all their numbers.

    ``strange`` says that the number asked about is another patient's.
    """

    claims: tuple[Claim, ...] = ()
    numbers: frozenset[str] = frozenset()
    strange: bool = False


def _nothing(subject: str, number: str) -> OnFile:
    """Return that no ledger is here."""
    del subject, number
    return OnFile()


class Beside(NamedTuple):
    """What is known beside a claim: the ledger, asked by patient and number; payers' limits."""

    on_file: Callable[[str, str], OnFile] = _nothing
    limits: Callable[[], Mapping[str, int]] = dict


class Scrubbed:
    """A claim that a payer would return or deny is not signed; each edit says how to mend it."""

    rule = "scrubber"

    def __init__(self, tables: Callable[[], Tables], beside: Beside) -> None:
        self._tables = tables
        self._beside = beside

    @cached_property
    def scrubber(self) -> Scrubber:
        """The scrubber, with the tables and limits loaded when it is first needed."""
        return Scrubber(self._tables(), limits=self._beside.limits())

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield the scrubber's edits of the claim as it stands."""
        claim = Billed.model_validate(drafted.content).claim
        on = order.ordered_at.date()
        for edit in self.scrubber.scrub(claim, self._known(claim, order, context), on):
            whence = ", ".join(part for part in (edit.segment, edit.source) if part)
            yield Finding(
                rule=edit.rule,
                severity=edit.severity,
                message=edit.says,
                mend=f"{edit.mend} ({whence})",
                claim=f"/claim{edit.where}" if edit.where else "/claim",
            )

    def _known(self, claim: Claim, order: Order, context: Context) -> Known:
        """Return what ledger and chart know beside the claim: the patient's other claims.

        The ledger knows best of its own: one that was never sent is in the chart all the same.
        """
        filed = self._beside.on_file(order.subject, claim.id)
        found = context.search("Claim", patient=order.subject)
        active = [claim_from_fhir(one) for one in found if one.get("status") == "active"]
        others = [*filed.claims, *(one for one in active if one.id not in filed.numbers)]
        return Known(
            claims=tuple(one for one in others if one.id != claim.id),
            numbers=frozenset({claim.id}) if filed.strange else frozenset(),
        )


class ProposedServices:
    """A service that the record holds, and no coder signed, is billed where a person says so."""

    rule = "proposed-service"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield each line that was proposed and still stands."""
        del order, context
        billed = Billed.model_validate(drafted.content)
        for place, line in enumerate(billed.claim.lines):
            if line.source in billed.proposed:
                kind = line.source.partition("/")[0]
                yield Finding(
                    rule=self.rule,
                    severity=Severity.WARN,
                    message=f"{line.procedure} comes from the record ({kind}), not from the codes.",
                    mend="See that it was done, and acknowledge it; or remove the service.",
                    claim=f"/claim/lines/{place}",
                )
