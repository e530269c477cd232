"""The vision engine: models of images as folders, declared, checked, run and explained."""

from wardround.engines.vision.faults import ModelFault
from wardround.engines.vision.geometry import Geometry
from wardround.engines.vision.manifest import File, Input, Manifest, Tiles
from wardround.engines.vision.meaning import site_offset
from wardround.engines.vision.model import VisionModel, load_model
from wardround.engines.vision.outputs import Calibration, Code, Output, Point
from wardround.engines.vision.packing import Packed, intact, pack, try_out
from wardround.engines.vision.preparing import Prepared, prepare
from wardround.engines.vision.reading import MANIFEST, read_manifest
from wardround.engines.vision.regions import Region, kept_apart
from wardround.engines.vision.saliency import Saliency, saliency
from wardround.engines.vision.session import PROVIDERS, provider_named, require_started
from wardround.engines.vision.slides import Place, SlideModel, Weighed, cut, load_slide_model

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
    "Packed",
    "Place",
    "Point",
    "Prepared",
    "Region",
    "Saliency",
    "SlideModel",
    "Tiles",
    "VisionModel",
    "Weighed",
    "cut",
    "intact",
    "kept_apart",
    "load_model",
    "load_slide_model",
    "pack",
    "prepare",
    "provider_named",
    "read_manifest",
    "require_started",
    "saliency",
    "site_offset",
    "try_out",
]
