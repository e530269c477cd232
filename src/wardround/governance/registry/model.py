"""The nouns of the registry: versions of models, their approvals, files, and switches."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from wardround.kernel import Model, Noun, Stage, Switched

ON = frozenset({Stage.LIMITED, Stage.LIVE})
"""The stages in which people are shown what a model drafts."""

NAME = r"^[a-z0-9][a-z0-9.-]{0,79}$"
DIGEST = r"^[0-9a-f]{64}$"


class Origin(StrEnum):
    """Where a version came from."""

    PACKAGED = "packaged"
    SITE = "site"


class FileKind(StrEnum):
    """What a file of a model is."""

    CARD = "card"
    SPEC = "spec"
    PLAN = "plan"
    """A predetermined change control plan."""
    REPORT = "report"
    VALIDATION = "validation"
    """The figures of a validation, as JSON that was read back."""
    MEASURED = "measured"
    """The same, measured here: this very model file on a test set of known sha256."""


class Cause(StrEnum):
    """Why a version came into a stage."""

    RELEASED = "released"
    """It came with Wardround."""
    REGISTERED = "registered"
    SWITCHED = "switched"
    REPLACED = "replaced"
    """Another version of the name was switched on."""
    ROLLED_BACK = "rolled back"


class Enclosed(Noun):
    """A file that goes along with a version."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")
    kind: FileKind
    media_type: str
    content: bytes
    data_sha256: str | None = Field(default=None, pattern=DIGEST)


class Source(Noun):
    """Data that a version was trained or validated on: what it is called, and its sha256."""

    name: str
    sha256: str


class Candidate(Noun):
    """A version that is to be registered."""

    capability: str
    name: str = Field(pattern=NAME)
    version: str = Field(min_length=1, max_length=64)
    digest: str = Field(pattern=DIGEST)
    title: str = Field(max_length=200)
    origin: Origin
    learned: bool = False
    """Learned from data: it goes on with a validation at the site alone."""
    device: bool = False
    """A device function: it goes on with the clinic's statement that it is used as one."""
    place: str = ""
    """Where its file is: in the package, or below the home folder."""
    data: tuple[Source, ...] = ()
    code: str | None = None
    """The code it was made with, such as a commit; None: not provided."""
    change: str | None = None
    """What kind of change it is, by a change control plan."""
    stage: Stage = Stage.OFF
    """Where it begins when it comes with Wardround."""
    files: tuple[Enclosed, ...] = ()

    @property
    def model(self) -> Model:
        """The version as drafts name it."""
        return Model(name=self.name, version=self.version, digest=self.digest)


class Registered(Noun):
    """A version as the registry has it now."""

    id: str
    capability: str
    name: str
    version: str
    digest: str
    title: str
    origin: Origin
    learned: bool
    device: bool
    place: str
    data: tuple[Source, ...]
    code: str | None
    change: str | None
    registered: datetime
    registered_by: str | None
    """None: it came with Wardround."""
    stage: Stage
    people: tuple[str, ...]
    since: datetime
    since_by: str | None

    @property
    def model(self) -> Model:
        """The version as drafts name it."""
        return Model(name=self.name, version=self.version, digest=self.digest)

    @property
    def switched(self) -> Switched:
        """How far it is switched on."""
        return Switched(stage=self.stage, people=self.people)

    @property
    def is_on(self) -> bool:
        """Whether anybody is shown what it drafts."""
        return self.stage in ON


class Approval(Noun):
    """Somebody approved a version, in words."""

    model: str
    at: datetime
    by: str
    words: str


class Kept(Noun):
    """A file of a version, without its content."""

    id: str
    model: str
    name: str
    kind: FileKind
    media_type: str
    sha256: str
    data_sha256: str | None
    at: datetime
    by: str | None


class Change(Noun):
    """A change of a stage that is to be made: to what, why, for whom."""

    after: Stage
    cause: Cause
    why: str
    people: tuple[str, ...] = ()
    statement: str = ""


class Turn(Noun):
    """One change of a stage that was made: what, from and to, by whom, when, why."""

    name: str
    number: int
    model: str
    at: datetime
    by: str | None
    cause: Cause
    before: Stage
    after: Stage
    people: tuple[str, ...]
    why: str
    statement: str | None
