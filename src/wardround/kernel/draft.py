"""The draft and the only moves it knows.

    (order) ──► drafted ──► signed ──► superseded
       │           └──────► rejected
       └──────► abstained

Every move returns a new draft or raises; nothing here reads or writes anything.
"""

from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import NAMESPACE_URL, uuid5

from pydantic import Field

from wardround.kernel.actor import Actor
from wardround.kernel.base import Json, Noun
from wardround.kernel.errors import Conflict, Forbidden, NotAllowed, NotFound
from wardround.kernel.evidence import Evidence
from wardround.kernel.finding import Finding, Severity


class Status(StrEnum):
    """Where a draft is on the route."""

    DRAFTED = "drafted"
    ABSTAINED = "abstained"
    SIGNED = "signed"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


MOVES: dict[Status, frozenset[Status]] = {
    Status.DRAFTED: frozenset({Status.SIGNED, Status.REJECTED}),
    Status.SIGNED: frozenset({Status.SUPERSEDED}),
    Status.ABSTAINED: frozenset(),
    Status.REJECTED: frozenset(),
    Status.SUPERSEDED: frozenset(),
}


class Model(Noun):
    """The model that drafted: name, version, and the sha256 of its files."""

    name: str
    version: str
    digest: str


class Part(Noun):
    """Something handed in, or made: its file name, the bytes, the media type where it is known.

    What is too big to hold, such as a slide, is in ``file``, the path of a file of the caller's;
    ``data`` is then empty.
    """

    name: str
    data: bytes = b""
    file: str = ""
    media_type: str = "application/octet-stream"


class Input(Noun):
    """Something a draft was made from: its name in the order, where it is kept, its sha256."""

    name: str
    reference: str
    sha256: str
    media_type: str


class Drafted(Noun):
    """What a capability hands back: content with evidence, or the reason it abstained."""

    content: dict[str, Json] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    confidence: float | None = Field(default=None, ge=0, le=1)
    model: Model
    abstained: str | None = None
    files: tuple[Part, ...] = ()
    """What was made besides the content and is too big for it, such as every outline of a slide."""


def resource_id(draft_id: str, part: str) -> str:
    """Return the FHIR id of what signing makes of a draft; always the same for the same draft."""
    return str(uuid5(NAMESPACE_URL, f"urn:wardround:draft:{draft_id}:{part}"))


class Draft(Noun):
    """One draft: what is claimed, from what, by which model, and what became of it."""

    id: str
    capability: str
    subject: str
    encounter: str | None = None
    status: Status = Status.DRAFTED
    content: dict[str, Json] = Field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    confidence: float | None = None
    model: Model
    inputs: tuple[Input, ...] = ()
    files: tuple[Input, ...] = ()
    """What was made besides the content, sealed beside the inputs; it goes when they go."""
    revision: int = Field(default=1, ge=1)
    created: datetime
    updated: datetime
    decided_by: Actor | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    supersedes: str | None = None
    shadow: bool = False
    """Made while its model was in shadow: kept to be measured, shown to nobody, never signed."""
    shown_to: tuple[str, ...] | None = None
    """Made while its model was limited: the ids of who is shown it until it is signed."""

    @property
    def headline(self) -> str:
        """What it says in a few words, where its capability puts that into ``headline``."""
        said = self.content.get("headline")
        return said if isinstance(said, str) else ""

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that still stand in the way of signing."""
        return tuple(finding for finding in self.findings if finding.open)

    def file(self, name: str) -> Input:
        """Return a file that was made with it; raise ``NotFound``."""
        for one in self.files:
            if one.name == name:
                return one
        raise NotFound("This was not kept with the draft.", mend="Draft it again.")

    def is_shown_to(self, person: str | None) -> bool:
        """Whether a person, by their id, is shown it; None: whoever may read drafts at all."""
        if self.shadow:
            return False
        is_chart = self.status in {Status.SIGNED, Status.SUPERSEDED}
        return self.shown_to is None or is_chart or person in self.shown_to

    def require_shown_to(self, person: str) -> None:
        """Raise ``Forbidden`` unless this person is shown it."""
        if self.shadow:
            raise Forbidden("This was drafted in shadow: it is measured, and shown to nobody.")
        if not self.is_shown_to(person):
            raise Forbidden(
                "Only the people who try this model are shown what it drafts.",
                mend="The quality officer names them, on the page of the model.",
            )

    def revised(
        self,
        content: dict[str, Json],
        evidence: tuple[Evidence, ...],
        findings: tuple[Finding, ...],
        at: datetime,
    ) -> Self:
        """Return the next revision; a finding once acknowledged stays so while it stands."""
        self._require(Status.DRAFTED, "edited")
        known = {(f.key, f.message): f for f in self.findings if f.acknowledged_by is not None}
        kept = tuple(known.get((finding.key, finding.message), finding) for finding in findings)
        return self._next(at, content=content, evidence=evidence, findings=kept)

    def acknowledged(self, key: str, by: Actor, at: datetime) -> Self:
        """Return the draft with the warning ``key`` acknowledged."""
        self._require(Status.DRAFTED, "changed")
        if not any(finding.key == key for finding in self.findings):
            raise NotAllowed(
                "This finding is no longer part of the draft.", mend="Reload the page."
            )
        findings = tuple(
            finding.model_copy(update={"acknowledged_by": by.id, "acknowledged_at": at})
            if finding.key == key and finding.severity is Severity.WARN and finding.open
            else finding
            for finding in self.findings
        )
        return self._next(at, findings=findings)

    def signed(self, by: Actor, at: datetime) -> Self:
        """Return the signed draft; raise ``NotAllowed`` while a finding stands in the way."""
        self._move(Status.SIGNED)
        if self.open_findings:
            raise NotAllowed(
                f"{len(self.open_findings)} finding(s) stand in the way of signing.",
                mend="Edit the draft or acknowledge each warning first.",
            )
        return self._decided(Status.SIGNED, by, at)

    def rejected(self, by: Actor, at: datetime, reason: str) -> Self:
        """Return the rejected draft, with the reason."""
        self._move(Status.REJECTED)
        if not reason.strip():
            raise NotAllowed("A draft is rejected with a reason.", mend="Say why in a few words.")
        return self._decided(Status.REJECTED, by, at, reason.strip())

    def superseded(self, at: datetime) -> Self:
        """Return the draft as superseded; who signed it, and when, stays."""
        self._move(Status.SUPERSEDED)
        return self.model_copy(update={"status": Status.SUPERSEDED, "updated": at})

    def _decided(self, status: Status, by: Actor, at: datetime, reason: str | None = None) -> Self:
        decision = {"decided_by": by, "decided_at": at, "updated": at, "reason": reason}
        return self.model_copy(update={"status": status, **decision})

    def _next(self, at: datetime, **changes: object) -> Self:
        changes |= {"revision": self.revision + 1, "updated": at}
        return self.model_copy(update=changes)

    def _require(self, status: Status, verb: str) -> None:
        self._require_no_shadow()
        if self.status is not status:
            raise Conflict(f"This draft is {self.status} and can no longer be {verb}.")

    def _require_no_shadow(self) -> None:
        if self.shadow:
            raise NotAllowed("This was drafted in shadow: nobody changes, signs or rejects it.")

    def _move(self, status: Status) -> None:
        self._require_no_shadow()
        if status not in MOVES[self.status]:
            raise Conflict(f"A draft that is {self.status} cannot become {status}.")
