"""What is kept beside a loaded edition: what it is, whence it came, and its digest."""

import json
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from pydantic import Field

from wardround.kernel import InvalidInput, Noun

NAME = "manifest.json"
ROWS = "rows"


class Source(Noun):
    """A file that was loaded."""

    name: str
    sha256: str
    size: int


class Manifest(Noun):
    """A loaded edition. ``digest`` is the SHA-256 of its rows."""

    name: str
    kind: str
    variant: str = ""
    start: date
    end: date
    sources: tuple[Source, ...]
    count: int
    digest: str
    licensed: bool = False
    """Whether a person said that they hold the licence."""
    loaded: datetime
    facts: dict[str, str] = Field(default_factory=dict)

    def saved(self) -> bytes:
        """Return it as JSON, with a digest of its own."""
        held = self.model_dump(mode="json")
        return json.dumps({"manifest": held, "sha256": _digest(held)}, indent=1).encode()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a loaded edition; raise ``InvalidInput`` if it is not whole."""
    try:
        held = json.loads((folder / NAME).read_bytes())
        whole = _digest(held["manifest"]) == held["sha256"]
        manifest = Manifest.model_validate(held["manifest"])
    except (OSError, ValueError, KeyError, TypeError):
        raise broken(folder.name) from None
    if not whole or manifest.name != folder.name:
        raise broken(folder.name)
    return manifest


def broken(name: str) -> InvalidInput:
    """Return what is said of an edition whose files are not those that were loaded."""
    return InvalidInput(
        f"The loaded edition {name} is not whole, or was changed after it was loaded.",
        where=name,
        mend=f"Load it again: wardround terms remove {name}, then wardround terms load FILE",
    )


def _digest(held: object) -> str:
    return sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
