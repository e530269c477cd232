"""An edition of ICD-10-CM as it is kept: plain columns, ready to be saved as JSON."""

import json
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rows:
    """The nodes of the tabular list, parents before children.

    ``parents`` are places in the columns, -1 for a chapter. ``ranks`` counts 0 chapter, 1 section,
    2 category, 3 code. ``notes`` and ``sevenths`` are by place. ``allowed``, where it is known,
    holds every code of the edition without its point; it decides which seventh characters a code
    takes where a note narrows them (S06.1X7 takes A and B alone).
    """

    codes: list[str] = field(default_factory=list)
    displays: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    notes: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    sevenths: dict[int, dict[str, str]] = field(default_factory=dict)
    billable: set[str] | None = None
    allowed: set[str] | None = None
    version: str = ""

    def saved(self) -> bytes:
        """Return the columns as JSON."""
        return json.dumps(
            {
                "codes": self.codes,
                "displays": self.displays,
                "parents": self.parents,
                "ranks": self.ranks,
                "notes": self.notes,
                "sevenths": self.sevenths,
                "billable": None if self.billable is None else sorted(self.billable),
                "allowed": None if self.allowed is None else sorted(self.allowed),
                "version": self.version,
            },
            ensure_ascii=False,
        ).encode()

    @classmethod
    def read(cls, content: bytes) -> "Rows":
        """Return the columns that ``saved`` wrote."""
        held = json.loads(content)
        for name in ("notes", "sevenths"):
            held[name] = {int(place): value for place, value in held[name].items()}
        for name in ("billable", "allowed"):
            held[name] = None if held[name] is None else set(held[name])
        return cls(**held)

    def add(self, code: str, display: str, parent: int, rank: int) -> int:
        """Put a node at the end; return its place."""
        self.codes.append(code)
        self.displays.append(display)
        self.parents.append(parent)
        self.ranks.append(rank)
        return len(self.codes) - 1
