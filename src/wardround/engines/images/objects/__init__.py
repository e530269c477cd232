"""What is written back beside an image, as DICOM objects, and a slide as DICOM itself."""

from wardround.engines.images.objects.accession import Accession
from wardround.engines.images.objects.annotations import MOST_OUTLINED, write_annotations
from wardround.engines.images.objects.masks import write_mask
from wardround.engines.images.objects.model import Marked, Measured, Outlines, Statement
from wardround.engines.images.objects.pictures import write_capture, write_state
from wardround.engines.images.objects.report import write_report
from wardround.engines.images.objects.segments import write_segments
from wardround.engines.images.objects.sources import Belonging, read_belonging
from wardround.engines.images.objects.whole_slide import write_levels

__all__ = [
    "MOST_OUTLINED",
    "Accession",
    "Belonging",
    "Marked",
    "Measured",
    "Outlines",
    "Statement",
    "read_belonging",
    "write_annotations",
    "write_capture",
    "write_levels",
    "write_mask",
    "write_report",
    "write_segments",
    "write_state",
]
