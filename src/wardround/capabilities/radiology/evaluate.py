"""The chest model measured: on images that set no limit, on planted faults, and under shift."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import SerializeAsAny

from wardround.capabilities.radiology.faults.faulting import faulted
from wardround.capabilities.radiology.figures import auroc_with_interval, calibration_error
from wardround.capabilities.radiology.limits.limits import Bounds
from wardround.capabilities.radiology.measured import image_of, read_part
from wardround.capabilities.radiology.reading import Read, Reader, load_reader
from wardround.capabilities.radiology.shifting import elsewhere, jitter, other_share
from wardround.capabilities.radiology.triage import simulate
from wardround.kernel import Noun

Labels = NDArray[np.int64]


class Told(Noun):
    """How well the probabilities tell the images of one part apart."""

    data: str = "probability of pneumonia (test: images that set nothing)"
    part: str
    images: int
    pneumonia: int
    auroc: float
    low: float
    high: float
    brier: float
    accuracy: float
    sensitivity: float
    specificity: float
    ece: float


class Covered(Noun):
    """How often sets hold the truth, by outcome, and how often they leave the answer open."""

    data: str = "sets at 90 %: covered by outcome, and how many are left open"
    part: str
    bounds: str
    healthy: float
    pneumonia: float
    open: float | None = None


class Site(Noun):
    """How networks did at a pseudo-site that they had not seen."""

    data: str = "pseudo-sites left out of training (outcomes weigh alike)"
    site: str
    images: int
    healthy: int
    auroc: float
    brier: float
    sensitivity: float
    specificity: float
    alarms: float


class Order(Noun):
    """Minutes of waiting for one reader who is busy nine tenths of the time."""

    data: str = "worklist, simulated: minutes of waiting"
    order: str
    pneumonia: float
    pneumonia_95: float
    healthy: float
    longest: float


class Jitter(Noun):
    """How much the log-odds of one image change when only position and exposure do."""

    data: str = "log-odds changed by position and exposure alone"
    images: int
    middle: float
    of_95: float


class Report(Noun):
    """All figures; ``met`` where the targets are."""

    model: str
    digest: str
    measured: tuple[SerializeAsAny[Noun], ...]
    met: bool


def evaluate(data: Path) -> Report:
    """Measure the shipped model on the published images below ``data``."""
    reader = load_reader()
    told: list[Told] = []
    sets: list[Covered] = []
    for part in ("tuning", "test"):
        images, labels = read_part(data, part)
        reads = reader.read_many([image_of(one) for one in images])
        told.append(_told(part, reads, labels))
        sets += _sets(part, reads, labels, reader)
    caught = faulted(reader, images, reads)
    probabilities = [one.findings[0].probability if one.findings else None for one in reads]
    rows: list[Noun] = [*told, *sets, *_sites(reader), *caught]
    rows += other_share(reader, reads, labels)
    rows += elsewhere(reader, read_part(data, "tuning"), (images, labels))
    middle, of_95 = jitter(reader, images)
    rows.append(Jitter(images=len(images), middle=middle, of_95=of_95))
    for waits in simulate(probabilities, labels.tolist()):
        rows.append(
            Order(
                order=waits.order,
                pneumonia=round(waits.pneumonia, 1),
                pneumonia_95=round(waits.pneumonia_95, 1),
                healthy=round(waits.healthy, 1),
                longest=round(waits.longest, 1),
            )
        )
    final = told[-1]
    met = final.auroc >= 0.985 and final.brier <= 0.05 and final.accuracy >= 0.93
    return Report(
        model=f"{reader.model.manifest.name} {reader.model.manifest.version}",
        digest=reader.model.digest,
        measured=tuple(rows),
        met=met and all(one.target is None or one.caught >= one.target for one in caught),
    )


def _told(part: str, reads: list[Read], labels: Labels) -> Told:
    odds = np.array([one.odds for one in reads])
    share = np.array([one.findings[0].probability for one in reads if one.findings])
    known = np.array([bool(one.findings) for one in reads])
    truth = labels[known]
    area, low, high = auroc_with_interval(odds, labels)
    said = share >= 0.5
    return Told(
        part=part,
        images=len(labels),
        pneumonia=int(labels.sum()),
        auroc=round(area, 4),
        low=round(low, 4),
        high=round(high, 4),
        brier=round(float(((share - truth) ** 2).mean()), 4),
        accuracy=round(float((said == truth).mean()), 4),
        sensitivity=round(float(said[truth == 1].mean()), 4),
        specificity=round(float(1 - said[truth == 0].mean()), 4),
        ece=round(calibration_error(share, truth), 4),
    )


def _sets(part: str, reads: list[Read], labels: Labels, reader: Reader) -> Iterator[Covered]:
    odds = np.array([one.odds for one in reads])
    for name, bounds in (
        ("of the tuning half", reader.limits.validation),
        ("widest", reader.limits.worst),
    ):
        healthy, ill = covered(odds, labels, bounds)
        both = (odds <= bounds.healthy) & (odds >= bounds.pneumonia)
        yield Covered(
            part=part, bounds=name, healthy=healthy, pneumonia=ill, open=round(both.mean(), 4)
        )


def covered(odds: NDArray[np.float64], labels: Labels, bounds: Bounds) -> tuple[float, float]:
    """Return the share of the healthy and of the ill that bounds hold."""
    healthy, ill = odds[labels == 0] <= bounds.healthy, odds[labels == 1] >= bounds.pneumonia
    return round(float(healthy.mean()), 4), round(float(ill.mean()), 4)


def _sites(reader: Reader) -> Iterator[Noun]:
    """Yield what training found at pseudo-sites; only there are networks that never saw them."""
    for place, one in enumerate(reader.limits.groups[1:], 1):
        yield Site(
            site=f"pseudo-site {place}",
            images=one.pneumonia + one.healthy,
            healthy=one.healthy,
            auroc=one.auroc,
            brier=one.brier,
            sensitivity=one.sensitivity,
            specificity=one.specificity,
            alarms=one.alarms,
        )
    for place, one in enumerate(reader.limits.groups[1:], 1):
        for name, shares in (
            ("of the tuning half", one.by_validation),
            ("widest of the others", one.by_worst),
        ):
            yield Covered(
                part=f"pseudo-site {place}", bounds=name, healthy=shares[0], pneumonia=shares[1]
            )
