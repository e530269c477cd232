"""Pathology: nuclei on stained tissue, drafted with their outlines, measured and counted."""

from wardround.capabilities.pathology import deciding
from wardround.capabilities.pathology.added.added import AddedSlides
from wardround.capabilities.pathology.bulk import Counting
from wardround.capabilities.pathology.findings import findings_of, quality_of, unlike
from wardround.capabilities.pathology.index import Index
from wardround.capabilities.pathology.model import Measure, Report, State
from wardround.capabilities.pathology.morphometry import Nuclei
from wardround.capabilities.pathology.quality import Check
from wardround.capabilities.pathology.reading import SlideRead, TileRead, read_slide, read_tile
from wardround.capabilities.pathology.results.geojson import MIDDLE, geojson, write_geojson
from wardround.capabilities.pathology.results.heat import brightest, write_pyramid
from wardround.capabilities.pathology.results.heat import picture as heat_picture
from wardround.capabilities.pathology.results.kept import RESULT, Box, Kept, keep
from wardround.capabilities.pathology.results.looked import UNSEEN, Look, Share
from wardround.capabilities.pathology.results.looked import picture as looked_picture
from wardround.capabilities.pathology.service import (
    FindsSlideReaders,
    Pathology,
    load_pathology,
)
from wardround.capabilities.pathology.slide import Plane, Slide
from wardround.capabilities.pathology.stains import Stains, macenko, normalise, vahadane
from wardround.capabilities.pathology.sweep.counting import Grid, Spot
from wardround.engines.images import Region

__all__ = [
    "MIDDLE",
    "RESULT",
    "UNSEEN",
    "AddedSlides",
    "Box",
    "Check",
    "Counting",
    "FindsSlideReaders",
    "Grid",
    "Index",
    "Kept",
    "Look",
    "Measure",
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
    "brightest",
    "deciding",
    "findings_of",
    "geojson",
    "heat_picture",
    "keep",
    "load_pathology",
    "looked_picture",
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
