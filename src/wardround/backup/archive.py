"""The archive: one file of named members, sealed so that nothing of it can be read or changed.

    magic · length · header (JSON: how the key is found) · segments · last segment

Each segment of at most 1 MiB is sealed by AES-256-GCM under a key of this archive alone, with its
number and whether it is the last in the nonce: the STREAM construction (Hoang, Reyhanitabar,
Rogaway and Vizár, 2015, as in age and Tink). A segment that was changed, left out, moved or cut off
is refused. The header is authenticated with every segment. Within, members follow one another, each
a length and a name, then a length and its bytes.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wardround.kernel import InvalidInput

MAGIC = b"WARDROUND BACKUP 1\n"
SEGMENT = 1024 * 1024
_TAG = 16
_PREFIX = 7
_LENGTH = struct.Struct(">Q")
_LONGEST_HEADER = 64 * 1024
_LONGEST_NAME = 1024


class Writer:
    """Writes an archive to a stream; what was put is there when ``finish`` returns."""

    def __init__(self, stream: IO[bytes], key: bytes, header: dict[str, Any]) -> None:
        written = orjson.dumps(header | {"nonce": (prefix := os.urandom(_PREFIX)).hex()})
        self._stream = stream
        self._cipher = AESGCM(key)
        self._nonce = _Nonce(prefix)
        self._about = MAGIC + written
        self._waiting = bytearray()
        stream.write(MAGIC + _LENGTH.pack(len(written)) + written)

    def put(self, name: str, data: bytes) -> None:
        """Add a member."""
        self._waiting += _framed(name.encode()) + _framed(data)
        while len(self._waiting) > SEGMENT:  # the last segment is never empty
            self._seal(bytes(self._waiting[:SEGMENT]), last=False)
            del self._waiting[:SEGMENT]

    def finish(self) -> None:
        """Write the last segment; without it an archive is refused as cut off."""
        self._seal(bytes(self._waiting), last=True)
        self._stream.flush()

    def _seal(self, segment: bytes, *, last: bool) -> None:
        self._stream.write(self._cipher.encrypt(self._nonce.next(last=last), segment, self._about))


@dataclass(frozen=True)
class Member:
    """Something in an archive: its name and its bytes."""

    name: str
    data: bytes


def read_header(stream: IO[bytes]) -> dict[str, Any]:
    """Return what stands in clear before an archive; raise ``InvalidInput`` where it is none."""
    return _read_header(stream)[1]


def read_members(stream: IO[bytes], key: bytes) -> Iterator[Member]:
    """Yield the members of an archive; raise ``InvalidInput`` where it is not whole.

    Every member that is yielded is authentic, but only when the last has come is it known that none
    is missing: nothing may be relied on before.
    """
    stream.seek(0)
    about, header = _read_header(stream)
    nonce = _Nonce(bytes.fromhex(header["nonce"]))
    plain = _Plain(_segments(stream, AESGCM(key), nonce, about))
    while not plain.ended():
        name = plain.framed(_LONGEST_NAME).decode()
        yield Member(name, plain.framed())


def _read_header(stream: IO[bytes]) -> tuple[bytes, dict[str, Any]]:
    """Return the header as it is authenticated with the segments, and what it says."""
    if stream.read(len(MAGIC)) != MAGIC:
        raise InvalidInput("This is no backup of Wardround.", mend="Check the path.")
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _LONGEST_HEADER:
        raise _damaged()
    written = _exactly(stream, length)
    try:
        header = orjson.loads(written)
        whole = len(bytes.fromhex(header["nonce"])) == _PREFIX and isinstance(header["locks"], dict)
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise _damaged()
    return MAGIC + written, header


class _Nonce:
    """Counts the segments: seven random bytes, four of the number, one that tells the last."""

    def __init__(self, prefix: bytes) -> None:
        self._prefix = prefix
        self._number = 0

    def next(self, *, last: bool) -> bytes:
        number, self._number = self._number, self._number + 1
        return self._prefix + number.to_bytes(4, "big") + bytes([last])


class _Plain:
    """The opened segments as one stream of bytes."""

    def __init__(self, segments: Iterator[bytes]) -> None:
        self._segments = segments
        self._at_hand = bytearray()

    def ended(self) -> bool:
        return not self._fill(1)

    def framed(self, longest: int | None = None) -> bytes:
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        if longest is not None and length > longest:
            raise _damaged()
        return self._take(length)

    def _take(self, number: int) -> bytes:
        if not self._fill(number):
            raise _damaged()
        taken = bytes(self._at_hand[:number])
        del self._at_hand[:number]
        return taken

    def _fill(self, number: int) -> bool:
        while len(self._at_hand) < number:
            segment = next(self._segments, None)
            if segment is None:
                return False
            self._at_hand += segment
        return True


def _segments(stream: IO[bytes], cipher: AESGCM, nonce: _Nonce, about: bytes) -> Iterator[bytes]:
    sealed = stream.read(SEGMENT + _TAG)
    while True:
        after = stream.read(SEGMENT + _TAG)
        try:
            yield cipher.decrypt(nonce.next(last=not after), sealed, about)
        except InvalidTag:
            raise _damaged() from None
        if not after:
            return
        sealed = after


def _framed(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


def _exactly(stream: IO[bytes], number: int) -> bytes:
    data = stream.read(number)
    if len(data) != number:
        raise _damaged()
    return data


def _damaged() -> InvalidInput:
    return InvalidInput(
        "This backup is damaged, cut off, or sealed under another key.",
        mend="Take another copy of it, or the key it was made with.",
    )
