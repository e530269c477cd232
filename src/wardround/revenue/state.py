"""Where a claim stands, and which way it may go from there."""

from collections.abc import Mapping
from enum import StrEnum

from wardround.kernel import NotAllowed


class ClaimState(StrEnum):
    """Where a claim stands between its signing and its last cent."""

    READY = "ready"
    BATCHED = "batched"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PAID = "paid"
    PARTLY = "partly paid"
    DENIED = "denied"
    APPEALED = "appealed"
    CLOSED = "closed"
    REPLACED = "replaced"
    WRITTEN_OFF = "written off"


_DECIDED = frozenset(
    {ClaimState.PAID, ClaimState.PARTLY, ClaimState.DENIED, ClaimState.ACCEPTED, ClaimState.CLOSED}
)
"""Where a remittance leads: accepted again, where it takes back what it paid."""

_ENDS = frozenset({ClaimState.APPEALED, ClaimState.REPLACED, ClaimState.WRITTEN_OFF})
"""Where a person leads a claim that was decided."""

MOVES: Mapping[ClaimState, frozenset[ClaimState]] = {
    ClaimState.READY: frozenset({ClaimState.BATCHED, ClaimState.WRITTEN_OFF}),
    ClaimState.BATCHED: _DECIDED | {ClaimState.READY, ClaimState.SENT, ClaimState.REJECTED},
    ClaimState.SENT: _DECIDED | {ClaimState.REJECTED},
    ClaimState.ACCEPTED: _DECIDED | {ClaimState.REJECTED, ClaimState.REPLACED},
    ClaimState.REJECTED: _DECIDED | {ClaimState.READY, ClaimState.WRITTEN_OFF},
    ClaimState.PAID: _DECIDED | _ENDS,
    ClaimState.PARTLY: _DECIDED | _ENDS,
    ClaimState.DENIED: _DECIDED | _ENDS,
    ClaimState.APPEALED: _DECIDED | _ENDS,
    ClaimState.CLOSED: _DECIDED | {ClaimState.REPLACED},
    ClaimState.WRITTEN_OFF: _DECIDED,
    ClaimState.REPLACED: frozenset(),
}
"""What may follow; a file that was made and never marked as sent is answered all the same."""

WITH_PAYER = frozenset({ClaimState.SENT, ClaimState.ACCEPTED, ClaimState.APPEALED})
"""Whose answer is waited for."""


def require_move(claim: str, now: ClaimState, then: ClaimState) -> None:
    """Raise ``NotAllowed`` unless a claim may go from ``now`` to ``then``; staying is no move."""
    if then is not now and then not in MOVES[now]:
        raise NotAllowed(f"A claim that is {now} cannot become {then}.", where=f"claim {claim}")
