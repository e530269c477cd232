"""The sample clinic: one morning's patients, charts and recorded visits, all invented."""

from wardround.clinic.model import Person, SampleClinic, SampleVisit
from wardround.clinic.sample import load_sample

__all__ = ["Person", "SampleClinic", "SampleVisit", "load_sample"]
