"""Who acts: a person who signs, a device that drafts, or Wardround itself."""

from enum import StrEnum

from wardround.kernel.base import Noun


class Role(StrEnum):
    """What a person is in the clinic; what each may do is decided in ``security``."""

    CLINICIAN = "clinician"
    RESIDENT = "resident"
    NURSE = "nurse"
    CODER = "coder"
    BILLER = "biller"
    SCHEDULER = "scheduler"
    RESEARCHER = "researcher"
    PRIVACY_OFFICER = "privacy officer"
    QUALITY_OFFICER = "quality officer"
    ADMINISTRATOR = "administrator"
    SERVICE = "service"


class Actor(Noun):
    """A named person.

    ``reference`` is the person's FHIR resource, such as ``Practitioner/amara-osei``.
    """

    id: str
    name: str
    role: Role
    reference: str
