"""What is written back beside an image, as DICOM objects: report, marks, state, segmentation."""

from wardround.engines.images.objects.model import Marked, Statement
from wardround.engines.images.objects.pictures import write_capture, write_state
from wardround.engines.images.objects.report import write_report
from wardround.engines.images.objects.segments import write_segments

__all__ = [
    "Marked",
    "Statement",
    "write_capture",
    "write_report",
    "write_segments",
    "write_state",
]
