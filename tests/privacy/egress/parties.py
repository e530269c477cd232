"""Recipients, agreements and a finder for the tests of the gate."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from wardround.kernel import Actor, Role
from wardround.privacy.deid import Kind, Span
from wardround.privacy.egress import Carries, Data, Purpose, Recipient, Return, Service, Terms

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)
OFFICER = Actor(
    id="p-1", name="Rosalind Achebe", role=Role.PRIVACY_OFFICER, reference="Practitioner/1"
)
PUBLIC = "93.184.216.34"


def recipient(address: str = "https://api.vendor.example/v1", **more: Any) -> Recipient:
    fields = {
        "name": "vendor",
        "address": address,
        "service": Service.LANGUAGE,
        "purpose": Purpose.TREATMENT,
        "carries": Carries.PHI,
    }
    return Recipient.model_validate(fields | more)


def terms(**more: Any) -> Terms:
    fields = {
        "party": "Vendor Incorporated",
        "hosts": ("api.vendor.example",),
        "services": frozenset({Service.LANGUAGE}),
        "data": frozenset({Data.TEXT}),
        "effective": TODAY - timedelta(days=300),
        "expires": TODAY + timedelta(days=200),
        "flow_down": True,
        "breach_days": 30,
        "at_end": Return.DESTROY,
    }
    return Terms.model_validate(fields | more)


WORDS = re.compile(r"(?P<NAME>Ada Lovelace|Ada|J\.S\.)|(?P<MRN>\b\d{7}\b)|(?P<AGE>\b9\d\b)")


def find_phi(text: str) -> list[Span]:
    """Find what the tests plant, as the detector would."""
    return [
        Span(start=m.start(), end=m.end(), kind=Kind[m.lastgroup or ""], score=1, reason="planted")
        for m in WORDS.finditer(text)
    ]
