"""From an image to what the model says of it: checks, a finding, or the reasons for none."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.limits.abstaining import answers, promised
from wardround.capabilities.radiology.limits.limits import Limits, read_limits
from wardround.capabilities.radiology.limits.siting import Site
from wardround.capabilities.radiology.screening import (
    Check,
    colour,
    declared,
    distances,
    drawn,
    gated,
    judge,
    lattice,
    lettering,
    measure,
    outside,
    passed,
    strangeness,
)
from wardround.engines.images import Image
from wardround.engines.vision import Input, VisionModel, load_model
from wardround.kernel import InvalidInput

SHIPPED = Path(__file__).parent / "chest"
PNEUMONIA = "pneumonia"
OTHER = frozenset({"modality", "body part", "colour", "size"})
"""Checks that, not passed, leave no finding: this is no chest X-ray, and has no probability."""


class Found(NamedTuple):
    """A finding with its calibrated probability; ``region`` where the model says where."""

    code: str
    system: str
    display: str
    probability: float
    region: Mapping[str, int] | None = None


class Reason(NamedTuple):
    """Why the model abstains: a check's name, or ``uncertain``."""

    kind: str
    says: str


class Read(NamedTuple):
    """All that the model says of one image."""

    findings: tuple[Found, ...]
    quality: tuple[Check, ...]
    ood: float
    """How far it is from what the model is for, by fault or by distance; 1 is the limit."""
    answers: tuple[str, ...]
    """What can be true by the set: healthy, pneumonia, both or neither."""
    reasons: tuple[Reason, ...]
    model: str
    odds: float
    """Log-odds at even odds before, for whoever recalibrates; no probability."""

    @property
    def abstained(self) -> bool:
        """Whether the model leaves this image to people."""
        return bool(self.reasons)

    @property
    def stopped(self) -> bool:
        """Whether a gate stopped it, rather than doubt."""
        return any(not one.passed and one.stops for one in self.quality)


