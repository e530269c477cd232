"""The nouns of a radiology draft: the study, what was checked, each finding with its region."""

from enum import StrEnum

from pydantic import Field

from wardround.engines.images import Region
from wardround.kernel import Noun

SNOMED = "http://snomed.info/sct"
IMAGE = "image-{}"
"""The name of an input: the images of a study, numbered from 0 as they were handed in."""


class State(StrEnum):
    """What became of a finding."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    """It is there."""
    ABSENT = "absent"
    """It is not there."""
    ADDED = "added"
    """A person saw what the model did not tell."""


class Cell(Noun):
    """A part of an image, and how much of an answer rests on it beside the weightiest part."""

    region: Region
    weight: float = Field(ge=0, le=1)


class Resting(Noun):
    """Where a model's answer rests on an image, kept so that the page is drawn without the model.

    ``region`` is the box around the weightiest cells. It is no outline of a finding, and stands
    apart from the regions that a person drew or a model detected: none of it is written back.
    """

    faithful: bool
    """Whether the check bears it out; else there is nothing to show."""
    region: Region | None = None
    share: float = Field(default=0, ge=0, le=1)
    """Of all that speaks for the answer, what lies in the box."""
    cells: tuple[Cell, ...] = Field(default=(), max_length=1024)


class Finding(Noun):
    """One finding: what the model says of it, and what a person decided.

    ``probability`` is calibrated, 0 to 1; what a person added has none. ``likely`` says on which
    side of the operating point it lies; ``sure`` that the model commits itself to that, at the
    error rate it was set to. ``words`` are what the report says of it.
    """

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    code: str = Field(default="", max_length=64)
    system: str = Field(default=SNOMED, max_length=200)
    display: str = Field(min_length=1, max_length=200)
    probability: float | None = Field(default=None, ge=0, le=1)
    likely: bool = False
    sure: bool = False
    state: State = State.SUGGESTED
    regions: tuple[Region, ...] = ()
    area: float | None = Field(default=None, ge=0)
    """Of what was outlined, in mm²; a region drawn by a person has none."""
    resting: Resting | None = None
    """Where the answer rests; None where it was not asked."""
    words: str = Field(default="", max_length=1000)
    why: str = Field(default="", max_length=500)
    """Why a person decided against the model."""

    @property
    def stands(self) -> bool:
        """Whether the report says that it is there."""
        return self.state in {State.CONFIRMED, State.ADDED}

    @property
    def against(self) -> bool:
        """Whether a person decided otherwise than the model says."""
        decided = {State.CONFIRMED: True, State.ABSENT: False}.get(self.state)
        return self.probability is not None and decided is not None and decided != self.likely


class Whose(Noun):
    """What the files say of the patient, to be held against the chart."""

    ids: tuple[str, ...] = ()
    born: str = ""
    """As ``YYYY-MM-DD``, or the year alone."""
    sex: str = ""
    """``male``, ``female`` or ``other``."""

    @property
    def known(self) -> bool:
        """Whether they say anything that can be compared."""
        return bool(self.ids or self.born or self.sex)


class Picture(Noun):
    """One image of the study, as its file says."""

    input: str
    rows: int = Field(gt=0)
    columns: int = Field(gt=0)
    frames: int = Field(default=1, gt=0)
    view: str = ""
    laterality: str = ""
    spacing: tuple[float, float] | None = None
    """Millimetres from row to row, and from column to column."""
    instance: str = ""
    series: str = ""
    sop: str = ""
    """The UIDs of the image, of its series, and of its SOP class."""
    read: bool = False
    """Whether the model read it."""
    covered: Region | None = None
    """The part of it that the model was given; None where this is not known."""
    why: str = ""
    """Why it was chosen, or left."""


class Study(Noun):
    """What was handed in; ``uid`` is empty where the files have none."""

    uid: str = ""
    modality: str = ""
    body_part: str = ""
    taken: str = ""
    """As ``YYYY-MM-DDThh:mm:ss`` where it was taken, or the day alone; DICOM tells no zone."""
    of: Whose = Whose()
    pictures: tuple[Picture, ...] = Field(min_length=1)


class Checked(Noun):
    """One check of the image: whether it can be read by this model, and how that was found."""

    name: str
    passed: bool
    says: str
    value: float | None = None


class Prior(Noun):
    """The study before, where there is one that this one can be compared with."""

    report: str
    taken: str = ""
    says: str


class Report(Noun):
    """The content of a draft. A person decides the findings and writes ``impression``."""

    headline: str = ""
    study: Study
    findings: tuple[Finding, ...] = ()
    checks: tuple[Checked, ...] = ()
    unlike: float | None = None
    """How unlike what the model learned from the image is; ``limit`` is where it abstains."""
    limit: float | None = None
    remarks: tuple[str, ...] = ()
    """What whoever signs should know of this reading."""
    prior: Prior | None = None
    impression: str = Field(default="", max_length=4000)
    """A person's own words; while there are none, what was decided of each finding is said."""
    comment: str = Field(default="", max_length=2000)

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """The findings that a person has not decided yet."""
        return tuple(one for one in self.findings if one.state is State.SUGGESTED)

    def place(self, finding_id: str) -> int | None:
        """Return where a finding stands, from 0; None where it is not."""
        ids = [one.id for one in self.findings]
        return ids.index(finding_id) if finding_id in ids else None
