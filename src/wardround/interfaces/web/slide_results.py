"""What was found on the slide of a draft, to be laid over it and to be taken along."""

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Lock

import numpy as np
import orjson
from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from wardround.capabilities.pathology import (
    MIDDLE,
    RESULT,
    Box,
    Kept,
    brightest,
    geojson,
    heat_picture,
    looked_picture,
)
from wardround.interfaces.web.forms import SentForm
from wardround.interfaces.web.opened import Opened, slide_draft
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Draft
from wardround.security import Action, AuditTrail

router = APIRouter(prefix="/drafts/{draft_id}/slide")

_OPEN = 3
"""How many results are open at once."""
_MOST = 10_000
"""Nuclei that a page draws at once; where there are more, it has to come closer."""
_MARGIN = 64
"""Pixels of the slide around what is seen, so that a nucleus half in sight is drawn."""


class _Result:
    """What was found on one slide, open; its pictures are made once."""

    def __init__(self, here: Visitor, digest: str, subject: str) -> None:
        self.asking = 0
        self._lock = Lock()
        self._heat = b""
        with ExitStack() as stack:
            path = stack.enter_context(here.wardround.blobs.unsealed(digest, subject))
            self.kept = stack.enter_context(Kept(path))
            self._stack = stack.pop_all()

    def heat(self) -> bytes:
        """Return the map of densities."""
        with self._lock:
            self._heat = self._heat or heat_picture(self.kept.grid)
            return self._heat

    def close(self) -> None:
        """Close the file, which is then removed."""
        self._stack.close()


_results = Opened(_OPEN, _Result)


@router.get("/found.json")
def about(here: Here, draft_id: str) -> dict[str, object]:
    """Answer what there is to lay over the slide, and what the colours of the map mean."""
    draft = slide_draft(here, draft_id)
    with _results.of(here, draft.file(RESULT).sha256, draft.subject) as one:
        grid = one.kept.grid
    rows, columns = grid.counts.shape
    return {
        "width": columns * grid.side,
        "height": rows * grid.side,
        "unit": "a square" if grid.mpp is None else "per mm²",
        "brightest": brightest(grid),
    }


@router.get("/heat.png")
def heat(here: Here, draft_id: str) -> Response:
    """Answer the map of densities, a pixel a square."""
    draft = slide_draft(here, draft_id)
    with _results.of(here, draft.file(RESULT).sha256, draft.subject) as one:
        return Response(one.heat(), media_type="image/png")


@router.get("/looked.png")
def looked(here: Here, draft_id: str) -> Response:
    """Answer the map of what was looked at and what was not."""
    draft = slide_draft(here, draft_id)
    with _results.of(here, draft.file(RESULT).sha256, draft.subject) as one:
        return Response(looked_picture(one.kept.looked), media_type="image/png")


@router.get("/nuclei.json")
def nuclei(
    here: Here, draft_id: str, x: int = 0, y: int = 0, width: int = 0, height: int = 0
) -> Response:
    """Answer the nuclei of a part of the slide: of each whether it is positive, and its corners.

    ``many`` says that there are more than are drawn at once; none is answered then.
    """
    draft = slide_draft(here, draft_id)
    box = (x - _MARGIN, y - _MARGIN, x + width + _MARGIN, y + height + _MARGIN)
    with _results.of(here, draft.file(RESULT).sha256, draft.subject) as one:
        answer = drawn(one.kept, box)
    return Response(orjson.dumps(answer), media_type="application/json")


def drawn(kept: Kept, box: Box, most: int = _MOST) -> dict[str, object]:
    """Return the nuclei of a place as the page draws them, or that they are too many."""
    rows: list[object] = []
    for part in kept.within(box):
        across = 2 * part.outline.shape[1]
        corners = np.round(part.outline + MIDDLE, 1).reshape(len(part), across)
        kind = kept.positive(part)
        rows += np.column_stack([kind, corners]).tolist()
        if len(rows) > most:
            return {"many": True, "nuclei": []}
    return {"many": False, "nuclei": rows}


@router.post("/outlines")
def outlines(here: Here, draft_id: str, form: SentForm) -> Response:
    """Return every nucleus and hot spot as GeoJSON for QuPath, made while it is sent."""
    del form
    draft = slide_draft(here, draft_id, Action.EDIT)
    digest = draft.file(RESULT).sha256
    with _results.of(here, digest, draft.subject):
        pass  # it can be read: a refusal is still an answer
    with here.wardround.database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "export-outlines",
            "success",
            actor=here.actor,
            subject=draft.subject,
            entity=f"draft/{draft.id}",
        )
    headers = {"Content-Disposition": 'attachment; filename="nuclei.geojson"'}
    return StreamingResponse(
        _features(here, draft, digest), media_type="application/geo+json", headers=headers
    )


def _features(here: Visitor, draft: Draft, digest: str) -> Iterator[bytes]:
    with _results.of(here, digest, draft.subject) as one:
        kept = one.kept
        indexed = kept.positive_from is not None
        yield from geojson(kept.parts(), kept.mpp, kept.spots, indexed=indexed)
