"""Faults planted in chest X-rays, to measure what the gates catch: those tuned on, and others.

``TUNED`` are the faults that the gates were trained and their limits set on. ``HELD_BACK`` are
kinds and variants that neither has seen, so that what is measured on them is what a reader may
expect of a fault nobody thought of; nothing is ever set by them. A fault in colour gives
(height, width, 3).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from wardround.capabilities.radiology.faults import degrading, phantoms, planting
from wardround.capabilities.radiology.faults.planting import Grey, Planting


class Fault(NamedTuple):
    """One way in which an image can be wrong; ``kind`` is the line of the table it counts in."""

    kind: str
    plant: Planting


TUNED: Mapping[str, Fault] = MappingProxyType(
    {
        "noise": Fault("noise", degrading.noise(0.15, 0.5)),
        "only noise": Fault("noise", degrading.only_noise),
        "inversion": Fault("inversion", degrading.inverted),
        "rotation by 90": Fault("rotation", planting.turned(1)),
        "rotation by 180": Fault("rotation", planting.turned(2)),
        "rotation by 270": Fault("rotation", planting.turned(3)),
        "rotation by 30-180": Fault("rotation", planting.turned_askew(30, 180)),
        "flip": Fault("flip", planting.flipped),
        "crop": Fault("crop", planting.cropped),
        "crop anywhere": Fault("crop", planting.cropped_anywhere),
        "blur": Fault("blur", degrading.blurred(0.045, 0.12)),
        "motion": Fault("blur", degrading.moved(0.2, 0.4)),
        "3 to 9 pixels across": Fault("blur", degrading.coarse(3, 9)),
        "phantom of another body part": Fault(
            "wrong body part", planting.drawn(phantoms.body_part)
        ),
        "colour picture": Fault("colour photo", planting.drawn(phantoms.picture)),
        "duplicated half": Fault("duplicated half", planting.doubled),
    }
)
HELD_BACK: Mapping[str, Fault] = MappingProxyType(
    {
        "salt and pepper": Fault("noise", degrading.pepper),
        "speckle": Fault("noise", degrading.speckle),
        "stripes": Fault("noise", degrading.stripes),
        "inversion, other gamma": Fault("inversion", degrading.inverted_and_bent),
        "rotation by 40-50, black corners": Fault(
            "rotation", planting.turned_askew(40, 50, "constant")
        ),
        "rotation by 160-180, black corners": Fault(
            "rotation", planting.turned_askew(160, 180, "constant")
        ),
        "upside down": Fault("rotation", planting.upside_down),
        "rows for columns": Fault("rotation", planting.transposed),
        "flip, askew": Fault("flip", planting.flipped_askew),
        "quarter": Fault("crop", planting.quarter),
        "half black": Fault("crop", planting.half_black),
        "covered by a box": Fault("crop", planting.covered),
        "motion along rows or columns": Fault("blur", degrading.moved_straight),
        "out of focus": Fault("blur", degrading.out_of_focus),
        "thumbnail enlarged": Fault("blur", degrading.enlarged),
        "ringing": Fault("artefact", degrading.ringing),
        "JPEG of quality 5": Fault("artefact", degrading.jpeg),
        "three or four greys": Fault("artefact", degrading.posterised),
        "every second row moved": Fault("artefact", degrading.interlaced),
        "exposed twice": Fault("artefact", planting.ghost),
        "bent": Fault("artefact", planting.bent),
        "parts exchanged": Fault("artefact", planting.shuffled),
        "gamma of a fifth or five": Fault("exposure", degrading.powered),
        "a twelfth of the contrast": Fault("exposure", degrading.faded),
        "window on a tenth of the greys": Fault("exposure", degrading.narrowed),
        "grey picture": Fault("wrong body part", planting.drawn(phantoms.grey_picture)),
        "bars and discs": Fault("wrong body part", planting.drawn(phantoms.test_chart)),
        "half repeated": Fault("duplicated half", planting.repeated),
        "shown four or nine times": Fault("duplicated half", planting.tiled),
    }
)


def plant(image: Grey, name: str, seed: int) -> Grey:
    """Return ``image`` with a fault of ``TUNED`` or ``HELD_BACK``; a seed gives it again."""
    fault = TUNED.get(name) or HELD_BACK[name]
    return fault.plant(image, np.random.default_rng(seed))
