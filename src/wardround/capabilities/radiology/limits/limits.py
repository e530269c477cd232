"""The limits of a chest model: where it abstains, what the gates stop; read beside its manifest.

``limits.json`` is written by the training script and names the manifest's model file, so that no
model is ever run with the limits of another. Log-odds here are those at even odds before.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wardround.kernel import InvalidInput, Noun, Unavailable, first_fault

FILE = "limits.json"


class Bounds(Noun):
    """Log-odds up to which an image may be healthy, and from which it may show pneumonia."""

    healthy: float
    pneumonia: float


class Texture(Noun):
    """How images as they should be are drawn: their traits' middle, spread, and whitening."""

    centre: tuple[float, ...]
    spread: tuple[float, ...]
    whiten: tuple[tuple[float, ...], ...]
    most: float
    """Distance above which an image is drawn otherwise."""


class Group(Noun):
    """How the model did in one group: the tuning half, or a pseudo-site it never saw."""

    pneumonia: int
    healthy: int
    auroc: float
    brier: float
    """With both outcomes weighing alike."""
    sensitivity: float
    specificity: float
    alarms: float
    """Share of untouched images that are stopped; at a pseudo-site by gates that never saw it."""
    by_validation: tuple[float, float]
    """How many of the healthy and the ill are covered by bounds of the tuning half alone."""
    by_worst: tuple[float, float]
    """The same by the widest bounds of all other groups."""


class Limits(Noun):
    """What was set when the model was made; a site may set ``offset`` and bounds anew."""

    model: str
    """The sha256 of the ONNX file."""
    prevalence: float
    """The share of pneumonia that is assumed where the site declares none."""
    coverage: float
    validation: Bounds
    """Fitted on the tuning half alone: what fails elsewhere, kept to show it."""
    worst: Bounds
    """The widest over the tuning half, the pseudo-sites, and what they let expect of one more."""
    gate: float
    """Log-odds of a fault above which the gate stops an image."""
    unlike: float
    """Distance above which an image is unlike those learned from."""
    texture: Texture | None = None
    """Without it, how an image is drawn is not looked at."""
    groups: tuple[Group, ...] = ()
    """The tuning half, then each pseudo-site."""
    offset: float = 0.0
    """Added to the log-odds: this site's images against those learned from."""
    cases: tuple[int, int] = (0, 0)
    """Labelled cases of this site that these stand on: without, and with pneumonia."""


def read_limits(folder: Path) -> Limits:
    """Return the limits of a model folder; raise ``InvalidInput`` or ``Unavailable``."""
    path = folder / FILE
    try:
        said: Any = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Unavailable(f"The limits cannot be read: {error.strerror}.", where=FILE) from None
    except ValueError:
        raise InvalidInput("The limits are not JSON.", where=FILE) from None
    try:
        return Limits.model_validate(said)
    except ValidationError as error:
        raise InvalidInput(
            "The limits are not those of a chest model.",
            where=f"{FILE}{first_fault(error)}",
            mend="Write them with scripts/train_radiology.py.",
        ) from None
