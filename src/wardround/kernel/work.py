"""Whose work a draft is: that of those who care, of those who code, or of those who bill."""

from enum import StrEnum
from typing import Protocol, runtime_checkable


class Work(StrEnum):
    """The work that a capability's drafts are part of; who may decide about them hangs on it."""

    CARE = "care"
    CODING = "coding"
    BILLING = "billing"


@runtime_checkable
class OfWork(Protocol):
    """A capability whose drafts are other people's work than the carers'."""

    @property
    def work(self) -> Work:
        """Whose drafts they are."""
        ...


def work_of(capability: object) -> Work:
    """Return whose work a capability's drafts are; the carers', where it does not say."""
    return capability.work if isinstance(capability, OfWork) else Work.CARE
