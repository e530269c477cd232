"""Images: files become values with the facts that they declare."""

from wardround.engines.images.facts import Facts
from wardround.engines.images.image import Image
from wardround.engines.images.inflating import require_bounded
from wardround.engines.images.reading import read_facts, read_image
from wardround.engines.images.voi import Table, Voi, Window

__all__ = [
    "Facts",
    "Image",
    "Table",
    "Voi",
    "Window",
    "read_facts",
    "read_image",
    "require_bounded",
]
