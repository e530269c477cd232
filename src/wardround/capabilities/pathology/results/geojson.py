"""Nuclei and hot spots as GeoJSON that QuPath opens by dragging the file onto the slide.

QuPath reads a FeatureCollection whose features carry ``objectType``, ``classification`` and
``measurements`` among their properties; coordinates are pixels of the finest level, and its names
of measurements carry their unit (qupath.readthedocs.io, Exporting annotations).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import numpy as np
import orjson

from wardround.capabilities.pathology.index import POSITIVE
from wardround.capabilities.pathology.morphometry import Nuclei
from wardround.capabilities.pathology.sweep.counting import Spot

MIDDLE = 0.5
"""From the middle of a pixel, from which outlines count, to its corner, from which QuPath does."""
BLUE, BROWN, YELLOW = [66, 83, 167], [146, 84, 40], [240, 200, 0]


def features(nuclei: Nuclei, mpp: float | None, *, indexed: bool, first: int = 0) -> Iterator[Any]:
    """Yield a feature for each nucleus; ``indexed`` tells positive from negative."""
    length, area = ("px", "px^2") if mpp is None else ("µm", "µm^2")
    by = 1.0 if mpp is None else mpp
    circularity = nuclei.circularity
    rings = np.round(nuclei.outline.astype(np.float64) + MIDDLE, 1)
    rings = np.concatenate([rings, rings[:, :1]], axis=1)
    for i in range(len(nuclei)):
        positive = indexed and nuclei.brown[i] >= POSITIVE
        kind = ("Positive" if positive else "Negative") if indexed else "Nucleus"
        yield {
            "type": "Feature",
            "id": str(uuid5(NAMESPACE_URL, f"nucleus/{first + i}")),
            "geometry": {"type": "Polygon", "coordinates": [rings[i].tolist()]},
            "properties": {
                "objectType": "detection",
                "classification": {"name": kind, "color": BROWN if positive else BLUE},
                "measurements": {
                    f"Area {area}": round(float(nuclei.area[i]) * by**2, 3),
                    f"Perimeter {length}": round(float(nuclei.perimeter[i]) * by, 3),
                    "Circularity": round(float(circularity[i]), 4),
                    "Eccentricity": round(float(nuclei.eccentricity[i]), 4),
                    "Optical density mean": round(float(nuclei.density[i]), 4),
                    "DAB mean": round(float(nuclei.brown[i]), 4),
                },
            },
        }


def spot_feature(spot: Spot, number: int) -> dict[str, Any]:
    """Return a hot spot as an annotation."""
    right, low = spot.x + spot.side, spot.y + spot.side
    ring = [[spot.x, spot.y], [right, spot.y], [right, low], [spot.x, low], [spot.x, spot.y]]
    return {
        "type": "Feature",
        "id": str(uuid5(NAMESPACE_URL, f"spot/{number}")),
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "objectType": "annotation",
            "name": f"Hot spot {number}",
            "classification": {"name": "Hot spot", "color": YELLOW},
            "measurements": {"Nuclei": spot.count, "Positive nuclei": spot.positive},
        },
    }


def geojson(
    parts: Iterable[Nuclei],
    mpp: float | None,
    spots: Iterable[Spot] = (),
    *,
    indexed: bool = False,
) -> Iterator[bytes]:
    """Yield a FeatureCollection, a piece for each part: it is never held whole."""
    yield b'{"type":"FeatureCollection","features":['
    before, count = b"\n", 0
    for number, spot in enumerate(spots, start=1):
        yield before + orjson.dumps(spot_feature(spot, number))
        before = b",\n"
    for part in parts:
        found = features(part, mpp, indexed=indexed, first=count)
        if len(part):
            yield before + b",\n".join(orjson.dumps(feature) for feature in found)
            before = b",\n"
        count += len(part)
    yield b"\n]}\n"


def write_geojson(
    path: Path,
    parts: Iterable[Nuclei],
    mpp: float | None,
    spots: Iterable[Spot] = (),
    *,
    indexed: bool = False,
) -> int:
    """Write a FeatureCollection, a part at a time; return of how many nuclei."""
    count = 0

    def counted() -> Iterator[Nuclei]:
        nonlocal count
        for part in parts:
            count += len(part)
            yield part

    with path.open("wb") as file:
        file.writelines(geojson(counted(), mpp, spots, indexed=indexed))
    return count
