"""The slide of a draft, as the tiles that a viewer in the browser asks for."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from fastapi import APIRouter
from fastapi.responses import Response

from wardround.interfaces.web.opened import Opened, slide_draft
from wardround.interfaces.web.signed_in import Here, Visitor

router = APIRouter(prefix="/drafts/{draft_id}/slide")

_MOST = 3
"""How many slides are open at once."""
_TILES = 512
"""How many tiles of a slide are held, so that going back is at once."""


class _Open:
    """One slide that is looked at: its tiles, made one at a time, and what closes it."""

    def __init__(self, here: Visitor, digest: str, subject: str) -> None:
        from wardround.engines.images import DeepZoom, open_slide

        self.lock = Lock()
        self.asking = 0
        self._held: OrderedDict[tuple[int, int, int], bytes] = OrderedDict()
        with ExitStack() as stack:
            path = stack.enter_context(here.wardround.blobs.unsealed(digest, subject))
            slide = stack.enter_context(open_slide(path, "slide"))
            self.zoom: DeepZoom = DeepZoom(slide)
            self._stack = stack.pop_all()

    def tile(self, level: int, column: int, row: int) -> bytes:
        """Return a tile; raise ``NotFound``."""
        with self.lock:
            place = (level, column, row)
            if place not in self._held:
                self._held[place] = self.zoom.tile(level, column, row)
                while len(self._held) > _TILES:
                    self._held.popitem(last=False)
            self._held.move_to_end(place)
            return self._held[place]

    def close(self) -> None:
        """Close the slide once nobody reads of it, and remove its file."""
        with self.lock:
            self._stack.close()


class _Slides:
    """The slides that are open."""

    def __init__(self) -> None:
        self._opened = Opened(_MOST, _Open)

    @contextmanager
    def of(self, here: Visitor, draft_id: str) -> Iterator[_Open]:
        """Give the slide of a draft that they may read, open while it is asked; ``NotFound``."""
        draft = slide_draft(here, draft_id)
        with self._opened.of(here, draft.inputs[0].sha256, draft.subject) as one:
            yield one

    def close(self) -> None:
        """Close all; their files are removed."""
        self._opened.close()


_slides = _Slides()


@router.get("/about.json")
def about(here: Here, draft_id: str) -> dict[str, object]:
    """Answer what a viewer asks first: the slide's size, that of its tiles, and of a pixel."""
    with _slides.of(here, draft_id) as one:
        zoom = one.zoom
    width, height = zoom.slide.dimensions
    mpp = zoom.slide.mpp
    return {
        "width": width,
        "height": height,
        "tileSize": zoom.size,
        "tileOverlap": zoom.overlap,
        "levels": zoom.levels,
        "mpp": None if mpp is None else sum(mpp) / 2,
    }


@router.get("/tiles/{level}/{column}_{row}.jpg")
def tile(here: Here, draft_id: str, level: int, column: int, row: int) -> Response:
    """Answer one tile."""
    with _slides.of(here, draft_id) as one:
        data = one.tile(level, column, row)
    return Response(data, media_type="image/jpeg")
