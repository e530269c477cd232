"""What identifies the things of the ledger; what is typed or read and is none is never echoed."""

import re

_CLAIM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}", re.ASCII)
_KEY = re.compile(r"[0-9a-f-]{36}", re.ASCII)


def is_number(text: str) -> bool:
    """Whether it may be a patient control number of ours: it is in addresses and in the trail."""
    return _CLAIM.fullmatch(text) is not None


def is_key(text: str) -> bool:
    """Whether it may be the key of a payment, an answer or an item of work."""
    return _KEY.fullmatch(text) is not None
