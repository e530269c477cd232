"""Radiology: the findings of an image, each with its region, for a radiologist to decide."""

from wardround.capabilities.radiology import deciding
from wardround.capabilities.radiology.impression import said
from wardround.capabilities.radiology.model import Region, Report
from wardround.capabilities.radiology.ports import Box, Check, Read, ReadsImages, Seen
from wardround.capabilities.radiology.service import Radiology

__all__ = [
    "Box",
    "Check",
    "Radiology",
    "Read",
    "ReadsImages",
    "Region",
    "Report",
    "Seen",
    "deciding",
    "said",
]
