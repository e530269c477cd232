"""Images: files become values with the facts that they declare."""

from wardround.engines.images.chest_file import Written, write_chest
from wardround.engines.images.chest_phantom import ChestPhantom, Opacity, draw_chest
from wardround.engines.images.choosing import Choice, Need, Other, choose
from wardround.engines.images.deepzoom import DeepZoom
from wardround.engines.images.facts import Facts
from wardround.engines.images.image import Image
from wardround.engines.images.inflating import require_bounded
from wardround.engines.images.leaving import Remover, removed, telling
from wardround.engines.images.objects import (
    MOST_OUTLINED,
    Accession,
    Marked,
    Measured,
    Outlines,
    Statement,
    read_belonging,
    write_annotations,
    write_capture,
    write_levels,
    write_mask,
    write_report,
    write_segments,
    write_state,
)
from wardround.engines.images.reading import read_facts, read_image
from wardround.engines.images.region import Region
from wardround.engines.images.slide import CorruptTile, Level, Slide, Tile
from wardround.engines.images.slide_files import open_slide
from wardround.engines.images.slide_phantom import Nucleus, SlidePhantom, draw_slide, write_slide
from wardround.engines.images.voi import Table, Voi, Window

__all__ = [
    "MOST_OUTLINED",
    "Accession",
    "ChestPhantom",
    "Choice",
    "CorruptTile",
    "DeepZoom",
    "Facts",
    "Image",
    "Level",
    "Marked",
    "Measured",
    "Need",
    "Nucleus",
    "Opacity",
    "Other",
    "Outlines",
    "Region",
    "Remover",
    "Slide",
    "SlidePhantom",
    "Statement",
    "Table",
    "Tile",
    "Voi",
    "Window",
    "Written",
    "choose",
    "draw_chest",
    "draw_slide",
    "open_slide",
    "read_belonging",
    "read_facts",
    "read_image",
    "removed",
    "require_bounded",
    "telling",
    "write_annotations",
    "write_capture",
    "write_chest",
    "write_levels",
    "write_mask",
    "write_report",
    "write_segments",
    "write_slide",
    "write_state",
]
