"""The signed documents of agreements: sealed, kept beside the register, read back as they came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select

from wardround.kernel import Actor, Clock, InvalidInput, NotFound, Noun, TooLarge, system_clock
from wardround.privacy.egress.agreements.register import NOBODY, Agreements
from wardround.privacy.egress.agreements.tables import documents
from wardround.security import AuditTrail, utc, vault_of

MOST = 15 * 1024 * 1024
"""Bytes of one document."""

_KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


class Paper(Noun):
    """A signed document, without its bytes."""

    id: str
    agreement: str
    name: str
    media_type: str
    size: int
    at: datetime
    by: str


class Papers:
    """The documents, within one transaction; they are added and read, never changed."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def add(self, agreement: str, name: str, data: bytes, by: Actor) -> str:
        """Keep a PDF, PNG or JPEG and return its id; what it is, its first bytes say."""
        Agreements(self._tx, self._clock).find(agreement)
        if len(data) > MOST:
            raise TooLarge(f"A document has at most {MOST // 2**20} MB.", where="document")
        media = next((media for start, media in _KINDS if data.startswith(start)), None)
        if media is None:
            raise InvalidInput("A signed document is a PDF, PNG or JPEG.", where="document")
        paper = str(uuid4())
        seal = vault_of(self._tx).seal
        name = "".join(c for c in name if c.isprintable() and c not in '/\\"')[-120:]
        self._tx.execute(
            insert(documents).values(
                id=paper,
                agreement=agreement,
                at=self._clock(),
                by=by.id,
                media_type=media,
                size=len(data),
                name=seal(self._tx, NOBODY, name.encode(), f"agreement_document/{paper}/name"),
                sealed=seal(self._tx, NOBODY, data, f"agreement_document/{paper}"),
            )
        )
        AuditTrail(self._tx, self._clock).record(
            "add-agreement-document", "success", actor=by, entity=f"agreement/{agreement}"
        )
        return paper

    def list(self, agreement: str) -> Sequence[Paper]:
        """Return the documents of an agreement, newest first."""
        query = select(documents).where(documents.c.agreement == agreement)
        return [self._read(row) for row in self._tx.execute(query.order_by(documents.c.at.desc()))]

    def read(self, agreement: str, paper: str) -> tuple[Paper, bytes]:
        """Return a document with its bytes; raise ``NotFound``."""
        query = select(documents).where(documents.c.id == paper, documents.c.agreement == agreement)
        row = self._tx.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such document.")
        data = vault_of(self._tx).open(self._tx, row.sealed, f"agreement_document/{paper}")
        return self._read(row), data

    def _read(self, row: Row[Any]) -> Paper:
        name = vault_of(self._tx).open(self._tx, row.name, f"agreement_document/{row.id}/name")
        return Paper(
            id=row.id,
            agreement=row.agreement,
            name=name.decode(),
            media_type=row.media_type,
            size=row.size,
            at=utc(row.at),
            by=row.by,
        )
