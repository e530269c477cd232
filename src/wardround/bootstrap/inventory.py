"""The inventory that the system makes of itself: its parts, who is called, how PHI flows."""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from wardround import __version__
from wardround.bootstrap.evidence.sharing import is_loopback
from wardround.bootstrap.house import Wardround
from wardround.bootstrap.models import carried_models
from wardround.privacy.assets import Flow, Found, Inventory
from wardround.privacy.egress import Agreement, Agreements
from wardround.security import AuditTrail, ServiceTokens, vault_of

_SEALED = "Sealed: AES-256-GCM, a key for each patient"
_FILE = "Read by the server's own user alone"


def take_inventory(wardround: Wardround) -> Inventory:
    """Return what the system finds in itself now; nothing of it is stored."""
    partners = _partners(wardround)
    found = (
        *_running(wardround),
        *_stores(wardround),
        *_keys(wardround),
        *found_models(),
        *_outside(wardround, partners),
    )
    return Inventory(found=found, flows=tuple(_flows(wardround, partners)))


def found_models() -> list[Found]:
    """Return the models that the package carries, each with the sha256 of its file."""
    return [
        Found(
            name=one.name,
            kind="Model",
            version=one.version,
            place=one.file,
            protected="As its card says" if one.as_said else "Not the file that its card describes",
            digest=one.digest,
        )
        for one in carried_models()
    ]


def _running(wardround: Wardround) -> Iterator[Found]:
    settings = wardround.settings
    yield Found(
        name="Wardround",
        kind="Server",
        version=f"{__version__}, Python {sys.version.split()[0]}",
        place=f"{settings.host}:{settings.port}",
        phi=True,
        protected=_door(wardround),
    )


def _stores(wardround: Wardround) -> Iterator[Found]:
    settings = wardround.settings
    yield Found(
        name="Record",
        kind="Database",
        version=wardround.database.version(),
        place=_place(settings.database_url),
        phi=True,
        protected=_SEALED,
    )
    yield Found(
        name="Workflows",
        kind="Database",
        place=_place(settings.workflows_url),
        protected="Holds ids, never a word of a visit",
    )
    number, size = _sized(settings.blobs)
    yield Found(
        name="Recordings and transcripts",
        kind="Folder",
        version=f"{number:,} files, {size / 1e6:,.1f} MB",
        place=str(settings.blobs),
        phi=True,
        protected=_SEALED,
    )
    yield Found(
        name="Checkpoints of the audit trail",
        kind="File",
        place=str(settings.checkpoints),
        protected="Signed; holds hashes, no PHI",
    )
    with wardround.database.read() as tx:
        backups = AuditTrail(tx).list(action="backup", limit=1)
    for last in backups:
        yield Found(
            name="Last backup",
            kind="Backup",
            version=f"{last.at.astimezone():%Y-%m-%d %H:%M}",
            phi=True,
            protected="Sealed as a whole; the master key opens it",
        )


def _keys(wardround: Wardround) -> Iterator[Found]:
    settings = wardround.settings
    with wardround.database.read() as tx:
        name = vault_of(tx).master.name
    at_hand = settings.master == "file"
    yield Found(
        name="Master key",
        kind="Key",
        version=name,
        place=str(settings.master_key) if at_hand else _outer(settings.vault_address or "AWS KMS"),
        protected=_FILE if at_hand else "Never leaves its keeper",
    )


def _outside(wardround: Wardround, partners: list[Agreement]) -> Iterator[Found]:
    settings = wardround.settings
    if settings.oidc_issuer:
        yield Found(
            name=settings.oidc_name,
            kind="Identity provider",
            place=_outer(settings.oidc_issuer),
            protected="TLS; nothing about a patient goes there",
        )
    for one in partners:
        yield Found(
            name=one.terms.party,
            kind="Business associate",
            place=", ".join(one.terms.hosts) or "No host named",
            phi=True,
            protected=f"Agreement in force since {one.terms.effective.isoformat()}; TLS",
        )
    now = wardround.clock()
    with wardround.database.read() as tx:
        tokens = ServiceTokens(tx, wardround.clock).list()
    for token in tokens:
        if token.revoked is None and token.ends > now:
            yield Found(
                name=token.name,
                kind="Service token",
                version=", ".join(token.scopes),
                place=f"{token.prefix}…",
                phi="READ_CHART" in token.scopes or "READ_DRAFT" in token.scopes,
                protected=f"Ends on {token.ends.astimezone():%Y-%m-%d}",
            )


def _flows(wardround: Wardround, partners: list[Agreement]) -> Iterator[Flow]:
    settings = wardround.settings
    safe = bool(settings.tls_certificate or settings.behind_proxy) or is_loopback(settings.host)
    yield Flow(
        source="Browsers",
        target="Wardround",
        what="Charts, transcripts, drafts",
        protected=_door(wardround),
        safe=safe,
    )
    local = wardround.database.is_sqlite
    yield Flow(
        source="Wardround",
        target="Record",
        what="Charts, drafts, registers",
        protected=f"{_SEALED}{'' if local else '; the connection is as its URL says'}",
    )
    yield Flow(
        source="Wardround",
        target="Recordings and transcripts",
        what="Recordings, transcripts, images",
        protected=_SEALED,
    )
    yield Flow(
        source="Wardround",
        target="Backups",
        what="Everything",
        protected="Sealed as a whole; the master key opens it",
    )
    for one in partners:
        yield Flow(
            source="Wardround",
            target=one.terms.party,
            what=", ".join(sorted(data.value for data in one.terms.data)).capitalize(),
            protected="TLS, under an agreement, each call judged",
        )


def _partners(wardround: Wardround) -> list[Agreement]:
    today = wardround.clock().astimezone().date()
    with wardround.database.read() as tx:
        found = Agreements(tx, wardround.clock).list()
    return [one for one in found if one.standing(today).holds]


def _door(wardround: Wardround) -> str:
    settings = wardround.settings
    if settings.tls_certificate is not None:
        return "TLS 1.2 or 1.3"
    if settings.behind_proxy:
        return f"TLS, ended by the proxy at {settings.behind_proxy}"
    return "This machine alone" if is_loopback(settings.host) else "In clear"


def _place(url: str) -> str:
    """Return where a database is, without who opens it."""
    parts = urlsplit(url)
    if parts.scheme.startswith("sqlite"):
        return url.partition("///")[2]
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.hostname or 'local socket'}{port}{parts.path}"


def _outer(address: str) -> str:
    """Return an address outside without what may be secret in it."""
    parts = urlsplit(address)
    return parts.hostname or address


def _sized(folder: Path) -> tuple[int, int]:
    sizes = [one.stat().st_size for one in folder.glob("*/*") if one.is_file()]
    return len(sizes), sum(sizes)
