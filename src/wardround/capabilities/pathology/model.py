"""The nouns of a pathology draft: the slide, what was checked, and each measure with its place."""

from enum import StrEnum

from pydantic import Field

from wardround.engines.images import Region
from wardround.kernel import Noun

SLIDE = "slide-0"
"""The name of the one input."""


class State(StrEnum):
    """What became of a measure."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    """A person counted or measured otherwise; ``value`` is theirs, ``read`` the engine's."""
    REJECTED = "rejected"


class Coded(Noun):
    """A concept by its code, such as a finding that a model looks for."""

    system: str
    code: str
    display: str


class Measure(Noun):
    """One number: a count, a density, a size, a share; ``unit`` is UCUM's."""

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    code: str = Field(max_length=40)
    display: str = Field(min_length=1, max_length=200)
    value: float
    unit: str = Field(max_length=20)
    read: float
    region: Region | None = None
    more: tuple[Region, ...] = ()
    """Where it was taken from besides."""
    model: str = ""
    """Name and version of the model that told it, where that is another than the draft's."""
    of: Coded | None = None
    """What such a model looks for."""
    state: State = State.SUGGESTED
    why: str = Field(default="", max_length=500)

    @property
    def stands(self) -> bool:
        """Whether it goes into the report."""
        return self.state in {State.CONFIRMED, State.CORRECTED}


class SlideFacts(Noun):
    """The slide, as its file says."""

    columns: int = Field(gt=0)
    rows: int = Field(gt=0)
    mpp: float | None = None
    """Micrometres of a pixel; None where the file does not say."""
    magnification: float | None = None
    source: str = ""
    hidden: int = 0
    """Pictures in the file that are never shown: a label, a macro picture."""


class Checked(Noun):
    """One check of the slide."""

    name: str
    passed: bool
    says: str
    value: float | None = None


class Seen(Noun):
    """A kind of place on the slide, a ``Look`` by its name, and how much of the slide it is."""

    look: str
    share: float = Field(ge=0, le=1)


class Marked(Noun):
    """A region that a person drew, and what they say of it."""

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    display: str = Field(min_length=1, max_length=200)
    region: Region


class Report(Noun):
    """The content of a draft. A person decides the measures and writes the diagnosis."""

    headline: str = ""
    slide: SlideFacts
    measures: tuple[Measure, ...] = ()
    marked: tuple[Marked, ...] = ()
    checks: tuple[Checked, ...] = ()
    looked: int = 0
    """Tiles with tissue that were looked at."""
    empty: int = 0
    """Tiles without tissue, not looked at."""
    skipped: int = 0
    """Tiles that could not be decoded."""
    seen: tuple[Seen, ...] = ()
    """What was looked at, and what was not."""
    remarks: tuple[str, ...] = ()
    diagnosis: str = Field(default="", max_length=8000)
    comment: str = Field(default="", max_length=2000)

    @property
    def undecided(self) -> tuple[Measure, ...]:
        """The measures that a person has not decided yet."""
        return tuple(one for one in self.measures if one.state is State.SUGGESTED)

    def place(self, measure_id: str) -> int | None:
        """Return where a measure stands, from 0; None where it is not."""
        ids = [one.id for one in self.measures]
        return ids.index(measure_id) if measure_id in ids else None
