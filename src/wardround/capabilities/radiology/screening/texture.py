"""How an image is drawn, whatever it shows: how sharp, in which direction, in which blocks.

Whole families of degradation leave their mark in how neighbouring pixels differ. Motion takes the
differences along one direction; blur takes them at one pixel and leaves them at eight (Field 1987,
JOSA A 4:2379: the power of natural images falls evenly with frequency); noise and ringing do the
opposite; coarse pixels, JPEG blocks and covered parts gather them in few rows and columns (Wang,
Sheikh and Bovik 2002, ICIP). These traits are measured on what the model is given, and held against
those of the images it learned from as one distance, so that no fault needs to be known beforehand.
"""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.limits.limits import Texture
from wardround.capabilities.radiology.screening.checks import Check, failed

Numbers = NDArray[np.float64]

_NEXT_TO_NOTHING = 1e-4
_FLAT = 0.02
"""Deviations from mean to which neighbours count as equal."""
_BLUR, _SHARP = "The image is too blurred to judge.", "The image is grainy or over-sharpened."
_MOTION = "The image is blurred or striped in one direction."
_BLOCKS = "The image is drawn in coarse blocks, or parts of it are covered."
TRAITS: tuple[tuple[str, str, str], ...] = (
    ("differences of neighbours", _BLUR, _SHARP),
    ("bend of neighbours", _BLUR, _SHARP),
    ("differences at four pixels", _SHARP, _BLUR),
    ("columns against rows", _MOTION, _MOTION),
    ("falling against rising", _MOTION, _MOTION),
    ("bend of columns against rows", _MOTION, _MOTION),
    ("bend of falling against rising", _MOTION, _MOTION),
    ("differences at eight columns", _BLUR, _BLOCKS),
    ("differences at eight rows", _BLUR, _BLOCKS),
    ("calmest third of columns", _BLOCKS, _SHARP),
    ("calmest third of rows", _BLOCKS, _SHARP),
    ("liveliest third of columns", _SHARP, _BLOCKS),
    ("liveliest third of rows", _SHARP, _BLOCKS),
    ("edges among bends", _SHARP, _BLOCKS),
    ("neighbours alike", _SHARP, _BLOCKS),
    ("chequers among bends", _BLUR, _SHARP),
)
"""Each trait, and what is wrong with an image that has too little, or too much of it."""


def traits(batch: NDArray[np.float32]) -> Numbers:
    """Return the traits of images of one size, (n, height, width): (n, number of traits)."""
    centred = batch - batch.mean(axis=(1, 2), keepdims=True)
    spread = np.sqrt(_power(centred))
    image = centred / np.maximum(spread, 1e-3)[:, None, None].astype(np.float32)
    across, down = image[:, :, 1:] - image[:, :, :-1], image[:, 1:] - image[:, :-1]
    falling, rising = image[:, 1:, 1:] - image[:, :-1, :-1], image[:, 1:, :-1] - image[:, :-1, 1:]
    bend_across, bend_down = across[:, :, 1:] - across[:, :, :-1], down[:, 1:] - down[:, :-1]
    near, bend = _power(across) + _power(down), _power(bend_across) + _power(bend_down)
    both = bend_across[:, 1:-1] + bend_down[:, :, 1:-1]
    chequered = across[:, 1:] - across[:, :-1]
    columns = np.sort(np.einsum("nij,nij->nj", across, across), axis=1)
    rows = np.sort(np.einsum("nij,nij->ni", down, down), axis=1)
    reach = max(1, image.shape[1] // 7)
    return np.stack(
        [
            _log(near),
            _log(bend) - _log(near),
            _log(_apart(image, reach, 1) + _apart(image, reach, 2)) - _log(near),
            _log(_power(across)) - _log(_power(down)),
            _log(_power(falling)) - _log(_power(rising)),
            _log(_power(bend_across)) - _log(_power(bend_down)),
            _log(_power(falling[:, 1:, 1:] - falling[:, :-1, :-1]))
            - _log(_power(rising[:, 1:, :-1] - rising[:, :-1, 1:])),
            _log(_apart(image, 2 * reach, 2)),
            _log(_apart(image, 2 * reach, 1)),
            *(_log(_share(of[:, : of.shape[1] // 3], of)) for of in (columns, rows)),
            *(_log(_share(of[:, -(of.shape[1] // 3) :], of)) for of in (columns, rows)),
            _log(np.abs(both).mean(axis=(1, 2)) ** 2) - _log(_power(both)),
            _log(_alike(across) + _alike(down) + 0.01),
            _log(_power(chequered)) - _log(bend),
        ],
        axis=1,
    ).astype(np.float64)


def learned(known: Numbers) -> tuple[Numbers, Numbers]:
    """Return centre and whitening matrix of the traits of images as they should be."""
    spread = np.cov(known.T) + 1e-3 * np.diag(known.var(axis=0))
    return known.mean(axis=0), np.linalg.inv(np.linalg.cholesky(spread))


def away(found: Numbers, centre: Numbers, whiten: Numbers) -> Numbers:
    """Return Mahalanobis' distance by the root of the number of traits; about 1 is usual."""
    moved = (found - centre) @ whiten.T
    return np.asarray(np.sqrt((moved**2).mean(axis=1)))


def drawn(batch: NDArray[np.float32], limits: Texture) -> tuple[list[Check], Numbers]:
    """Return the check of each image, (n, height, width), and its distance."""
    found = traits(batch)
    centre, whiten = (np.array(one) for one in (limits.centre, limits.whiten))
    distance = away(found, centre, whiten)
    checks = []
    for place, value in enumerate(np.round(distance, 3).tolist()):
        if distance[place] <= limits.most:
            checks.append(Check("texture", True, "", value))
            continue
        far = (found[place] - centre) / np.array(limits.spread)
        most = int(np.abs(far).argmax())
        _, little, much = TRAITS[most]
        checks.append(failed("texture", little if far[most] < 0 else much, value))
    return checks, distance


def _power(part: NDArray[np.float32]) -> NDArray[np.float32]:
    flat = np.einsum("nij,nij->n", part, part)
    return np.asarray(flat / (part.shape[1] * part.shape[2]))


def _apart(image: NDArray[np.float32], by: int, axis: int) -> NDArray[np.float32]:
    if axis == 1:
        return _power(image[:, by:] - image[:, :-by])
    return _power(image[:, :, by:] - image[:, :, :-by])


def _share(part: NDArray[np.float32], of: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(part.sum(axis=1) / (of.sum(axis=1) + 1e-6))


def _alike(part: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray((np.abs(part) < _FLAT).mean(axis=(1, 2)))


def _log(values: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(np.log(values + _NEXT_TO_NOTHING))
