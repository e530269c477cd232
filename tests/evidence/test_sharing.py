"""What is told of sessions, TLS and agreements."""

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.evidence.looking import DAY, RUTH, facts, later, settled, today, wrong
from wardround.bootstrap import (
    Wardround,
)
from wardround.kernel import system_clock
from wardround.privacy.assets import AssetKind, Assets, Described
from wardround.privacy.egress import Agreements, Return, read_terms


def test_how_long_a_session_lasts(house: Wardround) -> None:
    assert wrong(house, "log-off") == ""
    assert "61 minutes" in wrong(settled(house, session_idle_minutes=61), "log-off")


def certificate(file: Path, left: timedelta) -> Path:
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ward.example")]),
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(system_clock() - 9 * DAY)
        .not_valid_after(system_clock() + left)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(made.public_bytes(Encoding.PEM))
    return file


def test_how_pages_travel(house: Wardround, tmp_path: Path) -> None:
    assert "this machine alone" in facts(house, "transport")[0].says
    assert "in clear" in wrong(settled(house, host="0.0.0.0"), "transport")
    proxied = settled(house, host="0.0.0.0", behind_proxy="10.0.0.2")
    assert "10.0.0.2" in facts(proxied, "transport")[0].says
    good, old = certificate(tmp_path / "a.pem", 60 * DAY), certificate(tmp_path / "b.pem", 9 * DAY)
    assert wrong(settled(house, tls_certificate=good), "transport") == ""
    assert "good until" in wrong(settled(house, tls_certificate=old), "transport")
    missing = settled(house, tls_certificate=tmp_path / "no.pem")
    assert "could not be looked at" in wrong(missing, "transport")


def test_agreements_their_clauses_and_papers(house: Wardround) -> None:
    for name in ("agreements", "agreement-terms", "agreement-papers"):
        assert "nothing that identifies a patient is sent" in facts(house, name)[0].says
    first, last = today() - 9 * DAY, today() + 300 * DAY
    terms = {"party": "Speech Inc.", "effective": first, "expires": last}
    with house.database.begin() as tx:
        Agreements(tx).add(read_terms(**terms), RUTH)
    assert wrong(house, "agreements") == ""
    assert "Speech Inc lacks" in wrong(house, "agreement-terms").replace("Inc.", "Inc")
    assert "Speech Inc." in wrong(house, "agreement-papers")
    assert "Ends soon" in wrong(later(house, 250 * DAY), "agreements")
    assert "Expired" in wrong(later(house, 310 * DAY), "agreements")
    whole = {"flow_down": True, "breach_days": 5, "at_end": Return.DESTROY, "document_held": "Safe"}
    with house.database.begin() as tx:
        (one,) = Agreements(tx).list()
        Agreements(tx).revise(one.id, 1, read_terms(**terms, **whole), RUTH)
    assert wrong(house, "agreement-terms") + wrong(house, "agreement-papers") == ""


def test_a_vendor_with_health_information_has_an_agreement(house: Wardround) -> None:
    said = Described(name="Speech Inc.", kind=AssetKind.VENDOR, owner="IT", phi=True)
    with house.database.begin() as tx:
        Assets(tx).add(said, RUTH)
        Assets(tx).add(said.model_copy(update={"name": "Cleaners", "phi": False}), RUTH)
    assert "without an agreement: Speech Inc." in wrong(house, "agreements")
    with house.database.begin() as tx:
        Agreements(tx).add(read_terms(party="SPEECH Inc.", effective=today() - DAY), RUTH)
    assert wrong(house, "agreements") == ""
