"""Pixels without text: what Tesseract finds is blacked out, in every frame.

Compressed images are decoded and written as Explicit VR Little Endian, colour ones as RGB; an image
that no installed codec reads is refused.
"""

from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.pixels.utils import pixel_array
from pydicom.uid import ExplicitVRLittleEndian

from wardround.kernel import InvalidInput
from wardround.privacy.dicom.ocr import Region, read_regions

MOST = 2 * 1024**3
"""Bytes of a decoded image: a header of a few bytes can tell of any number."""

Pixels = NDArray[np.generic]
Reader = Callable[[NDArray[np.uint8]], list[Region]]


def clean_pixels(dataset: Dataset, read: Reader = read_regions) -> int:
    """Black out all words burned into a dataset's pixels; return how many regions were.

    ``dataset`` has its ``file_meta``, whose transfer syntax is changed with the pixels.
    """
    if int(dataset.get("BitsAllocated", 0)) not in {8, 16}:
        raise InvalidInput(
            "Only images of 8 or 16 bits can be looked at for text.",
            where="clean-pixels",
            mend="Leave the option out for this one.",
        )
    colour = int(dataset.get("SamplesPerPixel", 1)) == 3
    _require_bounded(dataset)
    try:
        array = pixel_array(dataset, raw=not colour)
    except Exception:  # noqa: BLE001 - codecs raise whatever they like; their words may quote data
        raise InvalidInput(
            "The pixels cannot be decoded here.",
            where="clean-pixels",
            mend="Decompress the image first, or install a codec for its transfer syntax.",
        ) from None
    single = array.ndim == (3 if colour else 2)
    frames = np.array(array[None] if single else array)
    regions = _regions(frames, str(dataset.get("PhotometricInterpretation", "")), read)
    black = _black(dataset, frames)
    for region in regions:
        frames[:, region.top : region.bottom, region.left : region.right] = black
    _write(dataset, frames, colour=colour)
    return len(regions)


def _require_bounded(dataset: Dataset) -> None:
    """Raise ``InvalidInput`` where the header tells of more pixels than may be held."""
    numbers = ("Rows", "Columns", "NumberOfFrames", "SamplesPerPixel")
    size = prod(max(1, int(dataset.get(name) or 1)) for name in numbers)
    if size * int(dataset.BitsAllocated) // 8 > MOST:
        raise InvalidInput(
            f"The image is larger than {MOST // 1024**2:,} MB when it is decoded.",
            where="clean-pixels",
            mend="Leave the option out for this one, and look at the image.",
        )


def _regions(frames: Pixels, shown_as: str, read: Reader) -> list[Region]:
    """Return the regions of all frames; a frame that is the one before is not read again."""
    found: set[Region] = set()
    before: bytes | None = None
    for frame in frames:
        picture = _grey(frame)
        if shown_as == "MONOCHROME1":
            picture = 255 - picture
        if (here := picture.tobytes()) != before:
            found.update(read(picture))
        before = here
    return sorted(found)


def _grey(frame: Pixels) -> NDArray[np.uint8]:
    grey = frame.astype(np.float32)
    if grey.ndim == 3:
        grey = grey.max(axis=2)
    low, high = float(grey.min()), float(grey.max())
    return ((grey - low) * (255 / max(high - low, 1))).astype(np.uint8)


def _black(dataset: Dataset, frames: Pixels) -> int:
    """Return the value that is shown black: in MONOCHROME1 that is the highest one."""
    shown_as = dataset.get("PhotometricInterpretation")
    if shown_as == "MONOCHROME1":
        return int(frames.max())
    if shown_as == "PALETTE COLOR":
        return _darkest(dataset)
    return int(frames.min()) if shown_as == "MONOCHROME2" else 0


def _darkest(dataset: Dataset) -> int:
    count, first, bits = (int(number) for number in dataset.RedPaletteColorLookupTableDescriptor)
    kind = "<u1" if bits == 8 and len(dataset.RedPaletteColorLookupTableData) == count else "<u2"
    colours = ("Red", "Green", "Blue")
    tables = [
        np.frombuffer(dataset[f"{colour}PaletteColorLookupTableData"].value, kind).astype(int)
        for colour in colours
    ]
    return first + int(np.argmin(np.sum(tables, axis=0)[: count or 65536]))


def _write(dataset: Dataset, frames: Pixels, *, colour: bool) -> None:
    data = frames.astype(frames.dtype.newbyteorder("<")).tobytes()
    dataset.PixelData = data + b"\0" * (len(data) % 2)
    dataset["PixelData"].VR = "OB" if frames.dtype.itemsize == 1 else "OW"
    if colour:
        dataset.PhotometricInterpretation = "RGB"
        dataset.PlanarConfiguration = 0
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
