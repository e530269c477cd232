"""Faults planted in chest X-rays, to measure what the gates catch: those tuned on, and others.

``TUNED`` are the faults that the gates were trained and their limits set on; ``HELD_BACK`` are
variants of the same faults that neither has seen, so that what is measured on them is what a
reader may expect of a fault nobody thought of. An image is float32 (height, width) in [0, 1];
a fault in colour gives (height, width, 3).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology import phantoms

Grey = NDArray[np.float32]
Planting = Callable[[Grey, np.random.Generator], Grey]


class Fault(NamedTuple):
    """One way in which an image can be wrong; ``kind`` is the line of the table it counts in."""

    kind: str
    plant: Planting


def _clip(image: NDArray[np.floating]) -> Grey:
    return np.asarray(np.clip(image, 0, 1), dtype=np.float32)


def _noise(low: float, high: float) -> Planting:
    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        return _clip(image + chance.normal(0, chance.uniform(low, high), image.shape))

    return plant


def _only_noise(image: Grey, chance: np.random.Generator) -> Grey:
    return chance.random(image.shape, dtype=np.float32)


def _speckle(image: Grey, chance: np.random.Generator) -> Grey:
    return _clip(image * chance.gamma(2.0, 0.5, image.shape))


def _pepper(image: Grey, chance: np.random.Generator) -> Grey:
    struck = chance.random(image.shape)
    return np.where(struck < 0.15, 0, np.where(struck > 0.85, 1, image)).astype(np.float32)


def _stripes(image: Grey, chance: np.random.Generator) -> Grey:
    return _clip(image + chance.normal(0, 0.3, (image.shape[0], 1)))


def _inverted(image: Grey, _: np.random.Generator) -> Grey:
    return 1 - image


def _inverted_and_bent(image: Grey, chance: np.random.Generator) -> Grey:
    return _clip((1 - image) ** chance.uniform(0.6, 1.7))


def _turned(times: int) -> Planting:
    def plant(image: Grey, _: np.random.Generator) -> Grey:
        return np.ascontiguousarray(np.rot90(image, times))

    return plant


def _turned_askew(least: float, most: float) -> Planting:
    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        from scipy import ndimage

        angle = chance.uniform(least, most) * chance.choice([-1, 1])
        return _clip(ndimage.rotate(image, angle, reshape=False, order=1, mode="nearest"))

    return plant


def _flipped(image: Grey, _: np.random.Generator) -> Grey:
    return np.ascontiguousarray(image[:, ::-1])


def _flipped_askew(image: Grey, chance: np.random.Generator) -> Grey:
    from scipy import ndimage

    turned = ndimage.rotate(
        image[:, ::-1], chance.uniform(-8, 8), reshape=False, order=1, mode="nearest"
    )
    return _clip(np.roll(turned, chance.integers(-1, 2), axis=1) ** chance.uniform(0.8, 1.25))


def _window(image: Grey, top: float, left: float, height: float, width: float) -> Grey:
    """Return a part of the image, in shares of its sides, drawn to the size of the whole."""
    from scipy import ndimage

    rows, columns = image.shape
    high, wide = max(2, round(height * rows)), max(2, round(width * columns))
    first, begin = min(round(top * rows), rows - high), min(round(left * columns), columns - wide)
    part = image[first : first + high, begin : begin + wide]
    grown = ndimage.zoom(part, (rows / high, columns / wide), order=1, mode="nearest")
    return _clip(grown[:rows, :columns])


def _cropped(image: Grey, chance: np.random.Generator) -> Grey:
    """Keep the middle, or one half: what is left of a lung field that was cut away."""
    size = chance.uniform(0.38, 0.66)
    halves = [
        ((1 - size) / 2, (1 - size) / 2, size, size),
        (0.0, 0.0, 0.5, 1.0),
        (0.5, 0.0, 0.5, 1.0),
        (0.0, 0.0, 1.0, 0.5),
        (0.0, 0.5, 1.0, 0.5),
    ]
    return _window(image, *halves[chance.integers(len(halves))])


def _quarter(image: Grey, chance: np.random.Generator) -> Grey:
    size = chance.uniform(0.45, 0.6)
    top, left = chance.choice([0.0, 1 - size], 2)
    return _window(image, float(top), float(left), size, size)


def _blurred(low: float, high: float) -> Planting:
    """Blur by a Gaussian whose deviation is a share of the width (1/28 is a pixel of 28)."""

    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        from scipy import ndimage

        return _clip(ndimage.gaussian_filter(image, chance.uniform(low, high) * image.shape[1]))

    return plant


def _moved(image: Grey, chance: np.random.Generator) -> Grey:
    from scipy import ndimage

    length = max(3, round(chance.uniform(0.22, 0.32) * image.shape[0]))
    return _clip(ndimage.uniform_filter1d(image, length, axis=int(chance.integers(2))))


def _coarse(image: Grey, chance: np.random.Generator) -> Grey:
    """Leave 4 to 6 pixels across."""
    rows, columns = image.shape
    across = int(chance.integers(4, 7))
    down = np.minimum(np.arange(rows) * across // rows, across - 1)
    over = np.minimum(np.arange(columns) * across // columns, across - 1)
    place = (down[:, None] * across + over[None, :]).ravel()
    mean = np.bincount(place, image.ravel(), across**2) / np.bincount(place, minlength=across**2)
    return _clip(mean[place].reshape(image.shape))


def _drawn(draw: Callable[[np.random.Generator, int], Grey]) -> Planting:
    def plant(image: Grey, chance: np.random.Generator) -> Grey:
        return draw(chance, image.shape[0])

    return plant


def _doubled(image: Grey, chance: np.random.Generator) -> Grey:
    """Mirror one half upon the other."""
    half = image.shape[1] // 2
    out = image.copy()
    if chance.random() < 0.5:
        out[:, -half:] = out[:, :half][:, ::-1]
    else:
        out[:, :half] = out[:, -half:][:, ::-1]
    return out


def _repeated(image: Grey, chance: np.random.Generator) -> Grey:
    """Put one half in the place of the other, as it is, or mirror the upper upon the lower."""
    out = image.copy()
    half, middle = image.shape[1] // 2, image.shape[0] // 2
    which = chance.integers(3)
    if which == 0:
        out[:, -half:] = out[:, :half]
    elif which == 1:
        out[:, :half] = out[:, -half:]
    else:
        out[-middle:] = out[:middle][::-1]
    return out


TUNED: Mapping[str, Fault] = MappingProxyType(
    {
        "noise": Fault("noise", _noise(0.2, 0.5)),
        "only noise": Fault("noise", _only_noise),
        "inversion": Fault("inversion", _inverted),
        "rotation by 90": Fault("rotation", _turned(1)),
        "rotation by 180": Fault("rotation", _turned(2)),
        "rotation by 270": Fault("rotation", _turned(3)),
        "flip": Fault("flip", _flipped),
        "crop": Fault("crop", _cropped),
        "blur": Fault("blur", _blurred(0.045, 0.12)),
        "phantom of another body part": Fault("wrong body part", _drawn(phantoms.body_part)),
        "colour picture": Fault("colour photo", _drawn(phantoms.picture)),
        "duplicated half": Fault("duplicated half", _doubled),
    }
)
HELD_BACK: Mapping[str, Fault] = MappingProxyType(
    {
        "salt and pepper": Fault("noise", _pepper),
        "speckle": Fault("noise", _speckle),
        "stripes": Fault("noise", _stripes),
        "inversion, other gamma": Fault("inversion", _inverted_and_bent),
        "rotation by 70-110": Fault("rotation", _turned_askew(70, 110)),
        "rotation by 160-180": Fault("rotation", _turned_askew(160, 180)),
        "rotation by 40-50": Fault("rotation", _turned_askew(40, 50)),
        "flip, askew": Fault("flip", _flipped_askew),
        "quarter": Fault("crop", _quarter),
        "motion": Fault("blur", _moved),
        "4 to 6 pixels across": Fault("blur", _coarse),
        "grey picture": Fault("wrong body part", _drawn(phantoms.grey_picture)),
        "bars and discs": Fault("wrong body part", _drawn(phantoms.test_chart)),
        "half repeated": Fault("duplicated half", _repeated),
    }
)


def plant(image: Grey, name: str, seed: int) -> Grey:
    """Return ``image`` with a fault of ``TUNED`` or ``HELD_BACK``; a seed gives it again."""
    fault = TUNED.get(name) or HELD_BACK[name]
    return fault.plant(image, np.random.default_rng(seed))
