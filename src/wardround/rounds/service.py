"""The one route: order → draft → guardrails → review → sign or reject."""

from collections.abc import Sequence

from wardround.kernel import Draft, Status
from wardround.rounds.drafting import Drafting
from wardround.rounds.drafts import Drafts
from wardround.rounds.reviewing import Reviewing


class Rounds(Drafting, Reviewing):
    """Carries drafts of every capability along the one route, and shows where each is."""

    def inbox(self) -> list[Draft]:
        """Return the drafts that wait for a person, oldest first."""
        with self._database.read() as tx:
            return Drafts(tx).list(Status.DRAFTED)

    def abstained(self) -> list[Draft]:
        """Return what could not be drafted, with the reason, oldest first."""
        with self._database.read() as tx:
            return Drafts(tx).list(Status.ABSTAINED)

    def drafts(self, *, encounter: str | None = None, subject: str | None = None) -> list[Draft]:
        """Return the drafts of one encounter or one subject, oldest first."""
        with self._database.read() as tx:
            return Drafts(tx).list(encounter=encounter, subject=subject)

    def revisions(self, draft_id: str) -> Sequence[Draft]:
        """Return every revision of a draft, first to last."""
        with self._database.read() as tx:
            return Drafts(tx).revisions(draft_id)

    def review(self, draft: Draft) -> dict[str, object]:
        """Return what the capability's review page shows beside the draft, by name."""
        return self._room(draft.capability).review(draft, self._context)
