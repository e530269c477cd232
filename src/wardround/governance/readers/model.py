"""What a reader study found: plain values, written as JSON and read back the same."""

from pydantic import BaseModel, ConfigDict

from wardround.governance.validation import Measured


class _Found(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Contrast(_Found):
    """Aided less unaided, its standard error, and the test that there is no difference.

    Without spread (every reader gained alike, to the last digit) there is no interval and no p.
    """

    difference: Measured
    error: float
    df: float | None = None
    """Degrees of freedom of t; none where the test is a z."""
    p: float | None = None


class Components(_Found):
    """What the variance is made of, by the names of Obuchowski and Rockette."""

    ms_treatment: float
    ms_interaction: float | None
    """Of treatment and reader; none for one reader."""
    variance: float
    cov1: float
    """Same reader, the other arm."""
    cov2: float | None
    """Another reader, the same arm."""
    cov3: float | None
    """Another reader, the other arm."""


class OneReader(_Found):
    """A figure of one reader in both arms."""

    reader: str
    unaided: Measured
    aided: Measured
    difference: Measured
    p: float | None = None


class Compared(_Found):
    """A figure of all readers: each, the mean, and the difference for two kinds of question."""

    readers: list[OneReader]
    unaided: Measured
    aided: Measured
    random: Contrast | None
    """For readers and cases like these; none for one reader."""
    fixed: Contrast
    """For these readers alone, and cases like these."""
    components: Components


class Rate(_Found):
    """Hits of those at stake; no share where nobody was at stake."""

    hits: int
    n: int
    share: Measured | None


class Switch(_Found):
    """One way in which the AI moves readers, or fails to: of all, and of each reader."""

    name: str
    overall: Rate
    by_reader: dict[str, Rate]
    of_all: float
    """Hits as a share of all answers."""


class Pair(_Found):
    """Cohen's kappa of two readers, in each arm; none where both said the same of every case."""

    readers: tuple[str, str]
    unaided: Measured | None
    aided: Measured | None


class Agreement(_Found):
    """How far readers agree with one another, in each arm."""

    pairs: list[Pair]
    fleiss: dict[str, Measured | None]
    krippendorff: dict[str, Measured | None]


class Curve(_Found):
    """A line of a plot."""

    x: list[float]
    y: list[float]


class Located(_Found):
    """Marks held against lesions."""

    afroc: Compared
    froc: dict[str, Curve]
    curve: dict[str, Curve]
    lesions: int


class Alone(_Found):
    """The AI by itself on the same cases."""

    auc: Measured | None
    sensitivity: Rate | None
    specificity: Rate | None


class ReaderStudy(_Found):
    """All that was found, and what was asked."""

    readers: list[str]
    cases: int
    diseased: int
    method: str
    threshold: float
    threshold_given: bool
    ai_threshold: float | None
    left_out: list[str]
    auc: Compared
    roc: dict[str, dict[str, Curve]]
    """By reader, and ``mean``; within, by arm."""
    sensitivity: Compared
    specificity: Compared
    alone: Alone
    switches: list[Switch]
    agreement: Agreement | None
    time: Compared | None
    """Of the logarithm of seconds: a difference is the logarithm of a ratio."""
    timed: int
    located: Located | None
    sha256: str
