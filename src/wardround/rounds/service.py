"""The one route: order → draft → guardrails → review → sign or reject."""

from collections.abc import Sequence

from wardround.kernel import Actor, Context, Draft, Status
from wardround.rounds.drafting import Drafting
from wardround.rounds.drafts import Drafts
from wardround.rounds.reviewing import Reviewing


class Rounds(Drafting, Reviewing):
    """Carries drafts of every capability along the one route, and shows where each is.

    What a model in shadow drafted is in none of these lists; what a limited one drafted, in those
    of the people it is for. ``measured`` returns all of it.
    """

    def inbox(self, by: Actor | None = None) -> list[Draft]:
        """Return the drafts that wait for a person, as they are shown them, oldest first."""
        return _shown(self._list(Status.DRAFTED), by)

    def abstained(self, by: Actor | None = None) -> list[Draft]:
        """Return what could not be drafted, with the reason, oldest first."""
        return _shown(self._list(Status.ABSTAINED), by)

    def drafts(
        self,
        *,
        encounter: str | None = None,
        subject: str | None = None,
        by: Actor | None = None,
    ) -> list[Draft]:
        """Return the drafts of one encounter or one subject, oldest first."""
        return _shown(self._list(encounter=encounter, subject=subject), by)

    def measured(self) -> list[Draft]:
        """Return every draft, those in shadow too: for figures, never to be shown to anybody."""
        return self._list()

    def _list(self, *statuses: Status, **which: str | None) -> list[Draft]:
        with self._database.read() as tx:
            return Drafts(tx).list(*statuses, **which)

    @property
    def context(self) -> Context:
        """What a capability may reach: the chart and the saved inputs, read only."""
        return self._context

    def revisions(self, draft_id: str) -> Sequence[Draft]:
        """Return every revision of a draft, first to last."""
        with self._database.read() as tx:
            return Drafts(tx).revisions(draft_id)

    def review(self, draft: Draft) -> dict[str, object]:
        """Return what the capability's review page shows beside the draft, by name."""
        return self._room(draft.capability).review(draft, self._context)


def _shown(drafts: list[Draft], by: Actor | None) -> list[Draft]:
    return [draft for draft in drafts if draft.is_shown_to(None if by is None else by.id)]
