"""Nuclei as Microscopy Bulk Simple Annotations: outlines by the hundred thousand (PS3.3 A.87)."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardround.engines.images.objects.codes import (
    AREA,
    INTELLIGENCE,
    NUCLEUS,
    SQUARE_MICRONS,
    STRUCTURE,
)
from wardround.engines.images.objects.model import Outlines, Statement
from wardround.engines.images.objects.sources import device, filed, read_sources, written

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pydicom.dataset import Dataset

NAME = "Nuclei"
MOST_OUTLINED = 250_000
"""Nuclei with outlines, 60 MB of places; of more the middles are told."""


def write_annotations(base: bytes | Path, statement: Statement, nuclei: Outlines) -> bytes | None:
    """Return outlines, or points, on the base level of a slide; None where there are no nuclei."""
    import highdicom as hd

    if not len(nuclei):
        return None
    (source,) = sources = read_sources([base])
    group = hd.ann.AnnotationGroup(
        number=1,
        uid=statement.uid("annotations-group"),
        label=NAME,
        annotated_property_category=hd.sr.CodedConcept(*STRUCTURE),
        annotated_property_type=hd.sr.CodedConcept(*NUCLEUS),
        graphic_type="POLYGON" if _is_outlined(nuclei) else "POINT",
        graphic_data=_drawn(nuclei, source),
        algorithm_type="AUTOMATIC",
        algorithm_identification=algorithm(statement),
        measurements=_measured(nuclei),
        description="Found by the algorithm; their number was confirmed by the one who signed.",
    )
    made = hd.ann.MicroscopyBulkSimpleAnnotations(
        source_images=[source],
        annotation_coordinate_type="3D",
        annotation_groups=[group],
        **filed(statement, "annotations", 9005),
        **device(statement),
        content_label="NUCLEI",
    )
    # A side is asked for, of what is no specimen (PS3.3 C.7.3.1).
    side = () if "SpecimenDescriptionSequence" in source else ("Laterality",)
    return written(made, sources, statement, *side)


def algorithm(statement: Statement) -> Any:
    """Return the model as objects name an algorithm."""
    import highdicom as hd

    return hd.AlgorithmIdentificationSequence(
        name=statement.model,
        family=hd.sr.CodedConcept(*INTELLIGENCE),
        version=statement.version,
    )


def _is_outlined(nuclei: Outlines) -> bool:
    return nuclei.corners is not None and len(nuclei) <= MOST_OUTLINED


def _drawn(nuclei: Outlines, source: "Dataset") -> list[Any]:
    """Return the places of each within the slide, in millimetres on the glass.

    A polygon is closed without saying so: an outline that ends where it began loses its end.
    """
    if nuclei.corners is None or not _is_outlined(nuclei):
        return list(_on_glass(nuclei.middles, source)[:, None])
    closed = (nuclei.corners[:, 0] == nuclei.corners[:, -1]).all(axis=1)
    corners = _on_glass(nuclei.corners, source)
    return [one[:-1] if shut else one for one, shut in zip(corners, closed, strict=True)]


def _on_glass(places: "NDArray[np.float32]", source: "Dataset") -> "NDArray[np.float32]":
    """Return (..., 3) of the slide's coordinates for (..., 2) of its pixels (PS3.3 C.8.12.2.1)."""
    import highdicom as hd
    import numpy as np

    most = np.array([source.TotalPixelMatrixColumns, source.TotalPixelMatrixRows], np.float32)
    turn = hd.spatial.ImageToReferenceTransformer.for_image(source, for_total_pixel_matrix=True)
    matrix = turn.affine.astype(np.float32)
    inside = np.clip(places.astype(np.float32), 0, most)
    out: NDArray[np.float32] = inside @ matrix[:3, :2].T + matrix[:3, 3]
    return out


def _measured(nuclei: Outlines) -> list[Any] | None:
    import highdicom as hd
    import numpy as np

    if nuclei.areas is None:
        return None
    areas = nuclei.areas.astype(np.float32)
    return [
        hd.ann.Measurements(hd.sr.CodedConcept(*AREA), areas, hd.sr.CodedConcept(*SQUARE_MICRONS))
    ]
