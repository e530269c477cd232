"""What the pixels say, by rules that need no training: size, contrast, exposure, colour, copies.

Each rule is far from where images of the training part lie, so that an unusual patient passes; what
is subtler is the gate network's. Images of one size are measured together.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.screening.checks import Check, failed, passed

Stack = NDArray[np.float32]
"""Images of one size, (n, height, width) in [0, 1]."""

SMALLEST = 28
NARROWEST = 0.4
FLAT = 0.08
SATURATED = 0.6
DARK, BRIGHT = 0.06, 0.94
COPIED = 0.995
COLOURED = 0.06
LARGE = 224
"""Side from which sharpness and burned-in text can be told at all."""
SOFT = 0.004


class Measures(NamedTuple):
    """What is measured of a stack, one number for each image."""

    contrast: NDArray[np.float64]
    black: NDArray[np.float64]
    white: NDArray[np.float64]
    mean: NDArray[np.float64]
    copied: NDArray[np.float64]
    fine: NDArray[np.float64] | None
    """How much neighbours differ at 256 pixels across; None where an image is too small to tell."""


def measure(stack: Stack) -> Measures:
    """Return the measures of images of one size."""
    step = max(1, min(stack.shape[1:]) // 128)
    few = stack[:, ::step, ::step]
    flat = few.reshape(len(few), -1)
    low, high = np.percentile(flat, (2, 98), axis=1)
    return Measures(
        contrast=high - low,
        black=(flat <= 0.004).mean(axis=1),
        white=(flat >= 0.996).mean(axis=1),
        mean=flat.mean(axis=1, dtype=np.float64),
        copied=_copied(few),
        fine=_fine(stack) if min(stack.shape[1:]) >= LARGE else None,
    )


def judge(size: tuple[int, int], found: Measures, place: int) -> Iterator[Check]:
    """Yield the checks of one image of a stack."""
    height, width = size
    if min(size) < SMALLEST:
        yield failed("size", f"The image has {height} by {width} pixels.", float(min(size)))
    elif not NARROWEST <= width / height <= 1 / NARROWEST:
        yield failed("size", "The image is too narrow for a chest.", round(width / height, 2))
    else:
        yield passed("size", value=float(min(size)))
    yield _exposure(found, place)
    copied = float(found.copied[place])
    if copied > COPIED and found.contrast[place] > FLAT:
        yield failed("copied half", "One half of the image is a copy of the other.", copied)
    if found.fine is not None:
        fine = float(found.fine[place])
        if fine < SOFT and found.contrast[place] > FLAT:
            yield failed("sharpness", "The image is blurred, or was drawn larger than it is.", fine)
        else:
            yield passed("sharpness", value=round(fine, 4))


def _exposure(found: Measures, place: int) -> Check:
    contrast = round(float(found.contrast[place]), 3)
    if contrast < FLAT:
        return failed("exposure", "The image shows next to no contrast.", contrast)
    if found.black[place] > SATURATED or found.mean[place] < DARK:
        return failed("exposure", "Most of the image is black.", contrast)
    if found.white[place] > SATURATED or found.mean[place] > BRIGHT:
        return failed("exposure", "Most of the image is white.", contrast)
    return passed("exposure", value=contrast)


def colour(values: NDArray[np.uint8]) -> Check:
    """Check that an image of three channels has no colours, (height, width, 3)."""
    few = values[:: max(1, values.shape[0] // 128), :: max(1, values.shape[1] // 128)]
    apart = (few.max(axis=2).astype(float) - few.min(axis=2)).mean() / 255
    if apart > COLOURED:
        return failed("colour", "The image has colours; an X-ray has none.", round(apart, 3))
    return passed("colour", value=round(apart, 3))


def _copied(stack: Stack) -> NDArray[np.float64]:
    """Return how alike two halves are at most, mirrored or not (correlation)."""
    half, middle = stack.shape[2] // 2, stack.shape[1] // 2
    if min(half, middle) < 4:
        return np.zeros(len(stack))
    left, right = stack[:, :, :half], stack[:, :, -half:]
    top, bottom = stack[:, :middle], stack[:, -middle:]
    pairs = [(left, right[:, :, ::-1]), (left, right), (top, bottom[:, ::-1])]
    return np.asarray(np.max([_alike(a, b) for a, b in pairs], axis=0))


def _alike(one: Stack, other: Stack) -> NDArray[np.float64]:
    a, b = (part.reshape(len(part), -1).astype(np.float64) for part in (one, other))
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True)
    size = np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    return np.asarray((a * b).sum(axis=1) / np.maximum(size, 1e-9))


def _fine(stack: Stack) -> NDArray[np.float64]:
    """Return how much neighbours bend away from one another at 256 pixels across, by the spread."""
    step = min(stack.shape[1:]) // 256 or 1
    rows, columns = (side // step * step for side in stack.shape[1:])
    small = stack[:, :rows, :columns].reshape(len(stack), rows // step, step, columns // step, step)
    small = small.mean(axis=(2, 4))
    bend = small[:, :, 1:-1] - (small[:, :, :-2] + small[:, :, 2:]) / 2
    spread = np.maximum(small.std(axis=(1, 2)), 1e-6)
    return np.asarray(np.abs(bend).mean(axis=(1, 2)) / spread, dtype=np.float64)
