"""The gates before reading: what a file declares, what pixels show, what a network has learned."""

from wardround.capabilities.radiology.screening.checks import Check, failed, passed
from wardround.capabilities.radiology.screening.declared import Declares, declared
from wardround.capabilities.radiology.screening.gate import distances, gated, strangeness
from wardround.capabilities.radiology.screening.kinds import ANY, KINDS, SAYS
from wardround.capabilities.radiology.screening.lattice import lattice
from wardround.capabilities.radiology.screening.lettering import lettering
from wardround.capabilities.radiology.screening.pixels import (
    Measures,
    colour,
    judge,
    measure,
    outside,
)
from wardround.capabilities.radiology.screening.texture import drawn

__all__ = [
    "ANY",
    "KINDS",
    "SAYS",
    "Check",
    "Declares",
    "Measures",
    "colour",
    "declared",
    "distances",
    "drawn",
    "failed",
    "gated",
    "judge",
    "lattice",
    "lettering",
    "measure",
    "outside",
    "passed",
    "strangeness",
]
