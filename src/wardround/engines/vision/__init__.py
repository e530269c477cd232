"""The vision engine: models of images as folders, declared, checked, run and explained."""

from wardround.engines.vision.faults import ModelFault
from wardround.engines.vision.geometry import Geometry
from wardround.engines.vision.manifest import File, Input, Manifest, Tiles
from wardround.engines.vision.meaning import site_offset
from wardround.engines.vision.model import VisionModel, load_model
from wardround.engines.vision.outputs import Calibration, Code, Output, Point
from wardround.engines.vision.preparing import Prepared, prepare
from wardround.engines.vision.reading import MANIFEST, read_manifest
from wardround.engines.vision.session import PROVIDERS

__all__ = [
    "MANIFEST",
    "PROVIDERS",
    "Calibration",
    "Code",
    "File",
    "Geometry",
    "Input",
    "Manifest",
    "ModelFault",
    "Output",
    "Point",
    "Prepared",
    "Tiles",
    "VisionModel",
    "load_model",
    "prepare",
    "read_manifest",
    "site_offset",
]
