"""The draft store: every draft as it stands, and each revision it went through."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from wardround.kernel import Draft, NotFound, StaleVersion, Status
from wardround.rounds import tables
from wardround.rounds.orders import State
from wardround.security import vault_of


class Drafts:
    """The drafts, within one transaction."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx

    def add(self, draft: Draft, order_id: str) -> None:
        """Save a new draft."""
        self._tx.execute(
            insert(tables.drafts).values(
                id=draft.id,
                order_id=order_id,
                capability=draft.capability,
                subject=draft.subject,
                encounter=draft.encounter,
                created=draft.created,
                status=draft.status,
                revision=draft.revision,
                document=self._sealed(draft, tables.draft_place(draft.id, draft.revision)),
            )
        )
        self._keep(draft)

    def find(self, draft_id: str) -> Draft:
        """Return one draft; raise ``NotFound``."""
        return self._one(select(tables.drafts).where(tables.drafts.c.id == draft_id))

    def lock(self, draft_id: str) -> Draft:
        """Return one draft, with other writers kept waiting until this transaction ends."""
        query = select(tables.drafts).where(tables.drafts.c.id == draft_id)
        return self._one(query.with_for_update())

    def order_of(self, draft_id: str) -> str:
        """Return the id of the order a draft was made for."""
        query = select(tables.drafts.c.order_id).where(tables.drafts.c.id == draft_id)
        order_id = self._tx.execute(query).scalar_one_or_none()
        if order_id is None:
            raise NotFound("There is no such draft.")
        return str(order_id)

    def has(self, draft_id: str) -> bool:
        """Whether there is such a draft."""
        query = select(tables.drafts.c.id).where(tables.drafts.c.id == draft_id)
        return self._tx.execute(query).first() is not None

    def of_order(self, order_id: str) -> Sequence[Draft]:
        """Return the drafts of one order, oldest first, however far its drafting has come."""
        query = select(tables.drafts).where(tables.drafts.c.order_id == order_id)
        rows = self._tx.execute(query.order_by(tables.drafts.c.created, tables.drafts.c.id)).all()
        return self._opened([(r.document, tables.draft_place(r.id, r.revision)) for r in rows])

    def files(self, subject: str, *, apart: str) -> set[str]:
        """Return the sha256 of what was made with a subject's drafts, one order's left apart."""
        of = tables.drafts.c
        query = select(tables.drafts).where(of.subject == subject, of.order_id != apart)
        rows = self._tx.execute(query).all()
        found = self._opened([(r.document, tables.draft_place(r.id, r.revision)) for r in rows])
        return {item.sha256 for draft in found for item in draft.files}

    def remove(self, draft_ids: Collection[str]) -> None:
        """Delete drafts with every revision they went through."""
        self._tx.execute(delete(tables.revisions).where(tables.revisions.c.draft_id.in_(draft_ids)))
        self._tx.execute(delete(tables.drafts).where(tables.drafts.c.id.in_(draft_ids)))

    def save(self, before: Draft, after: Draft) -> None:
        """Replace ``before`` by ``after``; raise ``StaleVersion`` if it is no longer there."""
        done = self._tx.execute(
            update(tables.drafts)
            .where(
                tables.drafts.c.id == before.id,
                tables.drafts.c.revision == before.revision,
                tables.drafts.c.status == before.status,
            )
            .values(
                status=after.status,
                revision=after.revision,
                document=self._sealed(after, tables.draft_place(after.id, after.revision)),
            )
        )
        if done.rowcount != 1:
            raise StaleVersion("The draft changed meanwhile.", mend="Reload the page.")
        if after.revision != before.revision:
            self._keep(after)

    def list(
        self,
        *statuses: Status,
        encounter: str | None = None,
        subject: str | None = None,
        supersedes: str | None = None,
    ) -> list[Draft]:
        """Return the drafts whose guardrails have run, oldest first, in any of ``statuses``."""
        query = (
            select(tables.drafts)
            .join(tables.orders, tables.orders.c.id == tables.drafts.c.order_id)
            .where(tables.orders.c.state == State.DONE)
            .order_by(tables.drafts.c.created, tables.drafts.c.id)
        )
        if statuses:
            query = query.where(tables.drafts.c.status.in_(statuses))
        if encounter is not None:
            query = query.where(tables.drafts.c.encounter == encounter)
        if subject is not None:
            query = query.where(tables.drafts.c.subject == subject)
        rows = self._tx.execute(query).all()
        found = list(
            self._opened([(r.document, tables.draft_place(r.id, r.revision)) for r in rows])
        )
        if supersedes is not None:
            found = [draft for draft in found if draft.supersedes == supersedes]
        return found

    def revisions(self, draft_id: str) -> Sequence[Draft]:
        """Return every revision of a draft, first to last."""
        query = (
            select(tables.revisions)
            .where(tables.revisions.c.draft_id == draft_id)
            .order_by(tables.revisions.c.revision)
        )
        rows = self._tx.execute(query).all()
        places = [tables.revision_place(row.draft_id, row.revision) for row in rows]
        return self._opened([(r.document, p) for r, p in zip(rows, places, strict=True)])

    def _keep(self, draft: Draft) -> None:
        place = tables.revision_place(draft.id, draft.revision)
        self._tx.execute(
            insert(tables.revisions).values(
                draft_id=draft.id, revision=draft.revision, document=self._sealed(draft, place)
            )
        )

    def _sealed(self, draft: Draft, place: str) -> bytes:
        document = draft.model_dump_json().encode()
        return vault_of(self._tx).seal(self._tx, draft.subject, document, place)

    def _one(self, query: Select[Any]) -> Draft:
        row = self._tx.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such draft.")
        return self._opened([(row.document, tables.draft_place(row.id, row.revision))])[0]

    def _opened(self, sealed: Sequence[tuple[bytes, str]]) -> Sequence[Draft]:
        documents = vault_of(self._tx).open_all(self._tx, sealed)
        return [Draft.model_validate_json(document) for document in documents]
