"""Radiology: the findings of an image, each with its region, for a radiologist to decide."""

from wardround.capabilities.radiology import deciding
from wardround.capabilities.radiology.bulk import BulkRadiology
from wardround.capabilities.radiology.comparing.beside import Beside, Other, beside, others
from wardround.capabilities.radiology.comparing.changes import changes
from wardround.capabilities.radiology.comparing.comparison import Change, compare
from wardround.capabilities.radiology.impression import said
from wardround.capabilities.radiology.limits.abstaining import Promise, prevalence_here, promised
from wardround.capabilities.radiology.limits.limits import Bounds, Limits, read_limits
from wardround.capabilities.radiology.limits.recalibrating import recalibrate
from wardround.capabilities.radiology.limits.siting import Site
from wardround.capabilities.radiology.model import SNOMED, Report, Whose
from wardround.capabilities.radiology.readers.added import Added
from wardround.capabilities.radiology.readers.ports import Reading, ReadsImages, Seen
from wardround.capabilities.radiology.readers.selecting import FindsReaders, Offered
from wardround.capabilities.radiology.readers.suiting import suiting
from wardround.capabilities.radiology.reading import Found, Read, Reader, Reason, load_reader
from wardround.capabilities.radiology.screening import Check
from wardround.capabilities.radiology.service import Radiology, load_radiology
from wardround.capabilities.radiology.studying import REQUEST
from wardround.capabilities.radiology.triage import Waiting, ordered
from wardround.capabilities.radiology.whose import differs
from wardround.engines.images import Region

__all__ = [
    "REQUEST",
    "SNOMED",
    "Added",
    "Beside",
    "Bounds",
    "BulkRadiology",
    "Change",
    "Check",
    "FindsReaders",
    "Found",
    "Limits",
    "Offered",
    "Other",
    "Promise",
    "Radiology",
    "Read",
    "Reader",
    "Reading",
    "ReadsImages",
    "Reason",
    "Region",
    "Report",
    "Seen",
    "Site",
    "Waiting",
    "Whose",
    "beside",
    "changes",
    "compare",
    "deciding",
    "differs",
    "load_radiology",
    "load_reader",
    "ordered",
    "others",
    "prevalence_here",
    "promised",
    "read_limits",
    "recalibrate",
    "said",
    "suiting",
]
