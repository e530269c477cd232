"""What a validation found: plain values, written as JSON and read back the same."""

from pydantic import BaseModel, ConfigDict


class _Found(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Measured(_Found):
    """A number with its 95 % interval; without one where no honest interval is known."""

    value: float
    low: float | None = None
    high: float | None = None


class Curve(_Found):
    """A line: its points, and above and below it the interval of each."""

    name: str
    x: list[float]
    y: list[float]
    low: list[float] | None = None
    high: list[float] | None = None


class Bin(_Found):
    """Patients of like predicted risk: their mean prediction, and the share with the outcome."""

    n: int
    predicted: float
    observed: Measured


class Calibration(_Found):
    """Whether predicted risks come true, in the large and along the whole scale."""

    bins: list[Bin]
    smooth: Curve
    histogram_yes: list[int]
    histogram_no: list[int]
    ece_if_perfect: Measured
    """What a perfectly calibrated model would show with as many patients: chance alone."""


class Threshold(_Found):
    """What follows if everybody at or above a risk is acted upon."""

    threshold: float
    sensitivity: Measured
    specificity: Measured
    ppv: Measured | None
    npv: Measured | None
    alerts_per_100: Measured
    nne: Measured | None
    """Patients to evaluate for one who has the outcome: 1 / PPV."""
    net_benefit: Measured


class Compared(_Found):
    """Another's predictions beside the model's, on the patients for whom both are there."""

    name: str
    n: int
    auroc: Measured
    brier: Measured
    slope: Measured | None
    o_to_e: Measured
    model_auroc: Measured
    auroc_difference: Measured
    """The model's less theirs (DeLong)."""
    auroc_p: float
    model_brier: Measured
    brier_difference: Measured
    roc: Curve


class Group(_Found):
    """One level of a column of groups; without measures where it is too small to say."""

    column: str
    level: str
    n: int
    events: int
    small: bool
    measures: dict[str, Measured]


class Gap(_Found):
    """The widest difference of a measure between two levels of a column."""

    column: str
    measure: str
    more: str
    less: str
    difference: Measured
    pairs: int
    """How many pairs were looked at: the interval is widened for all of them."""

    @property
    def clear(self) -> bool:
        """Whether the interval leaves no difference out."""
        return self.difference.low is not None and self.difference.low > 0


class Missing(_Found):
    """How often an input was missing, and among whom."""

    column: str
    n: int
    share: Measured
    with_outcome: Measured
    without_outcome: Measured
    difference: Measured


class Coverage(_Found):
    """Of conformal sets: how often the truth was in them, and how often there was one answer."""

    column: str
    level: str
    n: int
    covered: Measured
    answered: Measured
    right_if_answered: Measured | None


class Validation(_Found):
    """All that a validation found, with the digest of the data and how intervals were made."""

    n: int
    events: int
    digest: str
    seed: int
    resamples: int
    overall: dict[str, Measured]
    calibration: Calibration
    roc: Curve
    pr: Curve
    decision: list[Curve]
    thresholds: list[Threshold]
    chosen: float
    """The risk at which groups are compared."""
    compared: list[Compared]
    groups: list[Group]
    gaps: list[Gap]
    missing: list[Missing]
    coverage: list[Coverage]

    @property
    def share(self) -> float:
        """Return the share of patients who had the outcome."""
        return self.events / self.n
