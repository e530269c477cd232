"""Master keys that never leave their keeper: Vault's transit engine and AWS KMS."""

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from botocore.stub import Stubber
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from tests.sealing.conftest import ADA, patient
from wardround.bootstrap import open_database, open_master, rotate_master
from wardround.kernel import InvalidInput, Unavailable
from wardround.record import Chart
from wardround.security import KmsMaster
from wardround.settings import Settings

ARN = "arn:aws:kms:eu-central-1:111122223333:key/1f0c9a2b"
TOKEN = "hvs.a-token-that-must-not-be-told"


class Transit(BaseHTTPRequestHandler):
    """What Vault's transit engine does: a key in versions, associated data, a token."""

    keys = (AESGCM(b"1" * 32), AESGCM(b"2" * 32))
    newest = 1

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers.get("X-Vault-Token") != TOKEN:
            return self._answer(403, {"errors": ["permission denied"]})
        about = b64decode(sent["associated_data"])
        if self.path == "/v1/transit/encrypt/wardround":
            nonce = b"n" * 12
            key = type(self).keys[type(self).newest - 1]
            sealed = nonce + key.encrypt(nonce, b64decode(sent["plaintext"]), about)
            text = f"vault:v{type(self).newest}:{b64encode(sealed).decode()}"
            return self._answer(200, {"data": {"ciphertext": text}})
        _, version, text = sent["ciphertext"].split(":")
        sealed = b64decode(text)
        try:
            plain = type(self).keys[int(version[1:]) - 1].decrypt(sealed[:12], sealed[12:], about)
        except InvalidTag:
            return self._answer(400, {"errors": ["cipher: message authentication failed"]})
        return self._answer(200, {"data": {"plaintext": b64encode(plain).decode()}})

    def do_PUT(self) -> None:
        self.do_POST()

    def _answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def vault_address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Transit)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def by_vault(tmp_path: Path, address: str, token: str = TOKEN) -> Settings:
    return Settings(
        home=tmp_path / "home",
        master="vault:wardround",
        vault_address=address,
        vault_token=SecretStr(token),
    )


def test_vault_keeps_the_master_key(
    tmp_path: Path, vault_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = by_vault(tmp_path, vault_address)
    database = open_database(settings)
    with database.begin() as tx:
        Chart(tx).update(patient(ADA, planted=True))
    database.dispose()
    assert not settings.master_key.exists()
    monkeypatch.setattr(Transit, "newest", 2)
    assert rotate_master(settings).keys >= 3
    monkeypatch.setattr(Transit, "keys", (AESGCM(b"x" * 32), Transit.keys[1]))
    database = open_database(settings)  # by the newest version alone
    with database.read() as tx:
        assert Chart(tx).count("Patient", {"name": "thistle"}) == 1
    database.dispose()


def test_a_vault_that_refuses_or_is_away(tmp_path: Path, vault_address: str) -> None:
    open_database(by_vault(tmp_path, vault_address)).dispose()
    with pytest.raises(Unavailable, match="Vault did not give") as refused:
        open_database(by_vault(tmp_path, vault_address, token="wrong"))
    assert TOKEN not in str(refused.value)
    with pytest.raises(Unavailable, match="Check its address"):
        open_database(by_vault(tmp_path, "http://127.0.0.1:9"))


def test_another_vault_does_not_open_the_database(
    tmp_path: Path, vault_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_database(by_vault(tmp_path, vault_address)).dispose()
    monkeypatch.setattr(Transit, "keys", (AESGCM(b"x" * 32), AESGCM(b"y" * 32)))
    with pytest.raises(Unavailable, match="vault:wardround"):
        open_database(by_vault(tmp_path, vault_address))


def test_kms_wraps_with_what_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    master = KmsMaster(None, "https://kms.eu-central-1.amazonaws.com", "eu-central-1", ARN)
    about = {"wardround": "root"}
    with Stubber(master.client) as kms:
        asked = {"KeyId": ARN, "Plaintext": b"k" * 32, "EncryptionContext": about}
        kms.add_response("encrypt", {"CiphertextBlob": b"wrapped"}, asked)
        assert master.wrap(b"k" * 32, b"root") == b"wrapped"
        asked = {"KeyId": ARN, "CiphertextBlob": b"wrapped", "EncryptionContext": about}
        kms.add_response("decrypt", {"Plaintext": b"k" * 32}, asked)
        assert master.unwrap(b"wrapped", b"root") == b"k" * 32
        kms.add_client_error("decrypt", "AccessDeniedException")
        with pytest.raises(Unavailable, match=r"awskms:.*AWS KMS did not give"):
            master.unwrap(b"wrapped", b"root")
    assert master.name == f"awskms:{ARN}"


def test_kms_is_called_through_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    nowhere = "http://127.0.0.1:9"
    settings = Settings(home=tmp_path, master=f"awskms:{ARN}", kms_address=nowhere)
    with pytest.raises(Unavailable, match="did not give"):
        open_master(settings).unwrap(b"wrapped", b"root")


@pytest.mark.parametrize("master", ["", "vault:", "awskms:key", "tpm:1", "awskms:arn:aws:s3:::b:c"])
def test_no_such_master_key(tmp_path: Path, master: str) -> None:
    with pytest.raises(InvalidInput, match="WARDROUND_MASTER"):
        open_master(Settings(home=tmp_path, master=master))
