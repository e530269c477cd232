"""What was read as findings with codes, values and UCUM units, for a line, a report, an object."""

from typing import Any

import numpy as np

from wardround.capabilities.pathology.quality import NAMED, Check
from wardround.capabilities.pathology.reading import SlideRead, TileRead

Finding = dict[str, Any]


def findings_of(read: TileRead | SlideRead) -> list[Finding]:
    """Return the findings; none where nothing could be read. Lengths need a resolution."""
    nuclei = read.nuclei
    if nuclei is None:
        return []
    found = [_finding("nuclei", "Nuclei", len(nuclei), "count")]
    if len(nuclei):
        by, unit = (1.0, "{pixel}") if read.mpp is None else (read.mpp**2, "um2")
        area = float(np.median(nuclei.area)) * by
        found += [
            _finding("nuclear-area", "Nuclear area, median", round(area, 2), unit),
            _finding(
                "nuclear-circularity", "Nuclear circularity, median",
                round(float(np.median(nuclei.circularity)), 3), "1",
            ),
            _finding(
                "nuclear-eccentricity", "Nuclear eccentricity, median",
                round(float(np.median(nuclei.eccentricity)), 3), "1",
            ),
            _finding(
                "nuclear-density", "Optical density of nuclei, median",
                round(float(np.median(nuclei.density)), 3), "1",
            ),
        ]  # fmt: skip
    if read.index is not None and read.index.percent is not None:
        percent = round(read.index.percent, 1)
        found.append(_finding("labelling-index", "Nuclei stained with DAB", percent, "%"))
    return [*found, *(_whole(read) if isinstance(read, SlideRead) else _field(read))]


def _field(read: TileRead) -> list[Finding]:
    """Return the density of a field of view: nuclei by its whole area, glass and all."""
    if read.mpp is None or read.nuclei is None:
        return []
    area = read.size[0] * read.size[1] * (read.mpp / 1000) ** 2
    dense = round(len(read.nuclei) / area, 1)
    return [_finding("nuclei-per-field", "Nuclei by area of the field", dense, "/mm2")]


def _whole(read: SlideRead) -> list[Finding]:
    """Return what only a whole slide tells: density of its tissue, cellularity, hot spots."""
    found = []
    if read.cellularity is not None:
        share = round(100 * read.cellularity, 1)
        found.append(_finding("cellularity", "Share of the tissue that is nuclei", share, "%"))
    if read.tissue_mm2 and read.nuclei is not None:
        found.append(_finding("tissue", "Area of tissue", round(read.tissue_mm2, 3), "mm2"))
        dense = round(len(read.nuclei) / read.tissue_mm2, 1)
        found.append(_finding("nuclei-per-area", "Nuclei by area of tissue", dense, "/mm2"))
    for spot in read.spots:
        one = _finding("hot-spot", "Nuclei in a square of 1 mm²", spot.count, "/mm2")
        one["region"] = {"x": spot.x, "y": spot.y, "width": spot.side, "height": spot.side}
        found.append(one)
    return found


def _finding(code: str, display: str, value: float, unit: str) -> Finding:
    return {"code": code, "display": display, "value": value, "unit": unit}


def quality_of(checks: tuple[Check, ...]) -> list[dict[str, Any]]:
    """Return the checks as a line has them."""
    return [
        {"name": one.name, "passed": one.passed, "says": one.says, "value": one.value}
        for one in checks
    ]


def unlike(checks: tuple[Check, ...]) -> dict[str, float] | None:
    """Return how little of what is dark has a stain's colours, and the limit."""
    for one in checks:
        if one.name == "stain" and one.value is not None:
            return {"score": round(1 - min(1.0, one.value), 4), "limit": 1 - NAMED}
    return None
