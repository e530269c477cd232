"""A share of positive nuclei, such as Ki-67's, where the stain allows one: DAB on haematoxylin."""

from dataclasses import dataclass

from wardround.capabilities.pathology.morphometry import Nuclei
from wardround.capabilities.pathology.stains import EVENLY, Floats

POSITIVE = 0.20
"""Mean DAB of a nucleus from which it counts as positive; a laboratory sets its own by controls."""
BROWN = 0.02
"""Share of what is dark that has to be brown for a slide to be called one of DAB."""
EOSIN = 0.25
"""Share of eosin's red from which a slide is haematoxylin and eosin, whatever else is brown."""
FEWEST = 500
"""Nuclei: the International Ki67 in Breast Cancer Working Group counts at least as many (2021)."""
STAIN = 0.08


@dataclass(frozen=True)
class Index:
    """A labelling index in percent, or the reason why there is none."""

    percent: float | None
    positive: int
    counted: int
    says: str


@dataclass(frozen=True)
class Stained:
    """Of how many dark pixels, how many are brown as DAB is, and how many red as eosin is."""

    dark: int = 0
    brown: int = 0
    red: int = 0

    def __add__(self, other: "Stained") -> "Stained":
        return Stained(self.dark + other.dark, self.brown + other.brown, self.red + other.red)


def stained(dense: Floats) -> Stained:
    """Count the dark pixels of densities (H, W, 3) by their colour."""
    dark = dense.reshape(-1, 3)
    dark = dark[dark @ EVENLY > STAIN]
    red, green, blue = dark.T
    return Stained(
        len(dark),
        int(((blue > 1.1 * green) & (green > 1.1 * red)).sum()),
        int(((green > 1.5 * red) & (green > 1.3 * blue)).sum()),
    )


def index_of(nuclei: Nuclei, colours: Stained) -> Index:
    """Return the share of positive nuclei, where what is stained is brown and blue."""
    counted = len(nuclei)
    dark = max(colours.dark, 1)
    if colours.red / dark > EOSIN:
        return Index(None, 0, counted, "No index: the section is stained with eosin, not DAB.")
    if colours.brown / dark < BROWN:
        return Index(None, 0, counted, "No index: there is no DAB beside the haematoxylin.")
    if not counted:
        return Index(None, 0, 0, "No index: no nuclei were found.")
    positive = int((nuclei.brown >= POSITIVE).sum())
    says = f"{positive} of {counted} nuclei are brown."
    if counted < FEWEST:
        says += f" Fewer than {FEWEST} nuclei: an index of so few is unsure."
    return Index(100 * positive / counted, positive, counted, says)
