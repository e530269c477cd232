"""Images without a header of their own: PNG, JPEG and NumPy arrays, for research."""

from functools import lru_cache
from io import BytesIO
from math import prod
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from wardround.engines.images.bounds import require_pixels
from wardround.engines.images.facts import Facts
from wardround.engines.images.quiet import quiet
from wardround.engines.images.voi import Voi
from wardround.kernel import InvalidInput

Array = NDArray[np.generic]
Read = tuple[NDArray[np.float32] | NDArray[np.uint8], Facts, Voi]

WHITE = 255
LONGEST_HEADER = 1 << 16
ORIENTATION = 0x0112
"""The EXIF tag that says how a picture was held."""


def read_array(file: BinaryIO, where: str) -> Read:
    """Read a ``.npy`` file of shape (H, W), or uint8 (H, W, 3); it never unpickles."""
    shape, turned, kind = _array_header(file, where)
    grey = len(shape) == 2
    colour = len(shape) == 3 and shape[2] == 3 and kind == np.uint8
    if not grey and not colour:
        raise InvalidInput(
            f"The array has the shape {shape} and the type {kind}.",
            where=where,
            mend="Give (H, W) of numbers, or (H, W, 3) of uint8 for colours.",
        )
    if kind.kind not in "biuf":
        raise InvalidInput(
            f"The array holds {kind}, not numbers.",
            where=where,
            mend="Save integers or floats, never objects.",
        )
    require_pixels(shape[0], shape[1], where)
    array = _array_values(file, shape, turned, kind, where)
    if kind.kind == "f" and not np.isfinite(array).all():
        wrong = int(np.count_nonzero(~np.isfinite(array)))
        raise InvalidInput(
            f"{wrong:,} of {array.size:,} values are not finite numbers.",
            where=where,
            mend="Fill or cut what was not measured before saving.",
        )
    facts = Facts(
        source="npy",
        rows=shape[0],
        columns=shape[1],
        channels=3 if colour else 1,
        bits=1 if kind.kind == "b" else 8 * kind.itemsize,
        signed=kind.kind in "if",
    )
    if colour:
        return array.astype(np.uint8), facts, Voi()
    values = array.astype(np.float32)
    return values, facts, Voi(span=_span(kind, values))


def _array_header(file: BinaryIO, where: str) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
    """Return shape, whether columns come first, and type of an array, before any of it is held."""
    try:
        magic = file.read(np.lib.format.MAGIC_LEN)
        version = np.lib.format.read_magic(BytesIO(magic))
        size = file.read(2 if version == (1, 0) else 4)
        said = file.read(min(int.from_bytes(size, "little"), LONGEST_HEADER))
        return _header(version == (1, 0), size + said)
    except (ValueError, EOFError, OSError):
        raise _cut_short(where) from None


@lru_cache(maxsize=256)
def _header(first: bool, said: bytes) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
    """Return what a header says: those of many files are the same, and slow to read."""
    reader = np.lib.format
    read = reader.read_array_header_1_0 if first else reader.read_array_header_2_0
    return read(BytesIO(said))


def _array_values(
    file: BinaryIO,
    shape: tuple[int, ...],
    turned: bool,
    kind: np.dtype[np.generic],
    where: str,
) -> Array:
    wanted = prod(shape) * kind.itemsize
    data = file.read(wanted)
    if len(data) < wanted:
        raise _cut_short(where)
    return np.frombuffer(data, dtype=kind).reshape(shape, order="F" if turned else "C")


def _cut_short(where: str) -> InvalidInput:
    return InvalidInput(
        "The array cannot be read: it is cut short, or holds objects.",
        where=where,
        mend="Save it again with numpy.save(..., allow_pickle=False).",
    )


def _span(kind: np.dtype[np.generic], values: NDArray[np.float32]) -> tuple[float, float] | None:
    """Return the range that is meant: that of the bits for uint8, [0, 1] for floats within it."""
    if kind == np.uint8:
        return 0.0, 255.0
    within = values.size and float(values.min()) >= 0 and float(values.max()) <= 1
    return (0.0, 1.0) if kind.kind in "bf" and within else None


def read_picture(file: BinaryIO, where: str) -> Read:
    """Read a PNG or JPEG; its size is known and bounded before anything is decoded."""
    from PIL import Image as Pillow
    from PIL import ImageOps

    remarks: list[str] = []
    try:
        with quiet(), Pillow.open(file, formats=("PNG", "JPEG")) as picture:
            require_pixels(picture.height, picture.width, where)
            source = str(picture.format).lower()
            if picture.getexif().get(ORIENTATION, 1) != 1:
                remarks.append("The picture was turned as its EXIF orientation says.")
            array, bits = _samples(ImageOps.exif_transpose(picture), remarks)
    except InvalidInput:
        raise
    except Pillow.DecompressionBombError:
        raise InvalidInput(
            "The picture has more pixels than are decoded.", where=where, mend="Make it smaller."
        ) from None
    except Exception:  # noqa: BLE001 - Pillow's plugins raise whatever they like on a broken file
        raise InvalidInput(
            "The picture is cut short or broken.", where=where, mend="Send it again."
        ) from None
    grey = grey_of(array) if array.ndim == 3 else array
    if grey is not None and array.ndim == 3:
        remarks.append("Its three channels are equal: it is read as grey.")
    kept = array if grey is None else grey
    facts = Facts(
        source=source,
        rows=kept.shape[0],
        columns=kept.shape[1],
        channels=3 if grey is None else 1,
        bits=bits,
        remarks=tuple(remarks),
    )
    if grey is None:
        return np.ascontiguousarray(kept, np.uint8), facts, Voi()
    return kept.astype(np.float32), facts, Voi(span=(0.0, float(2**bits - 1)))


def _samples(picture: Any, remarks: list[str]) -> tuple[Array, int]:
    """Return the samples of a picture as (H, W) or uint8 (H, W, 3), and their bits."""
    mode = picture.mode
    if mode.startswith("I"):
        return np.asarray(picture).astype(np.uint16), 16
    if mode in {"1", "L"}:
        return np.asarray(picture.convert("L")), 8
    if "A" in mode or "transparency" in picture.info:
        from PIL import Image as Pillow

        picture = picture.convert("RGBA")
        if picture.getextrema()[3][0] < WHITE:
            remarks.append("Transparent parts are shown on white.")
        sheet = Pillow.new("RGBA", picture.size, (WHITE,) * 4)
        picture = Pillow.alpha_composite(sheet, picture)
    return np.asarray(picture.convert("RGB")), 8


def grey_of(array: Array) -> Array | None:
    """Return the one channel of an image whose three are equal; None where it has colours."""
    first = array[..., 0]
    same = np.array_equal(first, array[..., 1]) and np.array_equal(first, array[..., 2])
    return np.ascontiguousarray(first) if same else None
