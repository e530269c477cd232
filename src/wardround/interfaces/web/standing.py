"""Where the note of a visit stands: nothing yet, drafting, to review, signed, and so on."""

from typing import Literal

from wardround.kernel import Actor, Draft, Noun, Severity, Status
from wardround.rounds import OrderState, Rounds, State

Kind = Literal["none", "drafting", "failed", "ready", "abstained", "signed", "rejected"]

_KINDS: dict[Status, Kind] = {
    Status.DRAFTED: "ready",
    Status.ABSTAINED: "abstained",
    Status.SIGNED: "signed",
    Status.REJECTED: "rejected",
}


NOTE = "documentation"


class Standing(Noun):
    """The latest that happened to a visit's note."""

    kind: Kind
    draft: Draft | None = None
    order: OrderState | None = None

    @property
    def to_mend(self) -> int:
        """How many findings must be edited away before signing."""
        return _findings(self.draft, Severity.BLOCK)

    @property
    def to_acknowledge(self) -> int:
        """How many findings must be acknowledged before signing."""
        return _findings(self.draft, Severity.WARN)


def find_standing(rounds: Rounds, encounter: str, by: Actor) -> Standing:
    """Return where the note of ``encounter`` stands, as this person is shown it."""
    orders = [one for one in rounds.orders(encounter=encounter) if one.order.capability == NOTE]
    latest = orders[-1] if orders else None
    if latest is not None and latest.state in {State.QUEUED, State.DRAFTED}:
        return Standing(kind="drafting", order=latest)
    if latest is not None and latest.state is State.FAILED:
        return Standing(kind="failed", order=latest)
    drafts = [
        draft
        for draft in rounds.drafts(encounter=encounter, by=by)
        if draft.status in _KINDS and draft.capability == NOTE
    ]
    if not drafts:
        return Standing(kind="none")
    return Standing(kind=_KINDS[drafts[-1].status], draft=drafts[-1], order=latest)


def _findings(draft: Draft | None, severity: Severity) -> int:
    open_ones = draft.open_findings if draft is not None else ()
    return sum(finding.severity is severity for finding in open_ones)
