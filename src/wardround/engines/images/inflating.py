"""Deflated files: how large they would be is known before pydicom unpacks them all at once."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from wardround.kernel import InvalidInput

MOST = 1024**3
"""Bytes that a deflated file may unpack to."""
_PART = 1024**2


def require_bounded(file: BinaryIO) -> None:
    """Raise ``InvalidInput`` where a file is deflated (PS3.5 A.5) and unpacks to over ``MOST``."""
    from pydicom.filereader import read_dataset, read_preamble
    from pydicom.uid import DeflatedExplicitVRLittleEndian

    read_preamble(file, force=True)
    meta = read_dataset(
        file, is_implicit_VR=False, is_little_endian=True, stop_when=lambda tag, *_: tag.group != 2
    )
    if meta.get("TransferSyntaxUID") != DeflatedExplicitVRLittleEndian:
        return
    left = MOST
    for size in _sizes(file):
        left -= size
        if left < 0:
            raise InvalidInput(
                f"The file is deflated, and unpacks to more than {MOST // 1024**2:,} MB.",
                mend="Leave it out, or unpack it first.",
            )


def _sizes(file: BinaryIO) -> Iterator[int]:
    """Yield how many bytes come out, a part at a time; none is kept."""
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed := file.read(_PART):
        while packed:
            yield len(inflating.decompress(packed, _PART))
            packed = inflating.unconsumed_tail
