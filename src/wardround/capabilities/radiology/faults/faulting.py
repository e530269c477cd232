"""The fault suite run: which planted faults the gates stop, and which untouched images."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.radiology.faults.suite import HELD_BACK, TUNED, plant
from wardround.capabilities.radiology.measured import image_of
from wardround.capabilities.radiology.reading import Read, Reader
from wardround.kernel import Noun

LEAST, OF_FLIPS, MOST = 0.95, 0.85, 0.05


class Caught(Noun):
    """How many of the images with one fault the gates stop; of untouched ones, let pass."""

    data: str = "planted faults stopped (untouched: let pass)"
    fault: str
    suite: str
    images: int
    caught: float
    target: float | None = None


def faulted(reader: Reader, images: NDArray[np.uint8], untouched: Sequence[Read]) -> list[Caught]:
    """Return a line for untouched images, for each fault, and for each suite as a whole."""
    passing = float(np.mean([not one.stopped for one in untouched]))
    rows = [
        Caught(
            fault="none", suite="untouched", images=len(images), caught=round(passing, 4),
            target=1 - MOST,
        )
    ]  # fmt: skip
    grey = images.astype(np.float32) / 255
    for suite, faults in (("tuned on", TUNED), ("held back", HELD_BACK)):
        shares = []
        for name, fault in faults.items():
            planted = [image_of(plant(one, name, seed)) for seed, one in enumerate(grey)]
            share = float(np.mean([one.stopped for one in reader.read_many(planted)]))
            shares.append(share)
            target = OF_FLIPS if fault.kind == "flip" and suite == "tuned on" else None
            rows.append(
                Caught(
                    fault=name, suite=suite, images=len(images), caught=round(share, 4),
                    target=target,
                )
            )  # fmt: skip
        rows.append(
            Caught(
                fault="all", suite=suite, images=len(images) * len(faults),
                caught=round(float(np.mean(shares)), 4),
                target=LEAST if suite == "tuned on" else None,
            )
        )  # fmt: skip
    return rows
