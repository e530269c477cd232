"""Who may do what, and who did: people, sessions, the policy, and the audit trail."""

from wardround.security.access import resume, sign_in, sign_out
from wardround.security.audit.balp import Outcome
from wardround.security.audit.checkpoints import (
    Checkpoint,
    keep_checkpoints,
    last_checkpoint,
    read_checkpoints,
)
from wardround.security.audit.export import export_csv, export_ndjson
from wardround.security.audit.kinds import PURPOSES
from wardround.security.audit.origin import coming_from
from wardround.security.audit.trail import AuditTrail, Event, Told
from wardround.security.audit.verifying import Fault, Verdict, verify_trail
from wardround.security.master import KeyFile, Master
from wardround.security.people import People
from wardround.security.policy import POLICY, Action, allow, require
from wardround.security.sessions import Limits, Session, Sessions
from wardround.security.vault import NOBODY, Vault, has_keys, vault_of

__all__ = [
    "NOBODY",
    "POLICY",
    "PURPOSES",
    "Action",
    "AuditTrail",
    "Checkpoint",
    "Event",
    "Fault",
    "KeyFile",
    "Limits",
    "Master",
    "Outcome",
    "People",
    "Session",
    "Sessions",
    "Told",
    "Vault",
    "Verdict",
    "allow",
    "coming_from",
    "export_csv",
    "export_ndjson",
    "has_keys",
    "keep_checkpoints",
    "last_checkpoint",
    "read_checkpoints",
    "require",
    "resume",
    "sign_in",
    "sign_out",
    "vault_of",
    "verify_trail",
]
