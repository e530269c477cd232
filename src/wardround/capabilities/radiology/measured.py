"""The published chest X-rays that the model was made and is measured with (PneumoniaMNIST).

Yang et al. 2023, Scientific Data 10:41; CC BY 4.0; 28 by 28, from Kermany et al. 2018, Cell 172:5.
The validation part is split in two by the digest of each image's pixels: ``tuning`` sets limits,
``test`` only measures.
"""

import hashlib
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wardround.engines.images import Image, read_image
from wardround.kernel import InvalidInput

FILE = Path("pneumoniamnist") / "pneumoniamnist_dev.npz"


def read_part(data: Path, part: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return images (n, 28, 28) and labels (1: pneumonia) of a part.

    ``part`` is train, val, tuning or test. Raise ``InvalidInput`` where the file is not there.
    """
    path = data / FILE
    if not path.is_file():
        raise InvalidInput("The chest X-rays are not there.", where=str(path), mend="Name --data.")
    of = "train" if part == "train" else "val"
    with np.load(path, allow_pickle=False) as read:
        images, labels = read[f"{of}_images"], read[f"{of}_labels"].ravel().astype(np.int64)
    if part in {"tuning", "test"}:
        even = np.array([hashlib.sha256(one.tobytes()).digest()[0] % 2 == 0 for one in images])
        rows = even if part == "tuning" else ~even
        images, labels = images[rows], labels[rows]
    return images, labels


def image_of(values: NDArray[np.floating] | NDArray[np.uint8]) -> Image:
    """Return an array in [0, 1], or of bytes, as an image read from a file."""
    if values.dtype != np.uint8:
        values = np.round(np.clip(values, 0, 1) * 255).astype(np.uint8)
    file = BytesIO()
    if values.ndim == 3:
        from PIL import Image as Picture

        Picture.fromarray(values).save(file, "PNG")
    else:
        np.save(file, values, allow_pickle=False)
    return read_image(file.getvalue())
