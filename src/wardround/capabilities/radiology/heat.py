"""What is laid over an image: the cells on which an answer rests, and what no model was given."""

from typing import NamedTuple

from wardround.capabilities.radiology.model import Picture, Report
from wardround.engines.images import Region

LEVELS = 3
"""Shades of one colour, from a quarter of the weightiest cell on."""
_ACROSS, _DOWN = ("left", "middle", "right"), ("top", "middle", "bottom")


class Shade(NamedTuple):
    """One cell; ``level`` is from 1, faintest, to ``LEVELS``."""

    at: Region
    level: int


class Unseen(NamedTuple):
    """An image of which only a part was given to the model."""

    at: Region
    columns: int
    rows: int

    @property
    def outline(self) -> str:
        """The whole image without that part, as the path of an SVG."""
        x, y, width, height = self.at.x, self.at.y, self.at.width, self.at.height
        whole = f"M0 0h{self.columns}v{self.rows}h-{self.columns}z"
        return f"{whole}M{x} {y}v{height}h{width}v-{height}z"


class Layer(NamedTuple):
    """All that is laid over the images of a study."""

    shades: tuple[Shade, ...] = ()
    unseen: tuple[Unseen, ...] = ()


def layer(report: Report) -> Layer:
    """Return what is laid over the images of a report."""
    resting = [one.resting for one in report.findings if one.resting and one.resting.faithful]
    shades = tuple(
        Shade(cell.region, 1 if cell.weight < 0.5 else 2 if cell.weight < 0.75 else LEVELS)
        for one in resting
        for cell in one.cells
    )
    unseen = tuple(
        Unseen(one.covered, one.columns, one.rows)
        for one in report.study.pictures
        if one.covered and not _whole(one.covered, one)
    )
    return Layer(shades, unseen)


def place_of(region: Region, picture: Picture) -> str:
    """Return the third of the image in which a region has its middle: ``bottom left``.

    Sides are those of the image as it is shown, not the patient's.
    """
    across = _ACROSS[_third(region.x + region.width / 2, picture.columns)]
    down = _DOWN[_third(region.y + region.height / 2, picture.rows)]
    return "middle" if across == down == "middle" else f"{down} {across}"


def _third(place: float, size: int) -> int:
    return min(int(3 * place / size), 2)


def _whole(covered: Region, picture: Picture) -> bool:
    return covered.width >= picture.columns and covered.height >= picture.rows
