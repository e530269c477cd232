"""The account of disclosures that a patient may ask for (45 CFR 164.528)."""

from wardround.privacy.disclosures.account import Account, Group, account_of
from wardround.privacy.disclosures.register import Disclosures, Entry, note_disclosure
from wardround.privacy.disclosures.report import account_csv, account_pdf

__all__ = [
    "Account",
    "Disclosures",
    "Entry",
    "Group",
    "account_csv",
    "account_of",
    "account_pdf",
    "note_disclosure",
]
