"""A model's card as a page, a PDF, and CHAI's XML, with what was determined of it beside."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import Shown, card_here
from wardround.governance.cards import (
    PART_TITLES,
    State,
    attributes_of,
    card_pdf,
    card_xml,
    counted,
)
from wardround.governance.determination import Result
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here
from wardround.security import Action

router = APIRouter(prefix="/models/{name}")

BADGES = {
    Result.NOT_DEVICE: ("good", "Not a device function"),
    Result.DISCRETION: ("accent", "Enforcement discretion"),
    Result.DEVICE: ("bad", "Device function"),
}
"""The colour of each result's badge, and what is said of it."""

STATES = {
    State.UNKNOWN: ("accent", "Unknown"),
    State.NOT_APPLICABLE: ("", "Not applicable"),
    State.BLANK: ("bad", "Not provided"),
}
"""The badge of an attribute without an answer; each of the three is another."""


@router.get("/card")
def show(request: Request, here: Here, name: str) -> Response:
    """Show the card: the nine parts of the rule, and the determination of each function."""
    here.require(Action.SEE_MODELS)
    card, functions, _ = card_here(here.wardround, name)
    parts = groupby(attributes_of(card), lambda one: one.part)
    return render(
        request,
        "model_card.html",
        asked=name,
        card=card,
        counts=counted(card),
        parts_of=[(PART_TITLES[part], list(found)) for part, found in parts],
        functions=functions,
        badges=BADGES,
        states=STATES,
    )


@router.get("/card.pdf")
def print_card(here: Here, name: str) -> Response:
    """Return the card as a PDF."""
    here.require(Action.SEE_MODELS)
    found = card_here(here.wardround, name)
    data = card_pdf(found.card, found.functions, here.today)
    return _file(found, "pdf", "application/pdf", data)


@router.get("/card.xml")
def exchange_card(here: Here, name: str) -> Response:
    """Return the card as a CHAI Applied Model Card."""
    here.require(Action.SEE_MODELS)
    found = card_here(here.wardround, name)
    return _file(found, "xml", "application/xml", card_xml(*found))


def _file(found: Shown, ending: str, media: str, data: bytes) -> Response:
    disposition = f'attachment; filename="{found.card.name}-card.{ending}"'
    return Response(data, media_type=media, headers={"Content-Disposition": disposition})