class Reader:
    """A model with its limits, asked of one image or of many; each answer stands by itself."""

    def __init__(self, model: VisionModel, limits: Limits, prevalence: float | None = None) -> None:
        files = {one.sha256 for one in model.manifest.files}
        if limits.model not in files:
            raise InvalidInput(
                "The limits are those of another model.",
                where="limits.json",
                mend="Bring the limits that were written with this model.",
            )
        share = limits.prevalence if prevalence is None else prevalence
        if not 0 < share < 1:
            raise InvalidInput("A share lies between 0 and 1.", where="prevalence")
        self.model, self.limits = model, limits
        self._middle = any(one.middle for one in model.manifest.input.steps)
        self._output = model.manifest.output(PNEUMONIA)
        self._prior = float(np.log(share / (1 - share)))

    @property
    def code(self) -> str:
        """The code of the finding."""
        return self._output.codes[0].code

    def at(self, site: Site | None) -> "Reader":
        """Return the reader as a site set it; itself, where the site set nothing."""
        return self if site is None else Reader(self.model, site.applied(self.limits))

    def read(self, image: Image) -> Read:
        """Return what the model says of an image."""
        return self.read_many([image])[0]

    def read_many(self, images: Sequence[Image]) -> list[Read]:
        """Return what the model says of each image, the same as of each alone."""
        if not images:
            return []
        shown = [_Shown(one) for one in images]
        batch = np.stack([self.model.prepare(one) for one in shown])
        said = self.model.run(batch)
        odds = self.odds_of(np.asarray(said[PNEUMONIA], dtype=np.float64)[:, 0]).tolist()
        far = distances(said[str(self.model.manifest.features)])
        strange = strangeness(said["gate"], far, self.limits)
        seen = _screened(shown, middle=self._middle)
        checks = gated(said["gate"], far, self.limits)
        if self.limits.texture is not None:
            drawings, away = drawn(batch[:, 0], self.limits.texture)
            strange = np.maximum(strange, away / self.limits.texture.most)
            for place, one in enumerate(drawings):
                checks[place].append(one)
        file = _Declared(self.model.manifest.input)
        promise = passed("coverage", promised(self.limits).says)
        return [
            self._read(odds[n], away, (*file.checks(image), *seen[n], *checks[n], promise))
            for n, (image, away) in enumerate(zip(images, strange.tolist(), strict=True))
        ]

    def odds_of(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return calibrated log-odds at even odds before, with this site's shift."""
        line = self._output.calibration
        slope = 1.0 if line is None or line.slope is None else line.slope
        intercept = 0.0 if line is None or line.intercept is None else line.intercept
        return slope * raw + intercept + self.limits.offset

    def share_of(self, odds: float) -> float:
        """Return the probability at this site's share of pneumonia."""
        return 1 / (1 + exp(-min(max(odds + self._prior, -30.0), 30.0)))

    def _read(self, odds: float, away: float, quality: tuple[Check, ...]) -> Read:
        stops = [one for one in quality if not one.passed and one.stops]
        reasons = [Reason(one.name, one.says) for one in stops]
        can_be = answers(odds, self.limits.worst)
        if len(can_be) > 1 and not stops:
            reasons.append(Reason("uncertain", UNCERTAIN))
        code = self._output.codes[0]
        found = Found(code.code, code.system, code.display, self.share_of(odds))
        return Read(
            findings=() if OTHER & {one.name for one in stops} else (found,),
            quality=quality,
            ood=away,
            answers=can_be,
            reasons=tuple(reasons),
            model=self.model.digest,
            odds=odds,
        )


LEGIBLE = 48
"""Side from which text in an image can be read, and is looked for."""
UNCERTAIN = "Both answers are possible here: the model cannot tell at the coverage it is set to."


class _Shown:
    """An image whose grey is made once, for the model and for the gates."""

    def __init__(self, image: Image) -> None:
        self.values, self.facts = image.values, image.facts
        self._grey = image.grey()

    def grey(self) -> NDArray[np.float32]:
        return self._grey


class _Declared:
    """What files declare, held against the model; those that say the same are judged once."""

    def __init__(self, wanted: Input) -> None:
        self._wanted = wanted
        self._known: dict[tuple[object, ...], tuple[Check, ...]] = {}

    def checks(self, image: Image) -> tuple[Check, ...]:
        facts = image.facts
        said = (
            facts.modality, facts.body_part, facts.view, facts.laterality, facts.orientation,
            facts.bits, facts.burned_in,
        )  # fmt: skip
        if said not in self._known:
            self._known[said] = tuple(declared(facts, self._wanted))
        return self._known[said]


def _screened(images: Sequence[_Shown], *, middle: bool) -> list[list[Check]]:
    """Return what the pixels of each image show; images of one size are measured together."""
    groups: dict[tuple[int, int], list[int]] = {}
    for place, image in enumerate(images):
        groups.setdefault((image.values.shape[0], image.values.shape[1]), []).append(place)
    out: list[list[Check]] = [[] for _ in images]
    for size, places in groups.items():
        found = judge(size, measure(np.stack([images[place].grey() for place in places])))
        unseen = [outside(size)] if middle else []
        for checks, place in zip(found, places, strict=True):
            values: Any = images[place].values
            if values.ndim == 3:
                out[place].append(colour(values))
            out[place] += checks + unseen
            if min(size) >= LEGIBLE:
                grey = images[place].grey()
                out[place] += [*lattice(grey), lettering(grey)]
    return out


def load_reader(
    folder: Path = SHIPPED, prevalence: float | None = None, provider: str = "cpu"
) -> Reader:
    """Return the reader of a model folder: the shipped chest model, if none is named."""
    return Reader(load_model(folder, provider=provider), read_limits(folder), prevalence)


@cache
def shipped(provider: str = "cpu") -> Reader:
    """Return the shipped reader, loaded once."""
    return load_reader(provider=provider)
