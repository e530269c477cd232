"""Master keys that never leave their keeper: HashiCorp Vault's transit engine, and AWS KMS.

The keeper is asked once at each start, for the root key; the calls go through what is handed in.
"""

from base64 import b64decode, b64encode
from typing import Any

from pydantic import SecretStr

from wardround.kernel import Unavailable

_CONTEXT = "wardround"


class TransitMaster:
    """A key of Vault's transit engine (AES-256-GCM, with what it is about as associated data)."""

    def __init__(self, session: Any, address: str, token: SecretStr | None, key: str) -> None:
        """Take a ``requests`` session to send through; raise ``Unavailable`` without ``hvac``."""
        try:
            import hvac
        except ImportError:
            raise _lacks("vault") from None
        secret = token.get_secret_value() if token is not None else None
        self._transit = hvac.Client(url=address, token=secret, session=session).secrets.transit
        self._key = key

    @property
    def name(self) -> str:
        """Which key it is."""
        return f"vault:{self._key}"

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Return a key wrapped: Vault's own text, with the version of its key."""
        data = {"plaintext": _text(key), "associated_data": _text(about)}
        answer = self._asked(self._transit.encrypt_data, data)
        return str(answer["data"]["ciphertext"]).encode()

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Return a key; raise ``Unavailable`` where Vault refuses or cannot be reached."""
        data = {"ciphertext": wrapped.decode("ascii", "replace"), "associated_data": _text(about)}
        answer = self._asked(self._transit.decrypt_data, data)
        return b64decode(answer["data"]["plaintext"])

    def _asked(self, ask: Any, data: dict[str, str]) -> Any:
        try:
            return ask(self._key, **data)
        except Exception as error:  # noqa: BLE001 (hvac's and requests' errors; they may quote the token)
            raise _refused("Vault", self.name, error) from None


class KmsMaster:
    """A symmetric key of AWS KMS, with what it is about as encryption context."""

    def __init__(self, send: Any, address: str, region: str, key: str) -> None:
        """Take what sends botocore's requests; raise ``Unavailable`` without ``boto3``."""
        try:
            import boto3
        except ImportError:
            raise _lacks("aws") from None
        self._kms = boto3.client("kms", region_name=region, endpoint_url=address)
        if send is not None:
            self._kms.meta.events.register("before-send.kms", send)
        self._key = key

    @property
    def client(self) -> Any:
        """The client of boto3, whose credentials are those of its own chain."""
        return self._kms

    @property
    def name(self) -> str:
        """Which key it is."""
        return f"awskms:{self._key}"

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Return a key wrapped by KMS."""
        context = {_CONTEXT: about.decode()}
        asked = {"KeyId": self._key, "Plaintext": key, "EncryptionContext": context}
        return bytes(self._asked(self._kms.encrypt, asked)["CiphertextBlob"])

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        """Return a key; raise ``Unavailable`` where KMS refuses or cannot be reached."""
        context = {_CONTEXT: about.decode()}
        asked = {"KeyId": self._key, "CiphertextBlob": wrapped, "EncryptionContext": context}
        return bytes(self._asked(self._kms.decrypt, asked)["Plaintext"])

    def _asked(self, ask: Any, data: dict[str, Any]) -> Any:
        try:
            return ask(**data)
        except Exception as error:  # noqa: BLE001 (botocore's errors have no base of their own)
            raise _refused("AWS KMS", self.name, error) from None


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _lacks(extra: str) -> Unavailable:
    return Unavailable(
        "This master key needs a library that is not installed.",
        where="WARDROUND_MASTER",
        mend=f"Run: pip install 'wardround[{extra}]'.",
    )


def _refused(keeper: str, name: str, error: Exception) -> Unavailable:
    return Unavailable(
        f"{keeper} did not give the master key's answer ({type(error).__name__}).",
        where=name,
        mend="Check its address, the credentials and the rights of the key; nothing was changed.",
    )
