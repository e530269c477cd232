"""What is shown of how data travels: sessions, TLS, and the parties it may go to."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from wardround.bootstrap.evidence.probe import MONTH, Probe, counted, few, on, wrong
from wardround.bootstrap.house import Wardround
from wardround.privacy.assets import AssetKind, Assets
from wardround.privacy.egress import Agreement, Agreements, Standing
from wardround.privacy.safeguards import Fact
from wardround.security import count_events

_AGREEMENTS = "/privacy/agreements"
_NONE = "No agreement is in force: nothing that identifies a patient is sent to anybody outside."
_LEFT = timedelta(days=14)
_LONG = timedelta(hours=1)


def log_off(wardround: Wardround) -> Iterator[Fact]:
    """After how long a session ends."""
    limits = wardround.limits
    minutes, hours = limits.idle // timedelta(minutes=1), limits.absolute // timedelta(hours=1)
    says = (
        f"A session ends after {counted(minutes, 'minute')} without a request, and after "
        f"{counted(hours, 'hour')} in any case."
    )
    if limits.idle > _LONG:
        yield wrong(says, "Set WARDROUND_SESSION_IDLE_MINUTES to an hour or less.")
    else:
        yield Fact(says=says)


def transport(wardround: Wardround) -> Iterator[Fact]:
    """Whether pages travel over TLS, until when the certificate is good, and what was called."""
    settings, now = wardround.settings, wardround.clock()
    if settings.tls_certificate is not None:
        ends = certificate_end(settings.tls_certificate)
        says = f"The server speaks TLS 1.2 or 1.3; its certificate is good until {on(ends)}."
        if ends - now < _LEFT:
            yield wrong(says, "Renew the certificate.")
        else:
            yield Fact(says=says)
    elif settings.behind_proxy:
        yield Fact(
            says=f"A proxy ends TLS ({settings.behind_proxy}); what comes past it is refused."
        )
    elif is_loopback(settings.host):
        yield Fact(says="The server answers this machine alone: nothing travels over a network.")
    else:
        yield wrong(
            "Other machines are answered in clear.",
            "Set WARDROUND_TLS_CERTIFICATE, or WARDROUND_BEHIND_PROXY.",
        )
    with wardround.database.read() as tx:
        sent = count_events(tx, "egress", now - MONTH, "success")
        refused = count_events(tx, "egress", now - MONTH, "failure")
    yield Fact(
        says=f"In 30 days: {counted(sent, 'call')} out, {counted(refused, 'call')} refused.",
        address="/privacy/calls",
    )


def agreements(wardround: Wardround) -> Iterator[Fact]:
    """Which agreements are in force, end soon, or have ended, and which vendor has none."""
    found, today = _agreements(wardround)
    holding = [one for one in found if one.standing(today).holds]
    if not holding:
        yield Fact(says=_NONE, address=_AGREEMENTS)
    else:
        yield Fact(
            says=f"Agreements in force: {len(holding)}, with {_parties(holding)}.",
            address=_AGREEMENTS,
        )
    for standing, words in ((Standing.ENDING, "Ends soon"), (Standing.EXPIRED, "Expired")):
        these = [one for one in found if one.standing(today) is standing]
        if these:
            yield wrong(f"{words}: {_parties(these)}.", "Renew or terminate it.", _AGREEMENTS)
    bound = {one.terms.party.casefold() for one in holding}
    with wardround.database.read() as tx:
        entered = [one for one in Assets(tx, wardround.clock).list() if not one.retired]
    vendors = [
        one.described.name
        for one in entered
        if one.described.kind is AssetKind.VENDOR and one.described.phi
    ]
    unbound = [name for name in vendors if name.casefold() not in bound]
    if unbound:
        yield wrong(
            f"In the inventory with health information, and without an agreement: {few(unbound)}.",
            "Enter the agreement under the same name.",
            _AGREEMENTS,
        )


def agreement_terms(wardround: Wardround) -> Iterator[Fact]:
    """Which agreements lack a clause that the rule demands."""
    found, today = _agreements(wardround)
    holding = [one for one in found if one.standing(today).holds]
    lacking = [one for one in holding if one.terms.lacks]
    for one in lacking:
        yield wrong(
            f"{one.terms.party} lacks {', and '.join(one.terms.lacks)}; nothing is sent there.",
            "Have the contract amended.",
            f"{_AGREEMENTS}/{one.id}",
        )
    if not lacking:
        says = "Every agreement in force has the clauses that the rule demands."
        yield Fact(says=says if holding else _NONE, address=_AGREEMENTS)


def agreement_papers(wardround: Wardround) -> Iterator[Fact]:
    """Of which agreements the signed document is neither here, nor is it known where."""
    found, today = _agreements(wardround)
    holding = [one for one in found if one.standing(today).holds]
    lacking = [one for one in holding if not one.documents and not one.terms.document_held]
    if lacking:
        yield wrong(
            f"The signed document is not here: {_parties(lacking)}.",
            "Attach it, or say where it is.",
            _AGREEMENTS,
        )
    else:
        says = "The signed document of every agreement in force is here, or it is said where."
        yield Fact(says=says if holding else _NONE, address=_AGREEMENTS)


def certificate_end(file: Path) -> datetime:
    """Return until when the server's certificate is good: the first of its file."""
    from cryptography.x509 import load_pem_x509_certificates

    return load_pem_x509_certificates(file.read_bytes())[0].not_valid_after_utc


def is_loopback(host: str) -> bool:
    """Whether this address is reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _agreements(wardround: Wardround) -> tuple[list[Agreement], date]:
    with wardround.database.read() as tx:
        found = Agreements(tx, wardround.clock).list()
    return found, wardround.clock().astimezone().date()


def _parties(found: list[Agreement]) -> str:
    return few([one.terms.party for one in found])


PROBES: dict[str, Probe] = {
    "log-off": log_off,
    "transport": transport,
    "agreements": agreements,
    "agreement-terms": agreement_terms,
    "agreement-papers": agreement_papers,
}
