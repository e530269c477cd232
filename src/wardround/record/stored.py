"""A version of a resource as it is kept: the bytes received, and what the record says of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson

from wardround.kernel import Deleted
from wardround.record.spans import Walk, member, with_member


@dataclass(frozen=True)
class Stored:
    """One version of a resource; ``body`` is the JSON as it was received, byte for byte.

    Where ``deleted`` is true, the version is the deletion, and ``body`` is empty: asked for what it
    says, it raises ``Deleted``.
    """

    kind: str
    id: str
    version: int
    updated: datetime
    body: bytes
    deleted: bool = False

    @property
    def reference(self) -> str:
        """Its reference, such as ``Patient/1``."""
        return f"{self.kind}/{self.id}"

    def json(self) -> dict[str, Any]:
        """Return the resource as a dictionary to look into, with its id."""
        self._require_body()
        found: dict[str, Any] = orjson.loads(self.body)
        found["id"] = self.id
        return found

    def served(self) -> bytes:
        """Return the resource as FHIR serves it: id and version set, all else as received."""
        self._require_body()
        text = self.body.decode()
        start = Walk(text).at
        place = member(text, "meta", start)
        stamped = self.updated.astimezone(UTC).isoformat(timespec="milliseconds")
        said = {"versionId": str(self.version), "lastUpdated": stamped.replace("+00:00", "Z")}
        if place is None or text[place[0]] != "{":
            text = with_member(text, "meta", said, start)
        else:
            for name, value in reversed(said.items()):
                text = with_member(text, name, value, place[0])
        return with_member(text, "id", self.id, start).encode()

    def _require_body(self) -> None:
        if self.deleted:
            raise Deleted("This resource was deleted.", where=self.reference)


class Incoming(NamedTuple):
    """A resource on its way into the record, under an id, replacing one version or any."""

    kind: str
    id: str
    body: bytes
    resource: dict[str, Any]
    if_version: int | None = None
    place: object = None
    """What an error says of where it came from."""
