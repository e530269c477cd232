"""What an adjustment means: agreed, the patient's share, or refused; and what can be done about it.

A refusal (CO, PI, OA or PR with any other reason) moves no cent out of what is open: it is worked
by a person, and only a person writes it off.
"""

from enum import StrEnum
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from wardround.capabilities.billing import Adjustment
from wardround.kernel import Noun
from wardround.revenue.model import Account

NO_APPEAL = "MA130"
"""The remark of a claim that Medicare could not process: it has no appeal, and is sent as new."""

_PATIENT_ABOVE = "45"
"""With PR: the patient of a provider outside the network owes what is above the allowed amount."""


class Mend(StrEnum):
    """What can be done about a denial."""

    CORRECT = "correct"
    APPEAL = "appeal"
    PATIENT = "patient"
    RECORDS = "records"
    WRITE_OFF = "write-off"


class Reason(Noun):
    """A reason for an adjustment, in words of our own."""

    code: str
    says: str
    kind: str = "denial"
    mend: Mend | None = None


def reason_of(code: str) -> Reason:
    """Return what is known of a CARC; one that is not known is a denial that somebody looks at."""
    return _reasons().get(code) or Reason(code=code, says="Look this reason up at the payer")


def remark_says(code: str) -> str:
    """Return the words of a remark (RARC); none where we have no words of it."""
    return _remarks().get(code, "")


def group_says(group: str) -> str:
    """Return the words of an adjustment group."""
    return _groups().get(group, "not a group we know")


def account_of(adjustment: Adjustment) -> Account:
    """Return where the cents of an adjustment go."""
    reason = reason_of(adjustment.reason)
    if adjustment.group == "PR":
        share = reason.kind == "patient" or adjustment.reason == _PATIENT_ABOVE
        return Account.PATIENT if share else Account.DENIED
    return Account.CONTRACTUAL if reason.kind == "contractual" else Account.DENIED


def mend_of(group: str, code: str, remarks: tuple[str, ...]) -> Mend:
    """Return what is tried first about a denial."""
    if NO_APPEAL in remarks:
        return Mend.CORRECT
    if group == "PR":
        return Mend.PATIENT
    return reason_of(code).mend or Mend.APPEAL


@cache
def _read() -> dict[str, Any]:
    return loads((files(__package__) / "reasons.toml").read_text("utf-8"))


@cache
def _remarks() -> dict[str, str]:
    return loads((files(__package__) / "remarks.toml").read_text("utf-8"))


@cache
def _reasons() -> dict[str, Reason]:
    return {code: Reason(code=code, **one) for code, one in _read()["reasons"].items()}


def _groups() -> dict[str, str]:
    groups: dict[str, str] = _read()["groups"]
    return groups
