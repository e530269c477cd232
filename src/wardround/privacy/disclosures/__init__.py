"""The account of disclosures that a patient may ask for (45 CFR 164.528)."""

from wardround.privacy.disclosures.account import Account, Group, account_of
from wardround.privacy.disclosures.official import OfficialRequest, read_request
from wardround.privacy.disclosures.register import Disclosures, Entry, note_disclosure
from wardround.privacy.disclosures.report import account_csv, account_pdf
from wardround.privacy.disclosures.requests import AccountRequest, AccountRequests, Outcome
from wardround.privacy.disclosures.suspensions import (
    Suspension,
    Suspensions,
    part_by_suspension,
)

__all__ = [
    "Account",
    "AccountRequest",
    "AccountRequests",
    "Disclosures",
    "Entry",
    "Group",
    "OfficialRequest",
    "Outcome",
    "Suspension",
    "Suspensions",
    "account_csv",
    "account_of",
    "account_pdf",
    "note_disclosure",
    "part_by_suspension",
    "read_request",
]
