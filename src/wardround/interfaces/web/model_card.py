"""A model's card as a page, a PDF, and CHAI's XML, with what was determined of it beside."""

from collections.abc import Callable
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import filled_card, functions_of
from wardround.governance import (
    PART_TITLES,
    Card,
    Function,
    Result,
    State,
    attributes_of,
    card_pdf,
    card_xml,
    counted,
)
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
    card = filled_card(name)
    parts = groupby(attributes_of(card), lambda one: one.part)
    return render(
        request,
        "model_card.html",
        asked=name,
        card=card,
        counts=counted(card),
        parts_of=[(PART_TITLES[part], list(found)) for part, found in parts],
        functions=functions_of(name),
        badges=BADGES,
        states=STATES,
    )


@router.get("/card.pdf")
def print_card(here: Here, name: str) -> Response:
    """Return the card as a PDF."""
    here.require(Action.SEE_MODELS)
    return _file(
        name, "pdf", "application/pdf", lambda card, found: card_pdf(card, found, here.today)
    )


@router.get("/card.xml")
def exchange_card(here: Here, name: str) -> Response:
    """Return the card as a CHAI Applied Model Card."""
    here.require(Action.SEE_MODELS)
    return _file(name, "xml", "application/xml", card_xml)


def _file(
    name: str, ending: str, media: str, made: Callable[[Card, tuple[Function, ...]], bytes]
) -> Response:
    card = filled_card(name)
    disposition = f'attachment; filename="{card.name}-card.{ending}"'
    return Response(
        made(card, functions_of(name)),
        media_type=media,
        headers={"Content-Disposition": disposition},
    )
