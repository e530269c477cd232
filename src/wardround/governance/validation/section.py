"""A part of the report: words, points, a table, pictures."""

from dataclasses import dataclass, field

from wardround.governance.validation.picture import Picture


@dataclass(frozen=True)
class Table:
    """Rows of texts under a head; ``widths`` are parts of the page's width."""

    head: list[str]
    rows: list[list[str]]
    headed: bool = True
    widths: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``lead`` sections are on the first page."""

    heading: str
    words: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    table: Table | None = None
    pictures: list[Picture] = field(default_factory=list)
    lead: bool = False
    after: list[str] = field(default_factory=list)
    """Words under the table."""
    anchor: str = ""
    """Where a long page's list of contents leads to; most pages need none."""
