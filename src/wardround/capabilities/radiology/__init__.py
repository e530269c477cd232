"""Radiology: findings drafted from images, with gates before them."""

from wardround.capabilities.radiology.abstaining import Promise, prevalence_here, promised
from wardround.capabilities.radiology.bulk import Radiology
from wardround.capabilities.radiology.comparison import Change, compare
from wardround.capabilities.radiology.limits import Bounds, Limits, read_limits
from wardround.capabilities.radiology.reading import Found, Read, Reader, Reason, load_reader
from wardround.capabilities.radiology.recalibrating import recalibrate
from wardround.capabilities.radiology.triage import Waiting, ordered

__all__ = [
    "Bounds",
    "Change",
    "Found",
    "Limits",
    "Promise",
    "Radiology",
    "Read",
    "Reader",
    "Reason",
    "Waiting",
    "compare",
    "load_reader",
    "ordered",
    "prevalence_here",
    "promised",
    "read_limits",
    "recalibrate",
]
