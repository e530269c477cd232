"""PHI: finding it, removing it, and keeping it from leaving."""

from wardround.privacy.agreements.agreement import Agreement, Return, Standing, Terms
from wardround.privacy.agreements.papers import Paper, Papers
from wardround.privacy.agreements.register import Agreements, read_terms
from wardround.privacy.consent import (
    About,
    Answer,
    Consent,
    Obtained,
    make_consent,
    read_consent,
)
from wardround.privacy.egress.address import read_network
from wardround.privacy.egress.gate import Gate
from wardround.privacy.egress.ledger import Disclosure, Ledger
from wardround.privacy.egress.policy import Otherwise, Policy
from wardround.privacy.egress.recipient import Carries, Data, Purpose, Recipient, Service, carrying
from wardround.privacy.kind import Kind
from wardround.privacy.span import Span
from wardround.privacy.text.detector import Detector, find_phi, load_detector

__all__ = [
    "About",
    "Agreement",
    "Agreements",
    "Answer",
    "Carries",
    "Consent",
    "Data",
    "Detector",
    "Disclosure",
    "Gate",
    "Kind",
    "Ledger",
    "Obtained",
    "Otherwise",
    "Paper",
    "Papers",
    "Policy",
    "Purpose",
    "Recipient",
    "Return",
    "Service",
    "Span",
    "Standing",
    "Terms",
    "carrying",
    "find_phi",
    "load_detector",
    "make_consent",
    "read_consent",
    "read_network",
    "read_terms",
]
