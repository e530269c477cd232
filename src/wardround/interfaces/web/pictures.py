"""The images of a draft: a frame as numbers for the viewer, or as a picture without scripts."""

from collections import OrderedDict
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson
from fastapi import APIRouter
from fastapi.responses import Response

from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import NotFound
from wardround.security import Action

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wardround.engines.images import Image

router = APIRouter(prefix="/drafts/{draft_id}/images/{place}/frames")

_MOST = 8
"""How many decoded frames are held, so that a viewer and its picture are one decoding."""


class _Decoded:
    """The last frames that were decoded, by the sha256 of their file and their number."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, int], Image] = OrderedDict()
        self._lock = Lock()

    def frame(self, here: Visitor, draft_id: str, place: int, frame: int) -> "Image":
        """Return a frame of an input of a draft that they may read; raise ``NotFound``."""
        draft = here.draft(draft_id, Action.READ_DRAFT)
        if draft.capability != "radiology" or not 0 <= place < len(draft.inputs):
            raise NotFound("There is no such image.")
        with here.chart(about=f"draft/{draft_id}", again=True) as chart:
            chart.read(draft.subject)
        digest = draft.inputs[place].sha256
        with self._lock:
            if (digest, frame) in self._held:
                self._held.move_to_end((digest, frame))
                return self._held[digest, frame]
        from wardround.engines.images import read_image

        data = here.wardround.blobs.get(digest, draft.subject)
        image = read_image(data, draft.inputs[place].name, frame)
        with self._lock:
            self._held[digest, frame] = image
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return image


_decoded = _Decoded()


@router.get("/{frame}.png")
def picture(here: Here, draft_id: str, place: int, frame: int) -> Response:
    """Answer a frame as its file wants it shown, for a page without scripts."""
    image = _decoded.frame(here, draft_id, place, frame)
    shown = image.values if image.colour else (image.grey() * 255).round().astype("uint8")
    return Response(_png(shown), media_type="image/png")


@router.get("/{frame}")
def numbers(here: Here, draft_id: str, place: int, frame: int) -> Response:
    """Answer a frame as 16-bit little-endian numbers, row by row, for the viewer's window.

    The header ``Wardround-Frame`` says its size, the window that the file asks for, and by which
    slope and intercept a number is a value of the file. A frame in colour is a picture.
    """
    from wardround.interfaces.web.frames import stored

    image = _decoded.frame(here, draft_id, place, frame)
    if image.colour:
        return Response(_png(image.values), media_type="image/png")
    data, facts = stored(image)
    headers = {"Wardround-Frame": orjson.dumps(facts).decode()}
    return Response(data, media_type="application/octet-stream", headers=headers)


def _png(pixels: "NDArray[Any]") -> bytes:
    from PIL import Image as Pillow

    out = BytesIO()
    Pillow.fromarray(pixels).save(out, "PNG", compress_level=1)
    return out.getvalue()
