"""Who may do what, and who did: people, sessions, the policy, and the audit trail."""

from wardround.security.access import Door, Entry, Place, resume, sign_in, sign_out
from wardround.security.accounts import Account, Accounts
from wardround.security.action import Action, PurposeOfUse, purpose_of
from wardround.security.audit.archive import prune_trail, verify_archive
from wardround.security.audit.balp import Outcome
from wardround.security.audit.checkpoints import (
    Checkpoint,
    keep_checkpoints,
    last_checkpoint,
    read_checkpoints,
)
from wardround.security.audit.export import export_csv, export_ndjson, inert
from wardround.security.audit.figures import (
    Extent,
    count_events,
    last_sign_ins,
    trail_extent,
)
from wardround.security.audit.kinds import PURPOSES
from wardround.security.audit.origin import coming_from
from wardround.security.audit.scanning import Glance, scan_trail
from wardround.security.audit.trail import AuditTrail, Event, Told
from wardround.security.audit.verifying import Fault, Verdict, verify_trail
from wardround.security.emergencies import Emergencies, Emergency, Judgement, Reason
from wardround.security.factors import Factor, FactorKind, Factors, app_address
from wardround.security.guard import Guard, OutsideCare
from wardround.security.keepers import KmsMaster, TransitMaster
from wardround.security.keyring import Hold, KeyStatus, drop_retired, key_status, retire_keys
from wardround.security.links import Links
from wardround.security.master import KeyFile, Master
from wardround.security.own import Changed, OwnAccount
from wardround.security.passkeys import Site
from wardround.security.people import People
from wardround.security.policy import Policies, load_policies
from wardround.security.provider import Client, Dial, Provider, Registration, Secrets, Vouched
from wardround.security.relation import Care, CareRelation, Relations
from wardround.security.resealing import count_clear, reseal, seal_clear, shred
from wardround.security.sealing import NOBODY, Sealed, sealed_columns
from wardround.security.sessions import Due, Limits, Session, Sessions
from wardround.security.tables import utc
from wardround.security.tickets import Ticket, Tickets
from wardround.security.tokens import ServiceToken, ServiceTokens
from wardround.security.vault import Vault, has_keys, vault_of

__all__ = [
    "NOBODY",
    "PURPOSES",
    "Account",
    "Accounts",
    "Action",
    "AuditTrail",
    "Care",
    "CareRelation",
    "Changed",
    "Checkpoint",
    "Client",
    "Dial",
    "Door",
    "Due",
    "Emergencies",
    "Emergency",
    "Entry",
    "Event",
    "Extent",
    "Factor",
    "FactorKind",
    "Factors",
    "Fault",
    "Glance",
    "Guard",
    "Hold",
    "Judgement",
    "KeyFile",
    "KeyStatus",
    "KmsMaster",
    "Limits",
    "Links",
    "Master",
    "Outcome",
    "OutsideCare",
    "OwnAccount",
    "People",
    "Place",
    "Policies",
    "Provider",
    "PurposeOfUse",
    "Reason",
    "Registration",
    "Relations",
    "Sealed",
    "Secrets",
    "ServiceToken",
    "ServiceTokens",
    "Session",
    "Sessions",
    "Site",
    "Ticket",
    "Tickets",
    "Told",
    "TransitMaster",
    "Vault",
    "Verdict",
    "Vouched",
    "app_address",
    "coming_from",
    "count_clear",
    "count_events",
    "drop_retired",
    "export_csv",
    "export_ndjson",
    "has_keys",
    "inert",
    "keep_checkpoints",
    "key_status",
    "last_checkpoint",
    "last_sign_ins",
    "load_policies",
    "prune_trail",
    "purpose_of",
    "read_checkpoints",
    "reseal",
    "resume",
    "retire_keys",
    "scan_trail",
    "seal_clear",
    "sealed_columns",
    "shred",
    "sign_in",
    "sign_out",
    "trail_extent",
    "utc",
    "vault_of",
    "verify_archive",
    "verify_trail",
]
