"""The chart: FHIR R4 resources kept byte for byte as received, and the blobs they point to."""

from wardround.record.blobs import Blobs
from wardround.record.chart import Chart
from wardround.record.importing import Imported, bundle_files, import_bundles
from wardround.record.indexing import refresh_index
from wardround.record.parameters import PARAMETERS
from wardround.record.stored import Stored

__all__ = [
    "PARAMETERS",
    "Blobs",
    "Chart",
    "Imported",
    "Stored",
    "bundle_files",
    "import_bundles",
    "refresh_index",
]
