"""Nuclei of a slide as a binary segmentation, tiled as the level that it lies on.

Every tile is written, those without a nucleus too: a viewer that counts on a frame for every tile
of the level neither loses nor displaces what lies on the others, and an empty one costs a bit a
pixel. Each frame says its place as well (TILED_SPARSE): with all tiles there it is as good as
TILED_FULL, in which places follow from numbers, and ``dciodvfy`` knows no segmentation without.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wardround.engines.images.objects.annotations import NAME, algorithm
from wardround.engines.images.objects.codes import NUCLEUS, STRUCTURE
from wardround.engines.images.objects.model import Outlines, Statement
from wardround.engines.images.objects.sources import device, filed, read_sources, written

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pydicom.dataset import Dataset

MOST_PIXELS = 64 * 1024**2
"""Pixels of the level on which segments are drawn, 8,192 by 8,192; they are held as bytes."""


def write_mask(
    levels: Sequence[bytes | Path], statement: Statement, nuclei: Outlines
) -> bytes | None:
    """Return a segmentation on the finest level that is small enough; ``levels`` are finest first.

    None where no level is, where there are no nuclei, or where these have no outlines.
    """
    import highdicom as hd

    sources = read_sources(levels)
    small = [one for one in sources if _size(one)[0] * _size(one)[1] <= MOST_PIXELS]
    if not small or not len(nuclei) or nuclei.corners is None:
        return None
    level, base = small[0], _size(sources[0])
    made = hd.seg.Segmentation(
        source_images=[level],
        pixel_array=_drawn(nuclei.corners, base, _size(level))[None, ..., None],
        segmentation_type="BINARY",
        segment_descriptions=[
            hd.seg.SegmentDescription(
                segment_number=1,
                segment_label=NAME,
                segmented_property_category=hd.sr.CodedConcept(*STRUCTURE),
                segmented_property_type=hd.sr.CodedConcept(*NUCLEUS),
                algorithm_type="AUTOMATIC",
                algorithm_identification=algorithm(statement),
                tracking_uid=statement.uid("mask:nuclei"),
                tracking_id=NAME,
            )
        ],
        **filed(statement, "mask", 9006),
        **device(statement),
        content_label="NUCLEI",
        dimension_organization_type="TILED_SPARSE",
        tile_pixel_array=True,
        tile_size=(level.Rows, level.Columns),
        omit_empty_frames=False,
    )
    return written(made, [level], statement, "PatientOrientation")


def _size(level: "Dataset") -> tuple[int, int]:
    return int(level.TotalPixelMatrixColumns), int(level.TotalPixelMatrixRows)


def _drawn(
    corners: "NDArray[np.float32]", base: tuple[int, int], size: tuple[int, int]
) -> "NDArray[np.uint8]":
    """Return 1 within outlines and 0 elsewhere, in pixels of the level."""
    import numpy as np
    from PIL import Image as Pillow
    from PIL import ImageDraw

    picture = Pillow.new("L", size, 0)
    pen = ImageDraw.Draw(picture)
    scale = np.array([size[0] / base[0], size[1] / base[1]], np.float32)
    for one in corners:
        # A pixel's middle is at 0.5 here, and at 0 where Pillow draws.
        pen.polygon((one * scale - 0.5).ravel().tolist(), fill=1)
    return np.asarray(picture, np.uint8)
