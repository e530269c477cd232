"""The chart: FHIR R4 resources kept byte for byte as received, and the blobs they point to."""

from wardround.record.blobs import Blobs
from wardround.record.care import CareRelations
from wardround.record.chart import Chart
from wardround.record.guarded import GuardedChart
from wardround.record.importing import Imported, bundle_files, import_bundles
from wardround.record.indexing import refresh_index
from wardround.record.owner import owner_of, patients_of
from wardround.record.parameters import PARAMETERS
from wardround.record.shredding import shred_chart
from wardround.record.stored import Stored

__all__ = [
    "PARAMETERS",
    "Blobs",
    "CareRelations",
    "Chart",
    "GuardedChart",
    "Imported",
    "Stored",
    "bundle_files",
    "import_bundles",
    "owner_of",
    "patients_of",
    "refresh_index",
    "shred_chart",
]
