"""Pathology: nuclei on stained tissue, drafted with their outlines, measured and counted."""

from wardround.capabilities.pathology import deciding
from wardround.capabilities.pathology.model import Region, Report
from wardround.capabilities.pathology.service import Pathology, load_pathology

__all__ = ["Pathology", "Region", "Report", "deciding", "load_pathology"]
