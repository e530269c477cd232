"""What happens to probabilities and sets elsewhere: another share of pneumonia, other machines."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.limits.abstaining import prevalence_here
from wardround.capabilities.radiology.limits.limits import Bounds
from wardround.capabilities.radiology.limits.recalibrating import recalibrate
from wardround.capabilities.radiology.measured import image_of
from wardround.capabilities.radiology.reading import Read, Reader
from wardround.kernel import Noun

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]
Part = tuple[NDArray[np.uint8], Labels]
Grey = NDArray[np.float32]


class Share(Noun):
    """Brier score where pneumonia is as common as said, by the share that is assumed."""

    data: str = "Brier score where the share of pneumonia is another"
    share: float
    as_in_validation: float
    as_shipped: float
    as_declared: float
    estimated: float
    """The share by expectation maximisation, from unlabelled images."""


class Elsewhere(Noun):
    """The test half as another machine would show it."""

    data: str = "other machines: sets at 90 % and Brier score (outcomes weigh alike)"
    machine: str
    limits: str
    healthy: float
    pneumonia: float
    open: float
    brier: float


def other_share(reader: Reader, reads: Sequence[Read], labels: Labels) -> Iterator[Share]:
    """Yield the Brier score at other shares: images weigh as if they were so common."""
    odds = np.array([one.odds for one in reads])
    usual = float(labels.mean())
    for share in (0.1, 0.3, 0.5, 0.62, 0.9):
        weight = np.where(labels == 1, share / usual, (1 - share) / (1 - usual))
        many = np.repeat(odds, np.round(100 * weight).astype(int))
        guess = prevalence_here(many)

        def score(prior: float, weight: Numbers = weight) -> float:
            said = _chance(odds + np.log(prior / (1 - prior)))
            return round(float(np.average((said - labels) ** 2, weights=weight)), 4)

        yield Share(
            share=share,
            as_in_validation=score(usual),
            as_shipped=score(reader.limits.prevalence),
            as_declared=score(share),
            estimated=round(guess, 3),
        )


def _softer(image: Grey) -> Grey:
    from scipy import ndimage

    return np.asarray(ndimage.gaussian_filter(image, image.shape[1] / 28), dtype=np.float32)


def _wider(image: Grey) -> Grey:
    """Return the image a tenth smaller, on a dark ground."""
    from scipy import ndimage

    small = ndimage.zoom(image, 0.9, order=1)
    out = np.full_like(image, 0.05)
    top, left = ((a - b) // 2 for a, b in zip(image.shape, small.shape, strict=True))
    out[top : top + small.shape[0], left : left + small.shape[1]] = small
    return out


MACHINES: dict[str, Callable[[Grey], Grey]] = {
    "as it is": lambda image: image,
    "gamma 0.6": lambda image: image**0.6,
    "gamma 1.7": lambda image: image**1.7,
    "softer": _softer,
    "half the contrast": lambda image: 0.25 + 0.5 * image,
    "wider field": _wider,
}


def elsewhere(reader: Reader, tuning: Part, test: Part) -> Iterator[Elsewhere]:
    """Yield coverage on changed images by three sets of limits.

    The last are set anew from 40 labelled images of the tuning half, changed in the same way.
    """
    for machine, change in MACHINES.items():
        odds, labels = _odds(reader, test, change), test[1]
        known, truth = _odds(reader, tuning, change), tuning[1]
        few = np.concatenate([np.flatnonzero(truth == one)[:20] for one in (0, 1)])
        anew = recalibrate(reader.limits, known[few], truth[few])
        for name, limits, move in (
            ("validation", reader.limits, 0.0),
            ("widest", reader.limits, 0.0),
            ("40 cases", anew, anew.offset - reader.limits.offset),
        ):
            bounds = limits.validation if name == "validation" else limits.worst
            yield _line(machine, name, odds + move, labels, bounds)


def jitter(reader: Reader, images: NDArray[np.uint8]) -> tuple[float, float]:
    """Return how much log-odds change in the middle, and at most in 95 of 100 images.

    Each image is moved by a pixel of 28 and exposed a little otherwise.
    """
    grey = images.astype(np.float32) / 255
    before = np.array([one.odds for one in reader.read_many([image_of(one) for one in grey])])
    moved = [np.roll(one**1.1, (1, 0, -1)[n % 3], axis=n % 2) for n, one in enumerate(grey)]
    after = np.array([one.odds for one in reader.read_many([image_of(one) for one in moved])])
    middle, most = np.quantile(np.abs(after - before), (0.5, 0.95))
    return round(float(middle), 3), round(float(most), 3)


def _odds(reader: Reader, part: Part, change: Callable[[Grey], Grey]) -> Numbers:
    images = [image_of(change(one.astype(np.float32) / 255)) for one in part[0]]
    return np.array([one.odds for one in reader.read_many(images)])


def _line(machine: str, name: str, odds: Numbers, labels: Labels, bounds: Bounds) -> Elsewhere:
    share = _chance(odds)
    by_outcome = [((share - one) ** 2)[labels == one].mean() for one in (0, 1)]
    both = (odds <= bounds.healthy) & (odds >= bounds.pneumonia)
    return Elsewhere(
        machine=machine,
        limits=name,
        healthy=round(float((odds[labels == 0] <= bounds.healthy).mean()), 4),
        pneumonia=round(float((odds[labels == 1] >= bounds.pneumonia).mean()), 4),
        open=round(float(both.mean()), 4),
        brier=round(float(np.mean(by_outcome)), 4),
    )


def _chance(odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-odds)))
