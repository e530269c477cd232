"""Ids and references, replaced alike wherever they stand, so that they still lead somewhere."""

import re
from uuid import UUID

from wardround.privacy.deid import Secret

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LOCAL = re.compile(r"([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]{1,64})(?:/_history/.+)?")
_TYPE = re.compile(r"[A-Z][A-Za-z]+")


class Ids:
    """Replaces ids under a key: a UUID by a UUID, another by a code, an OID by an OID."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret
        self._known: dict[str, str] = {}

    def id(self, written: str) -> str:
        """Return the id that replaces one."""
        if written not in self._known:
            self._known[written] = self._made(written)
        return self._known[written]

    def reference(self, written: str) -> str:
        """Return a reference that leads to the replaced id; a search becomes its type alone."""
        if written.startswith("#"):
            return "#" + self.id(written[1:]) if written != "#" else written
        if written.startswith("urn:"):
            return self.uri(written)
        place = written.partition("?")[0].partition("/_history/")[0]
        path = "/".join(place.rsplit("/", 2)[-2:])
        found = _LOCAL.fullmatch(path)
        if found:
            return f"{found[1]}/{self.id(found[2])}"
        kind = _TYPE.match(written)
        if kind is None:
            return f"urn:uuid:{self._uuid(written)}"
        code = self._secret.code("reference", written, 20).lower()
        return f"{kind[0]}/{code}" if "?" in written else kind[0]

    def uri(self, written: str) -> str:
        """Return the address that replaces one: of the same kind for UUIDs, OIDs and resources."""
        if written.startswith("urn:uuid:"):
            return f"urn:uuid:{self.id(written[9:])}"
        if written.startswith("urn:oid:"):
            return f"urn:oid:{self._secret.uid(written[8:])}"
        found = _LOCAL.search(written) if written.startswith(("http://", "https://")) else None
        if found and found.end() == len(written):
            return f"https://example.org/fhir/{found[1]}/{self.id(found[2])}"
        return f"urn:uuid:{self._uuid(written)}"

    def _made(self, written: str) -> str:
        if _UUID.fullmatch(written):
            return self._uuid(written.lower())
        if re.fullmatch(r"[0-9.]+\.[0-9.]+", written):
            return self._secret.uid(written)
        return self._secret.code("id", written, 20).lower()

    def _uuid(self, written: str) -> str:
        number = int(self._secret.uid(written).removeprefix("2.25."))
        return str(UUID(int=number, version=4))
