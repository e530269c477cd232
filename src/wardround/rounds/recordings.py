"""Recordings of visits whose note is signed, once the clinic keeps them no longer.

Only sound and pictures go. A transcript is text that the note's sentences point into: it is part of
the chart by its DocumentReference, and goes with it. So is a recording that alone proves a sentence
somebody signed.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from wardround.kernel import Draft, Status
from wardround.privacy.retention import Item
from wardround.record import Blobs
from wardround.rounds.drafts import Drafts
from wardround.rounds.orders import Orders

SIGNED = (Status.SIGNED, Status.SUPERSEDED)
_RECORDED = ("audio/", "video/")


class Recordings:
    """Keeps the recordings of signed notes; a ``Keeper`` of ``privacy.retention``."""

    name = "recordings"

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._digests: dict[str, list[str]] = {}

    def due(self, tx: Connection, before: datetime) -> Sequence[Item]:
        """Return, by the draft signed last, recordings of which each order was signed by then."""
        self._digests = defaultdict(list)
        needed: dict[tuple[str, str], bool] = {}
        for (subject, digest), orders in _recorded(tx).items():
            drafts = [Drafts(tx).of_order(order) for order in orders]
            last = _last_signed(drafts)
            if last is None or last.updated >= before:
                continue
            if self._blobs.has(tx, digest, subject):
                self._digests[last.id].append(digest)
                alone = any(_stands_on(one, digest) for order in drafts for one in order)
                needed[last.id, subject] = alone or needed.get((last.id, subject), False)
        return [
            Item(reference=f"draft/{draft}", subject=subject, needed=stands)
            for (draft, subject), stands in needed.items()
        ]

    def destroy(self, tx: Connection, item: Item, before: datetime) -> bool:
        """Destroy the recordings of a draft that was due; not where one was handed in again."""
        digests = self._digests[item.reference.partition("/")[2]]
        return self._blobs.destroy(tx, digests, item.subject or "", before)


def _recorded(tx: Connection) -> dict[tuple[str, str], set[str]]:
    """Return every recording, by its patient and sha256, with the orders it was handed in for."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in Orders(tx).handed_in():
        if one.media_type.startswith(_RECORDED):
            found[one.subject, one.sha256].add(one.order)
    return found


def _last_signed(drafts: Sequence[Sequence[Draft]]) -> Draft | None:
    """Return the draft signed last; none while an order has one that waits, or none signed."""
    signed = [[one for one in order if one.status in SIGNED] for order in drafts]
    waits = any(one.status is Status.DRAFTED for order in drafts for one in order)
    if waits or not all(signed):
        return None
    return max((one for order in signed for one in order), key=lambda one: one.updated)


def _stands_on(draft: Draft, digest: str) -> bool:
    """Whether a signed draft has a claim with no source but this recording."""
    names = {item.name for item in draft.inputs if item.sha256 == digest}
    return draft.status in SIGNED and any(
        all(getattr(source, "input", None) in names for source in item.sources)
        for item in draft.evidence
    )
