"""The pages over TLS, by a real server on this machine."""

import ssl
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from wardround.interfaces.cli.transport import Encrypted, options, require_encrypted
from wardround.interfaces.web.security_headers import SecurityHeaders
from wardround.interfaces.web.signed_in import keep
from wardround.kernel import InvalidInput, Unavailable
from wardround.settings import Settings


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine and its key, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


def told(request: Request) -> JSONResponse:
    assert request.client is not None
    response = JSONResponse({"scheme": request.url.scheme, "client": request.client.host})
    keep(response, request, "token")
    return response


@contextmanager
def served(settings: Settings) -> Iterator[int]:
    app: Any = SecurityHeaders(Starlette(routes=[Route("/", told)]))
    if settings.behind_proxy:
        app = Encrypted(app)
    config = uvicorn.Config(
        app, port=0, lifespan="off", log_config=None, access_log=False, **options(settings)
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


def client(certificate: Path, newest: ssl.TLSVersion, ciphers: str = "") -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(certificate))
    context.set_ciphers(ciphers or "DEFAULT:@SECLEVEL=0")  # or the client refuses by itself
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of TLS 1.1, which is the point
        context.minimum_version = min(newest, ssl.TLSVersion.TLSv1_2)
        context.maximum_version = newest
    return context


def test_tls_from_1_2_on_and_nothing_older(certificate: Path) -> None:
    with served(Settings(tls_certificate=certificate)) as port:
        for newest in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            answer = httpx.get(
                f"https://127.0.0.1:{port}/", verify=client(certificate, newest), trust_env=False
            )
            assert answer.json()["scheme"] == "https"
            assert (
                answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
            )
            assert "; Secure" in answer.headers["set-cookie"]
        for newest, ciphers in (
            (ssl.TLSVersion.TLSv1_1, ""),
            (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES256-SHA384:@SECLEVEL=0"),
        ):
            with pytest.raises(httpx.ConnectError, match=r"(?i)alert|EOF"):
                httpx.get(
                    f"https://127.0.0.1:{port}/",
                    verify=client(certificate, newest, ciphers),
                    trust_env=False,
                )
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)


def forwarded(port: int, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(f"http://127.0.0.1:{port}/", headers=named, trust_env=False)


def test_the_word_of_the_named_proxy_is_taken() -> None:
    with served(Settings(behind_proxy="127.0.0.1")) as port:
        answer = forwarded(port, x_forwarded_for="203.0.113.9", x_forwarded_proto="https")
        assert answer.json() == {"scheme": "https", "client": "203.0.113.9"}
        assert "; Secure" in answer.headers["set-cookie"]
        in_clear = forwarded(port)
        assert in_clear.status_code == 403
        assert "in clear" in in_clear.text


def test_nobody_else_is_believed() -> None:
    lies = {"x_forwarded_for": "203.0.113.9", "x_forwarded_proto": "https"}
    with served(Settings(behind_proxy="192.0.2.7")) as port:
        assert forwarded(port, **lies).status_code == 403
    with served(Settings()) as port:
        assert forwarded(port, **lies).json() == {"scheme": "http", "client": "127.0.0.1"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "wardround.example", ""])
def test_other_machines_are_not_answered_in_clear(host: str, certificate: Path) -> None:
    with pytest.raises(InvalidInput, match="WARDROUND_TLS_CERTIFICATE"):
        require_encrypted(host, Settings())
    require_encrypted(host, Settings(tls_certificate=certificate))
    require_encrypted(host, Settings(behind_proxy="10.0.0.2"))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_may_be_answered_in_clear(host: str) -> None:
    require_encrypted(host, Settings())


def test_a_certificate_that_will_not_do_is_named(certificate: Path, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="No such file"):
        options(Settings(tls_certificate=tmp_path / "none.pem"))
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    with pytest.raises(Unavailable, match="PEM"):
        options(Settings(tls_certificate=broken))
    other = tmp_path / "other.key"
    other.write_bytes(
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"a password"),
        )
    )
    with pytest.raises(Unavailable, match="without a password"):
        options(Settings(tls_certificate=certificate, tls_key=other))
