"""What the pixels say, by rules that need no training: size, contrast, exposure, colour, copies.

Each rule is far from where images of the training part lie, so that an unusual patient passes; what
is subtler is the gate network's. Images of one size are measured together.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.screening.checks import Check, failed, passed

Stack = NDArray[np.float32]
"""Images of one size, (n, height, width) in [0, 1]."""

SMALLEST = 28
NARROWEST = 0.5
UNSEEN = 0.25
"""Share of the longer side that is cut off, from which it is pointed out: 35 by 43 cm is .19."""
FLAT = 0.08
SATURATED = 0.6
DARK, BRIGHT = 0.13, 0.86
"""Means beyond which an image is exposed wrongly: of 3,872 to learn from, 99.9 % lie within .28 and
.80, and other machines are allowed for."""
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
    last = flat.shape[1] - 1
    low, high = round(0.02 * last), round(0.98 * last)
    ranked = np.partition(flat, (low, high), axis=1)
    return Measures(
        contrast=(ranked[:, high] - ranked[:, low]).astype(np.float64),
        black=(flat <= 0.004).mean(axis=1),
        white=(flat >= 0.996).mean(axis=1),
        mean=flat.mean(axis=1, dtype=np.float64),
        copied=_copied(few),
        fine=_fine(stack) if min(stack.shape[1:]) >= LARGE else None,
    )


def judge(size: tuple[int, int], found: Measures) -> list[list[Check]]:
    """Return the checks of each image of a stack."""
    sized = _sized(size)
    fine = [None] * len(found.mean) if found.fine is None else found.fine.tolist()
    contrast, copied = np.round(found.contrast, 3).tolist(), found.copied.tolist()
    shown = zip(contrast, found.black.tolist(), found.white.tolist(), found.mean.tolist(),
                strict=True)  # fmt: skip
    out = []
    for place, one in enumerate(shown):
        checks = [sized, _exposure(*one)]
        if copied[place] > COPIED and contrast[place] > FLAT:
            says = "One half of the image is a copy of the other."
            checks.append(failed("copied half", says, copied[place]))
        sharp = fine[place]
        if sharp is not None:
            checks.append(_sharpness(sharp, contrast[place]))
        out.append(checks)
    return out


def _sized(size: tuple[int, int]) -> Check:
    height, width = size
    if min(size) < SMALLEST:
        return failed("size", f"The image has {height} by {width} pixels.", float(min(size)))
    if not NARROWEST <= width / height <= 1 / NARROWEST:
        return failed("size", "The image is too narrow for a chest.", round(width / height, 2))
    return passed("size", value=float(min(size)))


def _exposure(contrast: float, black: float, white: float, mean: float) -> Check:
    if contrast < FLAT:
        return failed("exposure", "The image shows next to no contrast.", contrast)
    if black > SATURATED or mean < DARK:
        return failed("exposure", "The image is too dark: most of it is black.", contrast)
    if white > SATURATED or mean > BRIGHT:
        return failed("exposure", "The image is too bright: most of it is white.", contrast)
    return Check("exposure", True, "", contrast)


def _sharpness(fine: float, contrast: float) -> Check:
    if fine < SOFT and contrast > FLAT:
        return failed("sharpness", "The image is blurred, or was drawn larger than it is.", fine)
    return passed("sharpness", value=round(fine, 4))


def outside(size: tuple[int, int]) -> Check:
    """Return how much of an image lies outside its middle square, where the model does not look."""
    left = 1 - min(size) / max(size)
    share = round(left, 3)
    if not share:
        return passed("field", value=share)
    says = f"The model looks at the middle square: {left:.0%} of the longer side lies outside it."
    if left > UNSEEN:
        return failed("field", says, share, stops=False)
    return passed("field", says, share)


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
    left, right = _standard(stack[:, :, :half]), _standard(stack[:, :, -half:])
    top, bottom = _standard(stack[:, :middle]), _standard(stack[:, -middle:])
    pairs = [(left, right[:, :, ::-1]), (left, right), (top, bottom[:, ::-1])]
    alike = [np.einsum("nij,nij->n", a, b) for a, b in pairs]
    return np.asarray(np.max(alike, axis=0), dtype=np.float64)


def _standard(part: Stack) -> Stack:
    """Return parts less their means, of length one."""
    part = part - part.mean(axis=(1, 2), keepdims=True)
    size = np.sqrt(np.einsum("nij,nij->n", part, part))
    return np.asarray(part / np.maximum(size, 1e-6)[:, None, None])


def _fine(stack: Stack) -> NDArray[np.float64]:
    """Return how much neighbours bend away from one another at 256 pixels across, by the spread."""
    step = min(stack.shape[1:]) // 256 or 1
    rows, columns = (side // step * step for side in stack.shape[1:])
    small = stack[:, :rows, :columns].reshape(len(stack), rows // step, step, columns // step, step)
    small = small.mean(axis=(2, 4))
    bend = small[:, :, 1:-1] - (small[:, :, :-2] + small[:, :, 2:]) / 2
    spread = np.maximum(small.std(axis=(1, 2)), 1e-6)
    return np.asarray(np.abs(bend).mean(axis=(1, 2)) / spread, dtype=np.float64)
