"""The models: which there are, how far each is switched on, and the switches themselves."""

from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from wardround.governance.registry import ON, Approval, FileKind, Kept, Registered, Turn
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import (
    Conflict,
    InvalidInput,
    NotAllowed,
    Stage,
    WardroundError,
)
from wardround.security import Action

router = APIRouter(prefix="/models")

STAGES = {
    Stage.OFF: "Drafts nothing",
    Stage.SHADOW: "Drafts and is measured; nobody is shown it",
    Stage.LIMITED: "For the people named here",
    Stage.LIVE: "For everybody who orders",
}
_FIRST = (Stage.LIVE, Stage.LIMITED, Stage.SHADOW, Stage.OFF)
_FIGURES = {FileKind.VALIDATION, FileKind.MEASURED}


class Version(NamedTuple):
    """A version with what belongs to it."""

    model: Registered
    approvals: list[Approval]
    files: list[Kept]

    @property
    def validations(self) -> list[Kept]:
        """The figures among its files."""
        return [one for one in self.files if one.kind in _FIGURES]


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the models by capability, those in use first."""
    here.require(Action.SEE_MODELS)
    with here.wardround.database.read() as tx:
        found = here.wardround.registry(tx).stages()
    named: dict[tuple[str, str], list[Registered]] = {}
    for one in found:
        named.setdefault((one.capability, one.name), []).append(one)
    shown: dict[str, list[Registered]] = {}
    for (capability, _), versions in named.items():
        at_work = [one for one in versions if one.stage is not Stage.OFF]
        shown.setdefault(_title(here, capability), []).extend(at_work or versions[-1:])
    for rows in shown.values():
        rows.sort(key=lambda one: (_FIRST.index(one.stage), one.title.casefold()))
    return render(request, "models.html", shown=shown, names=Names(here.wardround.database))


@router.get("/{name}")
def show_one(request: Request, here: Here, name: str) -> Response:
    """Show one model: its versions, approvals, reports, and every switch."""
    here.require(Action.SEE_MODELS)
    return _page(request, here, name)


@router.get("/{name}/files/{file_id}")
def give_file(here: Here, name: str, file_id: str) -> Response:
    """Hand a report or a card out, as it was registered."""
    here.require(Action.SEE_MODELS)
    with here.wardround.database.read() as tx:
        kept, data = here.wardround.registry(tx).content(name, file_id)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{kept.name}"'}
    return Response(data, media_type=kept.media_type, headers=headers)


@router.post("/{name}/approval")
def approve(request: Request, here: Here, name: str, form: SentForm) -> Response:
    """Approve a version, in words."""
    here.require(Action.SWITCH_MODELS)
    try:
        with here.wardround.database.begin() as tx:
            registry = here.wardround.registry(tx)
            model = registry.version(name, text(form, "version"))
            registry.approve(model, text(form, "words"), here.actor)
    except (InvalidInput, NotAllowed) as error:
        return _page(request, here, name, error, form)
    return RedirectResponse(f"/models/{name}", 303)


@router.post("/{name}/stage")
def switch(request: Request, here: Here, name: str, form: SentForm) -> Response:
    """Put a version into a stage, with the reason."""
    here.require(Action.SWITCH_MODELS)
    try:
        stage, seen = _stage(form, "stage"), _stage(form, "seen")
        with here.wardround.database.begin() as tx:
            registry = here.wardround.registry(tx)
            model = registry.version(name, text(form, "version"))
            registry.switch(
                model.id,
                stage,
                text(form, "why"),
                here.actor,
                people=text(form, "people").replace(",", " ").split(),
                statement=text(form, "statement"),
                seen=seen,
            )
    except (InvalidInput, NotAllowed, Conflict) as error:
        return _page(request, here, name, error, form)
    return RedirectResponse(f"/models/{name}", 303)


@router.post("/{name}/roll-back")
def roll_back(request: Request, here: Here, name: str, form: SentForm) -> Response:
    """Make the version live that was live before."""
    here.require(Action.SWITCH_MODELS)
    try:
        with here.wardround.database.begin() as tx:
            here.wardround.registry(tx).roll_back(name, text(form, "why"), here.actor)
    except (InvalidInput, NotAllowed) as error:
        return _page(request, here, name, error, form)
    return RedirectResponse(f"/models/{name}", 303)


def _page(
    request: Request,
    here: Visitor,
    name: str,
    error: WardroundError | None = None,
    form: FormData | None = None,
) -> Response:
    with here.wardround.database.read() as tx:
        registry = here.wardround.registry(tx)
        models = registry.versions(name)
        approvals, files = registry.approvals(name), registry.files(name)
        turns, before = registry.history(name), registry.before(name)
        planned = registry.planned(name)
    versions = [
        Version(
            one,
            [said for said in approvals if said.model == one.id],
            [kept for kept in files if kept.model == one.id],
        )
        for one in models
    ]
    versions.sort(key=lambda one: _FIRST.index(one.model.stage))
    return render(
        request,
        "model.html",
        status=200 if error is None else error.status,
        called=name,
        title=models[-1].title,
        capability=_title(here, models[-1].capability),
        device=any(one.device for one in models),
        versions=versions,
        turns=_told(turns, models),
        before=before,
        plan=None if planned is None else planned[1],
        stages=STAGES,
        on=ON,
        typed=dict(form) if form is not None else {},
        error=error,
        names=Names(here.wardround.database),
    )


def _told(turns: list[Turn], models: list[Registered]) -> list[tuple[Turn, str]]:
    """Return the switches, the latest first, each with its version."""
    known = {one.id: one.version for one in models}
    return [(turn, known[turn.model]) for turn in reversed(turns)]


def _title(here: Visitor, capability: str) -> str:
    room = here.wardround.capabilities.get(capability)
    return capability if room is None else room.title


def _stage(form: FormData, name: str) -> Stage:
    try:
        return Stage(text(form, name))
    except ValueError:
        raise InvalidInput("Say to which stage.", where=name, mend="Choose one.") from None
