"""Pathology: nuclei on stained tissue, drafted with their outlines, measured and counted."""

from wardround.capabilities.pathology import deciding
from wardround.capabilities.pathology.bulk import Counting
from wardround.capabilities.pathology.counting import Grid, Spot
from wardround.capabilities.pathology.findings import findings_of, quality_of, unlike
from wardround.capabilities.pathology.geojson import write_geojson
from wardround.capabilities.pathology.heat import write_pyramid
from wardround.capabilities.pathology.index import Index
from wardround.capabilities.pathology.kept import RESULT, Kept, keep
from wardround.capabilities.pathology.looked import UNSEEN, Look, Share
from wardround.capabilities.pathology.model import Report, State
from wardround.capabilities.pathology.morphometry import Nuclei
from wardround.capabilities.pathology.quality import Check
from wardround.capabilities.pathology.reading import SlideRead, TileRead, read_slide, read_tile
from wardround.capabilities.pathology.service import Pathology, load_pathology
from wardround.capabilities.pathology.slide import Plane, Slide
from wardround.capabilities.pathology.stains import Stains, macenko, normalise, vahadane
from wardround.engines.images import Region

__all__ = [
    "RESULT",
    "UNSEEN",
    "Check",
    "Counting",
    "Grid",
    "Index",
    "Kept",
    "Look",
    "Nuclei",
    "Pathology",
    "Plane",
    "Region",
    "Report",
    "Share",
    "Slide",
    "SlideRead",
    "Spot",
    "Stains",
    "State",
    "TileRead",
    "deciding",
    "findings_of",
    "keep",
    "load_pathology",
    "macenko",
    "normalise",
    "quality_of",
    "read_slide",
    "read_tile",
    "unlike",
    "vahadane",
    "write_geojson",
    "write_pyramid",
]
