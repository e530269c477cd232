"""Who may do what, and who did: people, sessions, the policy, and the audit trail."""

from wardround.security.access import resume, sign_in, sign_out
from wardround.security.audit import AuditTrail, Event, Outcome
from wardround.security.people import People
from wardround.security.policy import POLICY, Action, allow, require
from wardround.security.sessions import Limits, Session, Sessions

__all__ = [
    "POLICY",
    "Action",
    "AuditTrail",
    "Event",
    "Limits",
    "Outcome",
    "People",
    "Session",
    "Sessions",
    "allow",
    "require",
    "resume",
    "sign_in",
    "sign_out",
]
