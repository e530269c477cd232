"""The vault: seals what holds PHI under a key of each patient, and finds it by keyed hashes.

A sealed text is a format byte, the number of its data key, a nonce and what AES-256-GCM made of it;
where it belongs is authenticated, so that nothing sealed can be put in another place. A data key
stands in the database only wrapped by the root key, and that only wrapped by the master key, which
is kept elsewhere. A data key is made in the transaction that first needs it: both are kept, or
neither.
"""

import hmac
import os
import secrets
import time
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Row, delete, insert, select, update

from wardround.database import Database
from wardround.kernel import Clock, Deleted, Unavailable, system_clock
from wardround.security.master import KEY_BYTES, Master
from wardround.security.sealing import HEAD, is_sealed, key_head, key_number
from wardround.security.tables import keys

_ROOT, _BLIND, _SIGN = "root", "blind", "sign"
OF_ALL = (_ROOT, _BLIND, _SIGN)
"""The owners of the keys that the installation itself lives by; they seal nothing."""

_NONCE = 12
_MOST = 4096
_AT_ONCE = 500
_SECONDS = 60.0


class Vault:
    """Seals and opens; holds at most 4,096 data keys in memory, each for at most a minute."""

    def __init__(self, master: Master, clock: Clock = system_clock) -> None:
        self._master = master
        self._clock = clock
        self._known: OrderedDict[int, tuple[float, AESGCM]] = OrderedDict()
        self._lock = Lock()
        self._root_number = -1
        self._root = AESGCM(bytes(KEY_BYTES))
        self._blind = b""
        self._signer: Ed25519PrivateKey | None = None

    @property
    def master(self) -> Master:
        """The key that wraps the data keys."""
        return self._master

    def prepare(self, database: Database) -> None:
        """Take the keys of this installation, or make them in an empty database.

        Raise ``Unavailable`` where the master key is not the one they were wrapped by.
        """
        with database.begin() as tx:
            self._take_root(tx)
            self._blind = self._installed(tx, _BLIND)
            self._signer = Ed25519PrivateKey.from_private_bytes(self._installed(tx, _SIGN))

    def seal(self, tx: Connection, owner: str, data: bytes, place: str) -> bytes:
        """Return ``data`` sealed for ``place`` under the key of ``Patient/1``, or of ``-``."""
        number, cipher = self._of(tx, owner)
        head = key_head(number)
        nonce = os.urandom(_NONCE)
        return head + nonce + cipher.encrypt(nonce, data, head + place.encode())

    def open(self, tx: Connection, sealed: bytes, place: str) -> bytes:
        """Return what was sealed; raise ``Unavailable`` where it was changed or moved.

        Raise ``Deleted`` where its key was destroyed.
        """
        head, rest = bytes(sealed[:HEAD]), sealed[HEAD:]
        if not is_sealed(head) or len(rest) < _NONCE:
            raise _damaged(place)
        cipher = self._numbered(tx, key_number(head), place)
        try:
            return cipher.decrypt(rest[:_NONCE], rest[_NONCE:], head + place.encode())
        except InvalidTag:
            raise _damaged(place) from None

    def open_all(self, tx: Connection, sealed: Sequence[tuple[bytes, str]]) -> list[bytes]:
        """Return what was sealed of many, each with its place; their keys are fetched together."""
        self._fetch(tx, {key_number(one) for one, _ in sealed})
        return [self.open(tx, one, place) for one, place in sealed]

    def blind(self, what: str, value: str) -> str:
        """Return a keyed hash of ``value`` among all that is ``what``: 32 hexadecimal digits."""
        return hmac.digest(self._blind, f"{what}\0{value}".encode(), "sha256").hex()[:32]

    def chain(self, what: str, value: str) -> str:
        """Return a keyed hash of 24 bits for each character of ``value`` with all before it.

        What begins alike has a chain that begins alike, and nothing else is told: four characters
        of base64 for each of ``value``, from BLAKE2b under a key for all that is ``what``.
        """
        key = hmac.digest(self._blind, f"chain\0{what}".encode(), "sha256")
        state, links = blake2b(key=key, digest_size=3), bytearray()
        for letter in value:
            state.update(letter.encode())
            links += state.digest()
        return b64encode(links).decode()

    def sign(self, data: bytes) -> bytes:
        """Return this installation's Ed25519 signature of ``data`` (64 bytes)."""
        return self._signing.sign(data)

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Return whether this installation signed ``data``."""
        try:
            self._signing.public_key().verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def is_current(self, tx: Connection, owner: str, sealed: bytes) -> bool:
        """Return whether something was sealed under the key that ``owner``'s things are now."""
        return self._of(tx, owner)[0] == key_number(sealed)

    def forget(self) -> None:
        """Drop every data key from memory."""
        with self._lock:
            self._known.clear()

    @property
    def _signing(self) -> Ed25519PrivateKey:
        if self._signer is None:
            raise Unavailable("The keys of this installation were not taken yet.")
        return self._signer

    def _of(self, tx: Connection, owner: str) -> tuple[int, AESGCM]:
        """Return the newest key of an owner that stands; a transaction asks for each once.

        It is asked for anew in each transaction, so that nothing is sealed under a destroyed key.
        """
        asked: dict[str, tuple[int, AESGCM]] = tx.info.setdefault("keys", {})
        if owner not in asked:
            query = (
                select(keys.c.id)
                .where(keys.c.owner == owner, keys.c.destroyed.is_(None), keys.c.retired.is_(None))
                .order_by(keys.c.created.desc(), keys.c.id)
                .limit(1)
            )
            number = tx.execute(query.with_for_update(read=True)).scalar_one_or_none()
            if number is None:
                number, key = self._made(tx, owner)
                asked[owner] = number, AESGCM(key)
            else:
                asked[owner] = number, self._numbered(tx, number, owner)
        return asked[owner]

    def _numbered(self, tx: Connection, number: int, place: str) -> AESGCM:
        now = time.monotonic()
        with self._lock:
            known = self._known.get(number)
            if known is not None and now - known[0] < _SECONDS:
                return known[1]
        row = tx.execute(select(keys).where(keys.c.id == number)).one_or_none()
        if row is None:
            raise _damaged(place)
        if row.destroyed is not None:
            raise Deleted("The key of this patient's data was destroyed.", where=place)
        return self._keep(tx, row)

    def _fetch(self, tx: Connection, numbers: set[int]) -> None:
        """Take many keys into memory by few queries; what is not there is told when it is used."""
        with self._lock:
            fresh = time.monotonic() - _SECONDS / 2
            lacking = [n for n in numbers if n not in self._known or self._known[n][0] < fresh]
        for start in range(0, len(lacking), _AT_ONCE):
            some = keys.c.id.in_(lacking[start : start + _AT_ONCE])
            for row in tx.execute(select(keys).where(some, keys.c.destroyed.is_(None))):
                self._keep(tx, row)

    def _keep(self, tx: Connection, row: Row[Any]) -> AESGCM:
        cipher = AESGCM(self._unwrapped(tx, row))
        with self._lock:
            self._known[row.id] = time.monotonic(), cipher
            self._known.move_to_end(row.id)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
        return cipher

    def rotate_root(self, tx: Connection, master: Master) -> int:
        """Wrap every key by a new root key, and that by ``master``; return how many.

        What is sealed stays as it is. Another process that has this database open takes the new
        root key when it meets it.
        """
        root = AESGCM(fresh := secrets.token_bytes(KEY_BYTES))
        query = select(keys).where(keys.c.destroyed.is_(None), keys.c.owner != _ROOT)
        rows = tx.execute(query.with_for_update()).all()
        for row in rows:
            wrapped = _wrapped(root, self._unwrapped(tx, row), _about(row.owner, row.id))
            tx.execute(update(keys).where(keys.c.id == row.id).values(wrapped=wrapped))
        tx.execute(delete(keys).where(keys.c.owner == _ROOT))
        self._insert(tx, _ROOT, partial(master.wrap, fresh), master.name)
        self._master = master
        return len(rows)

    def _take_root(self, tx: Connection) -> None:
        """Take the root key that stands, or make the first; none is put in its place meanwhile."""
        query = select(keys).where(keys.c.owner == _ROOT)
        if tx.info.get("writes"):
            query = query.with_for_update(read=True)
        row = tx.execute(query).one_or_none()
        if row is None:
            fresh = secrets.token_bytes(KEY_BYTES)
            wrap = partial(self._master.wrap, fresh)
            number = self._insert(tx, _ROOT, wrap, self._master.name)
            self._root_number, self._root = number, AESGCM(fresh)
        elif row.id != self._root_number:
            root = AESGCM(self._master.unwrap(row.wrapped, _about(_ROOT, row.id)))
            self._root_number, self._root = row.id, root

    def _installed(self, tx: Connection, owner: str) -> bytes:
        row = tx.execute(select(keys).where(keys.c.owner == owner).limit(1)).one_or_none()
        return self._made(tx, owner)[1] if row is None else self._unwrapped(tx, row)

    def _made(self, tx: Connection, owner: str) -> tuple[int, bytes]:
        self._take_root(tx)  # a key under one that was replaced could never be opened
        fresh = secrets.token_bytes(KEY_BYTES)
        wrap = partial(_wrapped, self._root, fresh)
        return self._insert(tx, owner, wrap, _ROOT), fresh

    def _insert(
        self, tx: Connection, owner: str, wrap: Callable[[bytes], bytes], master: str
    ) -> int:
        number = secrets.randbits(63)
        row = {"id": number, "owner": owner, "master": master, "created": self._clock()}
        tx.execute(insert(keys).values(**row, wrapped=wrap(_about(owner, number))))
        return number

    def _unwrapped(self, tx: Connection, row: Row[Any]) -> bytes:
        about = _about(row.owner, row.id)
        for again in (True, False):
            try:
                return self._root.decrypt(row.wrapped[:_NONCE], row.wrapped[_NONCE:], about)
            except (InvalidTag, ValueError):
                if again:
                    self._take_root(tx)
        raise Unavailable(
            "A key in this database was changed, or is damaged.",
            where=row.owner,
            mend="Restore a backup.",
        )


def vault_of(tx: Connection) -> Vault:
    """Return the vault of the database of ``tx``; raise ``Unavailable`` where it has none."""
    vault = tx.info.get("vault")
    if not isinstance(vault, Vault):
        raise Unavailable(
            "This database was opened without its keys.", mend="Open it by open_database."
        )
    return vault


def has_keys(database: Database) -> bool:
    """Return whether data keys were made in this database."""
    with database.read() as tx:
        return tx.execute(select(keys.c.id).limit(1)).first() is not None


def _wrapped(root: AESGCM, key: bytes, about: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + root.encrypt(nonce, key, about)


def _about(owner: str, number: int) -> bytes:
    return f"wardround data key {number} of {owner}".encode()


def _damaged(place: str) -> Unavailable:
    return Unavailable(
        "What is kept here was changed, or is damaged.", where=place, mend="Restore a backup."
    )
