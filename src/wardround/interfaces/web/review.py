"""The review page: a draft beside its sources, and a person's decisions on it."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError
from starlette.datastructures import FormData

from wardround.governance.adoption import REASONS
from wardround.interfaces.web.announcing import announce, left_of
from wardround.interfaces.web.comparing import beside_of
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.inbox import next_draft
from wardround.interfaces.web.pages import by_htmx, go, render
from wardround.interfaces.web.review_view import look_at
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Draft, Edit, InvalidInput, Json, Status
from wardround.security import Action

router = APIRouter(prefix="/drafts/{draft_id}")

_ANSWERS = {
    "replace": "Sentence saved.",
    "add": "Sentence added.",
    "remove": "Sentence removed. Undo is where it stood.",
}


@router.get("")
def show(
    request: Request,
    here: Here,
    draft_id: str,
    edit: str = "",
    add: str = "",
    removed: str = "",
    beside: str = "",
) -> Response:
    """Show a draft; ``edit``, ``add``, ``removed`` are places in it, for forms without scripts.

    ``beside`` is the draft of another study of the patient, which is shown beside this one.
    """
    draft = here.draft(draft_id, Action.READ_DRAFT)
    view = look_at(here, draft, edit=edit, add=add, removed=removed, beside=beside)
    view.comparing.require(beside)
    return render(request, "review.html", view=view)


@router.post("/edits")
def edit(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Change one place of the draft."""
    here.draft(draft_id, Action.EDIT)
    change = _edit(form)
    draft = here.wardround.rounds.revise(draft_id, number(form, "revision"), change, here.actor)
    removed = change.path if change.op == "remove" else ""
    said = f"Saved. {left_of(draft)}" if draft.headline else _ANSWERS[change.op]
    return _after(request, here, draft, said, removed)


@router.post("/undo")
def undo(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Take back the last change."""
    here.draft(draft_id, Action.EDIT)
    draft = here.wardround.rounds.undo(draft_id, number(form, "revision"), here.actor)
    return _after(request, here, draft, "Sentence put back.")


@router.post("/acknowledgements")
def acknowledge(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Note that the person has seen a warning."""
    here.draft(draft_id, Action.ACKNOWLEDGE)
    draft = here.wardround.rounds.acknowledge(
        draft_id, number(form, "revision"), text(form, "finding"), here.actor
    )
    return _after(request, here, draft, f"Acknowledged. {left_of(draft)}")


@router.get("/signature")
def ask_to_sign(request: Request, here: Here, draft_id: str) -> Response:
    """Ask once more before signing, where the page could not do so in a dialog."""
    return _ask(request, here, draft_id, "sign.html")


@router.post("/signature")
def sign(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Sign the draft."""
    here.draft(draft_id, Action.SIGN)
    here.wardround.rounds.sign(draft_id, number(form, "revision"), here.actor)
    return go(request, f"/drafts/{draft_id}/signed")


@router.get("/signed")
def show_signed(request: Request, here: Here, draft_id: str) -> Response:
    """Say that a draft is signed, and where it went."""
    draft = here.draft(draft_id, Action.READ_DRAFT)
    if draft.status is not Status.SIGNED:
        return RedirectResponse(f"/drafts/{draft_id}", 303)
    view = look_at(here, draft)
    return render(request, "signed.html", view=view, following=next_draft(here))


@router.get("/rejection")
def ask_to_reject(request: Request, here: Here, draft_id: str) -> Response:
    """Ask for the reason, where the page could not do so in a dialog."""
    return _ask(request, here, draft_id, "reject.html")


@router.post("/rejection")
def reject(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Set the draft aside, with the reason."""
    here.draft(draft_id, Action.REJECT)
    kind, words = text(form, "kind"), text(form, "reason").strip()
    reason = ": ".join(part for part in (kind if kind in REASONS else "", words) if part)
    here.wardround.rounds.reject(draft_id, number(form, "revision"), reason, here.actor)
    return go(request, "/inbox?done=rejected")


@router.post("/amendment")
def amend(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Begin a new version of a signed draft."""
    del form
    here.draft(draft_id, Action.AMEND)
    new = here.wardround.rounds.amend(draft_id, here.actor)
    return go(request, f"/drafts/{new.id}")


def _edit(form: FormData) -> Edit:
    op = text(form, "op")
    if op not in _ANSWERS:
        raise InvalidInput("There is no such edit.", where="op")
    try:
        return Edit.model_validate({"op": op, "path": text(form, "path"), "value": _value(form)})
    except ValidationError:
        raise InvalidInput("There is no such place in a draft.", where="path") from None


def _value(form: FormData) -> Json:
    """Return the edit's value: the field ``value``, or an object of the fields ``value.NAME``."""
    named = {
        name.removeprefix("value."): " ".join(text(form, name).split())
        for name in form
        if name.startswith("value.")
    }
    if named:
        return {**named}
    return " ".join(text(form, "value").split()) if "value" in form else None


def _after(
    request: Request, here: Visitor, draft: Draft, message: str, removed: str = ""
) -> Response:
    if not by_htmx(request):
        undo = f"?removed={removed}" if removed else ""
        return RedirectResponse(f"/drafts/{draft.id}{undo}", 303)
    view = look_at(here, draft, removed=removed, beside=beside_of(request))
    return announce(render(request, "review_workspace.html", view=view), message)


def _ask(request: Request, here: Visitor, draft_id: str, name: str) -> Response:
    draft = here.draft(draft_id, Action.READ_DRAFT)
    if draft.status is not Status.DRAFTED:
        return RedirectResponse(f"/drafts/{draft_id}", 303)
    view = look_at(here, draft)
    return render(request, name, view=view)
