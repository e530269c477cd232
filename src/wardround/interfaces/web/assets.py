"""The inventory: what the system finds in itself, what people enter, and how PHI flows."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.datastructures import FormData

from wardround import __version__
from wardround.bootstrap import found_models, take_inventory
from wardround.interfaces.web.flow_map import draw_flows
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput
from wardround.privacy.assets import (
    AssetKind,
    Assets,
    Described,
    bill_of_materials,
    flows_of,
    installed_packages,
)
from wardround.security import Action

router = APIRouter(prefix="/privacy/assets")


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the inventory and the map of flows."""
    here.require(Action.SEE_SAFEGUARDS)
    with here.wardround.database.read() as tx:
        register = Assets(tx, here.wardround.clock)
        entered, reviewed, due = register.list(), register.reviewed(), register.is_due(here.today)
    inventory = take_inventory(here.wardround)
    flows = [*inventory.flows, *flows_of(entered)]
    return _page(
        request,
        here,
        "assets.html",
        found=inventory.found,
        flows=flows,
        map=draw_flows(flows),
        entered=[one for one in entered if not one.retired],
        retired=[one for one in entered if one.retired],
        packages=len(installed_packages()),
        reviewed=reviewed,
        due=due,
    )


@router.get("/software")
def show_software(here: Here) -> Response:
    """Return the bill of materials (CycloneDX 1.6), for whatever scans it for known weaknesses."""
    here.require(Action.SEE_SAFEGUARDS)
    at = here.wardround.clock()
    data = bill_of_materials(installed_packages(), found_models(), __version__, at)
    headers = {"Content-Disposition": 'attachment; filename="wardround.cdx.json"'}
    return Response(data, media_type="application/vnd.cyclonedx+json", headers=headers)


@router.get("/new")
def show_new(request: Request, here: Here) -> Response:
    """Show an empty form."""
    here.require(Action.KEEP_REGISTERS)
    return _page(request, here, "asset_form.html", asset=None, history=())


@router.post("")
def add(request: Request, here: Here, form: SentForm) -> Response:
    """Enter an asset."""
    here.require(Action.KEEP_REGISTERS)
    described = _described(form)
    with here.wardround.database.begin() as tx:
        Assets(tx, here.wardround.clock).add(described, here.actor)
    return go(request, "/privacy/assets")


@router.post("/review")
def review(request: Request, here: Here, form: SentForm) -> Response:
    """Note that the whole inventory was looked through."""
    del form
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.begin() as tx:
        Assets(tx, here.wardround.clock).review(here.actor)
    return go(request, "/privacy/assets")


@router.get("/{asset}")
def show_one(request: Request, here: Here, asset: str) -> Response:
    """Show an asset as a form, with every version of it."""
    here.require(Action.KEEP_REGISTERS)
    with here.wardround.database.read() as tx:
        history = Assets(tx, here.wardround.clock).history(asset)
    return _page(request, here, "asset_form.html", asset=history[0], history=history)


@router.post("/{asset}")
def change(request: Request, here: Here, asset: str, form: SentForm) -> Response:
    """Describe an asset anew."""
    here.require(Action.KEEP_REGISTERS)
    described, version = _described(form), number(form, "version")
    with here.wardround.database.begin() as tx:
        Assets(tx, here.wardround.clock).change(asset, version, described, here.actor)
    return go(request, "/privacy/assets")


@router.post("/{asset}/retirement")
def retire(request: Request, here: Here, asset: str, form: SentForm) -> Response:
    """Say that an asset is no longer in use."""
    here.require(Action.KEEP_REGISTERS)
    version = number(form, "version")
    with here.wardround.database.begin() as tx:
        Assets(tx, here.wardround.clock).retire(asset, version, here.actor)
    return go(request, "/privacy/assets")


def _page(request: Request, here: Visitor, name: str, **context: Any) -> Response:
    return render(
        request,
        name,
        today=here.today,
        kinds=list(AssetKind),
        names=Names(here.wardround.database),
        **context,
    )


def _described(form: FormData) -> Described:
    try:
        return Described(
            name=text(form, "name"),
            kind=AssetKind(text(form, "kind")),
            owner=text(form, "owner"),
            place=text(form, "place"),
            version=text(form, "release"),
            phi=text(form, "phi") == "on",
            sends=text(form, "sends"),
            receives=text(form, "receives"),
            protected=text(form, "protected"),
        )
    except (ValueError, ValidationError):
        raise InvalidInput("Choose what kind of asset it is.", where="kind") from None
