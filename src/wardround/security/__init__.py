"""Who may do what, and who did: people, sessions, the policy, and the audit trail."""

from wardround.security.access import resume, sign_in, sign_out
from wardround.security.audit import AuditTrail, Event, Outcome
from wardround.security.master import KeyFile, Master
from wardround.security.people import People
from wardround.security.policy import POLICY, Action, allow, require
from wardround.security.sessions import Limits, Session, Sessions
from wardround.security.vault import NOBODY, Vault, has_keys, vault_of

__all__ = [
    "NOBODY",
    "POLICY",
    "Action",
    "AuditTrail",
    "Event",
    "KeyFile",
    "Limits",
    "Master",
    "Outcome",
    "People",
    "Session",
    "Sessions",
    "Vault",
    "allow",
    "has_keys",
    "require",
    "resume",
    "sign_in",
    "sign_out",
    "vault_of",
]
