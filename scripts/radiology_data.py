"""The chest X-rays of ``train_radiology``: what is learned from, and in which pseudo-site."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.measured import read_part

SITES = 4


class Chests(NamedTuple):
    """Images to learn from, with pseudo-sites; and the two halves of the validation part."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    sites: NDArray[np.int64]
    tuning: tuple[NDArray[np.uint8], NDArray[np.int64]]


def read_chests(data: Path) -> Chests:
    """Return the images below ``data``; those of validation that training repeats are left out."""
    images, labels = read_part(data, "train")
    checked, _ = read_part(data, "val")
    seen = {hashlib.sha256(one.tobytes()).digest() for one in checked}
    new = np.array([hashlib.sha256(one.tobytes()).digest() not in seen for one in images])
    images, labels = images[new], labels[new]
    return Chests(images, labels, pseudo_sites(images, labels), read_part(data, "tuning"))


def pseudo_sites(images: NDArray[np.uint8], labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each image one of ``SITES`` clusters by exposure, contrast, borders, sharpness.

    Each outcome is measured against its own mean, so that a site is no outcome.
    """
    from sklearn.cluster import KMeans

    traits = _traits(images)
    away = np.empty_like(traits)
    for one in (0, 1):
        of = labels == one
        away[of] = (traits[of] - traits[of].mean(axis=0)) / traits[of].std(axis=0)
    return np.asarray(KMeans(SITES, n_init=10, random_state=0).fit_predict(away), dtype=np.int64)


def _traits(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    grey = images.astype(float) / 255
    inner = grey[:, 1:-1, 1:-1]
    around = grey[:, :-2, 1:-1] + grey[:, 2:, 1:-1] + grey[:, 1:-1, :-2] + grey[:, 1:-1, 2:]
    parts = [grey[:, :3], grey[:, -3:], grey[:, :, :3], grey[:, :, -3:]]
    return np.column_stack(
        [
            grey.mean(axis=(1, 2)),
            grey.std(axis=(1, 2)),
            np.percentile(grey.reshape(len(grey), -1), [5, 25, 50, 75, 95], axis=1).T,
            np.abs(4 * inner - around).mean(axis=(1, 2)),
            *(part.mean(axis=(1, 2)) for part in parts),
        ]
    )
