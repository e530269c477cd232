"""The one way out: every call judged by where it goes and what was agreed."""

from wardround.privacy.egress.address import read_network
from wardround.privacy.egress.agreements.agreement import Agreement, Return, Standing, Terms
from wardround.privacy.egress.agreements.papers import Paper, Papers
from wardround.privacy.egress.agreements.register import Agreements, read_terms
from wardround.privacy.egress.gate import Gate
from wardround.privacy.egress.ledger import Disclosure, Ledger
from wardround.privacy.egress.policy import Otherwise, Policy
from wardround.privacy.egress.recipient import Carries, Data, Purpose, Recipient, Service, carrying

__all__ = [
    "Agreement",
    "Agreements",
    "Carries",
    "Data",
    "Disclosure",
    "Gate",
    "Ledger",
    "Otherwise",
    "Paper",
    "Papers",
    "Policy",
    "Purpose",
    "Recipient",
    "Return",
    "Service",
    "Standing",
    "Terms",
    "carrying",
    "read_network",
    "read_terms",
]
