"""Regions as a segmentation, frame by frame; frames without a region are written too.

Viewers that count on a frame for every frame of the image lose or displace segments without the
empty ones.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wardround.engines.images.objects.model import Marked, Statement
from wardround.engines.images.objects.sources import device, filed, read_sources, written

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_MORPHOLOGY = ("49755003", "SCT", "Morphologically Abnormal Structure")
_INTELLIGENCE = ("123109", "DCM", "Artificial Intelligence")


def write_segments(files: Sequence[bytes], statement: Statement) -> list[bytes]:
    """Return a binary SEG for each series on which something present is marked.

    An image that is in no frame of reference, such as a radiograph, has one of its own; of such a
    one with many frames none can be made (PS3.3 A.51), and its regions are in the report alone.
    """
    sources = read_sources(files, pixels=True)
    groups: dict[str, list[int]] = {}
    for place, source in enumerate(sources):
        alone = not source.get("FrameOfReferenceUID")
        if alone and int(source.get("NumberOfFrames", 1) or 1) > 1:
            continue
        key = source.SOPInstanceUID if alone else source.SeriesInstanceUID
        groups.setdefault(str(key), []).append(place)
    made = [_segmented(sources, places, statement) for places in groups.values()]
    return [one for one in made if one is not None]


def _segmented(
    sources: Sequence["Dataset"], places: Sequence[int], statement: Statement
) -> bytes | None:
    import highdicom as hd
    import numpy as np

    present = [
        one
        for one in statement.findings
        if one.present and any(box.image in places for box in one.regions)
    ]
    if not present:
        return None
    images = [sources[place] for place in places]
    counts = [int(image.get("NumberOfFrames", 1) or 1) for image in images]
    first = dict(zip(places, np.cumsum([0, *counts[:-1]]).tolist(), strict=True))
    masks = np.zeros((sum(counts), images[0].Rows, images[0].Columns, len(present)), np.uint8)
    for number, one in enumerate(present):
        for box in one.regions:
            if box.image in first:
                rows, columns = (box.y, box.y + box.height), (box.x, box.x + box.width)
                masks[first[box.image] + box.frame, slice(*rows), slice(*columns), number] = 1
    made = hd.seg.Segmentation(
        source_images=images,
        pixel_array=masks,
        segmentation_type="BINARY",
        segment_descriptions=[
            _described(number, one, statement) for number, one in enumerate(present)
        ],
        **filed(statement, "segments", 9004, places[0]),
        **device(statement),
        omit_empty_frames=False,
    )
    return written(made, sources, statement, "PatientOrientation")


def _described(number: int, finding: Marked, statement: Statement) -> Any:
    import highdicom as hd

    return hd.seg.SegmentDescription(
        segment_number=number + 1,
        segment_label=finding.name[:64],
        segmented_property_category=hd.sr.CodedConcept(*_MORPHOLOGY),
        segmented_property_type=hd.sr.CodedConcept(*finding.coded),
        algorithm_type="SEMIAUTOMATIC",
        algorithm_identification=hd.AlgorithmIdentificationSequence(
            name=statement.model,
            family=hd.sr.CodedConcept(*_INTELLIGENCE),
            version=statement.version,
        ),
        tracking_uid=statement.uid(f"segment:{finding.name}"),
        tracking_id=finding.name[:32],
    )
