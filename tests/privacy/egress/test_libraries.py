"""Libraries that bring their own HTTP go through the gate as well."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import boto3
import httpx
import hvac
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.privacy.egress.conftest import Endpoint, Wire
from tests.privacy.egress.parties import PUBLIC, recipient
from wardround.kernel import NotAllowed, Unavailable
from wardround.privacy.egress import Carries, Gate, Policy, Purpose, Service

KEYS = {
    "service": Service.KEYS,
    "purpose": Purpose.INFRASTRUCTURE,
    "carries": Carries.NOTHING,
    "data": frozenset(),
}


def test_hvac(wire: Wire) -> None:
    wire.answer = lambda _: httpx.Response(200, json={"data": {"ciphertext": "vault:v1:abc"}})
    gate = Gate(resolver=lambda host, port: [PUBLIC])
    vault = recipient("https://vault.hospital.example:8200/", name="vault", **KEYS)
    session = gate.requests_session(vault)
    client = hvac.Client(url="https://vault.hospital.example:8200", token="t", session=session)
    done = client.secrets.transit.encrypt_data(name="master", plaintext="AAAA")
    assert done["data"]["ciphertext"] == "vault:v1:abc"
    (sent,) = wire.sent
    assert sent.url.host == PUBLIC
    assert sent.headers["host"] == "vault.hospital.example:8200"
    assert sent.headers["x-vault-token"] == "t"
    with pytest.raises(NotAllowed, match="another address"):
        session.get("https://evil.example/")


def test_boto3(wire: Wire) -> None:
    wire.answer = lambda _: httpx.Response(
        200,
        json={"CiphertextBlob": "AAAA", "KeyId": "k"},
        headers={"Content-Type": "application/x-amz-json-1.1"},
    )
    gate = Gate(resolver=lambda host, port: [PUBLIC])
    kms = recipient("https://kms.eu-central-1.amazonaws.com/", name="kms", **KEYS)
    client = boto3.client(
        "kms", region_name="eu-central-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    client.meta.events.register("before-send", gate.aws_sender(kms))
    assert client.encrypt(KeyId="k", Plaintext=b"key")["CiphertextBlob"] == b"\0\0\0"
    (sent,) = wire.sent
    assert sent.url.host == PUBLIC
    assert sent.headers["host"] == "kms.eu-central-1.amazonaws.com"
    elsewhere = boto3.client(
        "kms", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    elsewhere.meta.events.register("before-send", gate.aws_sender(kms))
    with pytest.raises(NotAllowed, match="another address"):
        elsewhere.list_keys()


class Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Callers that do not trust us hang up in the middle of the handshake."""


@pytest.fixture
def certified(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A server on this machine with a certificate for localhost, and the authority's file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.2"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "ca.pem").write_bytes(certificate.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "ca.pem", tmp_path / "key.pem")
    handler = type("Heard", (Endpoint,), {"heard": []})
    with Quiet(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_port, tmp_path / "ca.pem"
        server.shutdown()


def test_the_certificate_is_checked_for_the_name_not_for_the_address(
    certified: tuple[int, Path],
) -> None:
    port, authority = certified

    def get(host: str, **policy: Path) -> int:
        gate = Gate(Policy(**policy), resolver=lambda host, port: ["127.0.0.1"])
        with gate.client(recipient(f"https://{host}:{port}/", **KEYS)) as client:
            return client.get("x").status_code

    assert get("localhost", authorities=authority) == 200
    with pytest.raises(Unavailable, match="not trusted"):
        get("localhost")
    with pytest.raises(Unavailable, match="not trusted"):
        get("other.localhost", authorities=authority)
    with pytest.raises(Unavailable, match="cannot be read"):
        get("localhost", authorities=authority.with_name("none.pem"))
