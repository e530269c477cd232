"""The second half of the route: a person edits, acknowledges, and signs or rejects."""

from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import Connection

from wardround.kernel import (
    Actor,
    Conflict,
    Draft,
    Drafted,
    Edit,
    Evidence,
    Json,
    NotAllowed,
    NotFound,
    Noun,
    StaleVersion,
    Statement,
    Status,
    apply,
    resource_id,
)
from wardround.record import Chart
from wardround.rounds.desk import Desk
from wardround.rounds.drafts import Drafts
from wardround.rounds.orders import Orders
from wardround.rounds.signing import device, provenance


class Signed(Noun):
    """A signed draft with the references of the resources that signing made."""

    draft: Draft
    resources: tuple[str, ...]


class Reviewing(Desk):
    """Takes a person's decisions on drafts."""

    def revise(self, draft_id: str, revision: int, edit: Edit, by: Actor) -> Draft:
        """Apply one edit, keep the evidence true, run the guardrails again."""
        before = self._draft_before(draft_id, revision, by)
        stated = Statement(by=by.id, at=self._clock())
        content, evidence = apply(edit, before.content, before.evidence, stated)
        return self._revised(before, content, evidence, by, "edit")

    def undo(self, draft_id: str, revision: int, by: Actor) -> Draft:
        """Take back the last change: content and evidence stand again as they did before it."""
        before = self._draft_before(draft_id, revision, by)
        with self._database.read() as tx:
            earlier = [d for d in Drafts(tx).revisions(draft_id) if d.revision < revision]
        if not earlier:
            raise NotAllowed("Nothing was changed yet.")
        return self._revised(before, earlier[-1].content, earlier[-1].evidence, by, "undo")

    def acknowledge(self, draft_id: str, revision: int, key: str, by: Actor) -> Draft:
        """Note that the person has seen the warning ``key`` and stands by the draft."""
        before = self._draft_before(draft_id, revision, by)
        return self._replace(before, before.acknowledged(key, by, self._clock()), by, "acknowledge")

    def reject(self, draft_id: str, revision: int, reason: str, by: Actor) -> Draft:
        """Set the draft aside for good, with the reason; the record does not change."""
        before = self._draft_before(draft_id, revision, by)
        return self._replace(before, before.rejected(by, self._clock(), reason), by, "reject")

    def amend(self, draft_id: str, by: Actor) -> Draft:
        """Begin a new version of a signed draft; signing it supersedes the old one."""
        with self._database.begin() as tx:
            drafts = Drafts(tx)
            old = drafts.lock(draft_id)
            if old.status is not Status.SIGNED:
                raise Conflict("Only a signed draft is amended.")
            for open_one in drafts.list(Status.DRAFTED, subject=old.subject, supersedes=old.id):
                return open_one
            at = self._clock()
            fresh = {"status": Status.DRAFTED, "created": at, "updated": at, "supersedes": old.id}
            cleared = {"decided_by": None, "decided_at": None, "reason": None, "revision": 1}
            cleared |= {
                "shown_to": None
            }  # what was signed is in the chart, and so is its amendment
            new = old.model_copy(update={"id": str(uuid4()), **fresh, **cleared})
            drafts.add(new, drafts.order_of(old.id))
            self._audit(tx, "amend", by, new)
        return new

    def sign(self, draft_id: str, revision: int, by: Actor) -> Signed:
        """Sign the draft, in one transaction: all of what follows is written, or none of it.

        That is the capability's resources, the device, the provenance, the audit event, the
        draft's new state, and the orders that follow. Signing again what one signed oneself
        changes nothing. Raise ``Conflict`` when somebody else decided first, and say who and when;
        ``NotAllowed`` when a guardrail now finds what it did not when the draft was last changed.
        """
        before = self.draft(draft_id)
        before.require_shown_to(by.id)
        if before.status is Status.SIGNED and before.decided_by == by:
            with self._database.read() as tx:
                return Signed(draft=before, resources=self._made(tx, before))
        _require_revision(before, revision)
        at = self._clock()
        after = before.signed(by, at)
        self._look_again(before, by)
        made = self._room(before.capability).resources(after, by, at, self._context)
        following = self._orders_after(after, made, by)
        with self._database.begin() as tx:
            drafts = Drafts(tx)
            now = drafts.lock(draft_id)
            if now.status is Status.SIGNED and now.decided_by == by:
                return Signed(draft=now, resources=self._made(tx, now))
            _require_revision(now, revision)
            targets = [f"{resource['resourceType']}/{resource['id']}" for resource in made]
            chart = Chart(tx, self._clock)
            for resource in (*made, provenance(after, targets, by, at)):
                chart.update(orjson.dumps(resource))
            self._register(chart, device(after.model))
            if after.supersedes is not None:
                old = drafts.lock(after.supersedes)
                drafts.save(old, old.superseded(at))
            drafts.save(before, after)
            self._audit(tx, "sign", by, after)
            self._enter(tx, after, by)
            for order in following:
                Orders(tx).add(order)
                self._audit(tx, "order", by, order)
        self._begin(following)
        return Signed(draft=after, resources=tuple(targets))

    def _look_again(self, before: Draft, by: Actor) -> None:
        """Run the guardrails once more: the chart may have changed since the draft did."""
        made = Drafted(content=before.content, evidence=before.evidence, model=before.model)
        with self._database.read() as tx:
            order = Orders(tx).find(Drafts(tx).order_of(before.id)).order
        found = self._findings(self._room(before.capability), made, order)
        now = before.revised(before.content, before.evidence, found, self._clock())
        if not now.open_findings:
            return
        self._replace(before, now, by, "edit")
        raise NotAllowed(
            "What this draft rests on has changed since it was made.",
            mend="Reload the page: a finding stands in the way now.",
        )

    def _draft_before(self, draft_id: str, revision: int, by: Actor) -> Draft:
        """Return a draft that this person is shown, as they saw it."""
        before = self.draft(draft_id)
        before.require_shown_to(by.id)
        _require_revision(before, revision)
        return before

    def _revised(
        self,
        before: Draft,
        content: dict[str, Json],
        evidence: tuple[Evidence, ...],
        by: Actor,
        action: str,
    ) -> Draft:
        room = self._room(before.capability)
        drafted = Drafted(content=room.validate(content), evidence=evidence, model=before.model)
        with self._database.read() as tx:
            order = Orders(tx).find(Drafts(tx).order_of(before.id)).order
        findings = self._findings(room, drafted, order)
        after = before.revised(drafted.content, drafted.evidence, findings, self._clock())
        return self._replace(before, after, by, action)

    def _replace(self, before: Draft, after: Draft, by: Actor, action: str) -> Draft:
        with self._database.begin() as tx:
            Drafts(tx).save(before, after)
            self._audit(tx, action, by, after)
        return after

    @staticmethod
    def _register(chart: Chart, resource: dict[str, Any]) -> None:
        try:
            chart.read(f"{resource['resourceType']}/{resource['id']}")
        except NotFound:
            chart.update(orjson.dumps(resource))

    @staticmethod
    def _made(tx: Connection, draft: Draft) -> tuple[str, ...]:
        signed = Chart(tx).read(f"Provenance/{resource_id(draft.id, 'provenance')}").json()
        return tuple(target["reference"] for target in signed["target"])


def _require_revision(draft: Draft, revision: int) -> None:
    if draft.status is Status.SUPERSEDED:
        raise Conflict("A newer version of this draft has been signed.", mend="Open the chart.")
    if draft.decided_by is not None and draft.decided_at is not None:
        when = draft.decided_at.strftime("%-d %B %Y, %H:%M UTC")
        raise Conflict(f"{draft.decided_by.name} {draft.status} this draft on {when}.")
    if draft.status is not Status.DRAFTED:
        raise Conflict(f"This draft is {draft.status} and can no longer be changed.")
    if draft.revision != revision:
        raise StaleVersion("The draft changed since you opened it.", mend="Reload the page.")
