"""PHI: finding it, removing it, and keeping it from leaving."""

from wardround.privacy.agreements.agreement import Agreement, Return, Standing, Terms
from wardround.privacy.agreements.papers import Paper, Papers
from wardround.privacy.agreements.register import Agreements, read_terms
from wardround.privacy.egress.address import read_network
from wardround.privacy.egress.gate import Gate
from wardround.privacy.egress.ledger import Disclosure, Ledger
from wardround.privacy.egress.policy import Otherwise, Policy
from wardround.privacy.egress.recipient import Carries, Data, Purpose, Recipient, Service, carrying
from wardround.privacy.kind import Kind
from wardround.privacy.span import Span

__all__ = [
    "Agreement",
    "Agreements",
    "Carries",
    "Data",
    "Disclosure",
    "Gate",
    "Kind",
    "Ledger",
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
    "read_network",
    "read_terms",
]
