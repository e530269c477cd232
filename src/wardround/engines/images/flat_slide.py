"""A picture as a slide of one level: PNG, JPEG, or a TIFF that is no slide."""

from pathlib import Path
from typing import Any

import numpy as np

from wardround.engines.images.bounds import require_bytes, require_pixels
from wardround.engines.images.quiet import quiet
from wardround.engines.images.resolution import FINE, magnification, resolution
from wardround.engines.images.slide import Colours
from wardround.kernel import InvalidInput

MICRONS_OF_AN_INCH = 25_400.0
WHITE = 255


class FlatPyramid:
    """A picture that is held whole; its size is bounded before it is decoded."""

    def __init__(self, path: Path, where: str) -> None:
        from PIL import Image as Pillow

        remarks: list[str] = []
        require_bytes(path.stat().st_size, where)
        try:
            with quiet(), Pillow.open(path, formats=("PNG", "JPEG", "TIFF")) as picture:
                require_pixels(picture.height, picture.width, where)
                self.source = f"picture:{str(picture.format).lower()}"
                self.profile = picture.info.get("icc_profile")
                density = picture.info.get("dpi", (0, 0))
                self._colours = _colours(picture)
        except InvalidInput:
            raise
        except Exception:  # noqa: BLE001 - Pillow's plugins raise what they like on a broken file
            raise InvalidInput(
                "The file is no slide or picture that is read, or it is damaged.",
                where=where,
                mend="Convert it to DICOM, SVS or a tiled TIFF.",
            ) from None
        size = (self._colours.shape[1], self._colours.shape[0])
        self.sizes: tuple[tuple[int, int], ...] = (size,)
        across, down = (MICRONS_OF_AN_INCH / float(one) if one else 0.0 for one in density)
        told = across >= FINE and down >= FINE
        self.mpp = resolution(across if told else None, down if told else None, remarks)
        self.magnification = magnification(None, self.mpp, remarks)
        self.hidden: tuple[str, ...] = ()
        self.remarks = tuple(remarks)

    def read(self, x: int, y: int, width: int, height: int, level: int) -> Colours:  # noqa: ARG002
        """Return uint8 (height, width, 3); there is one level."""
        return np.ascontiguousarray(self._colours[y : y + height, x : x + width])

    def close(self) -> None:
        """Let the picture go."""
        self._colours = np.empty((0, 0, 3), np.uint8)


def _colours(picture: Any) -> Colours:
    from PIL import Image as Pillow

    if "A" in picture.mode or "transparency" in picture.info:
        over = picture.convert("RGBA")
        sheet = Pillow.new("RGBA", over.size, (WHITE,) * 4)
        picture = Pillow.alpha_composite(sheet, over)
    return np.asarray(picture.convert("RGB"))
