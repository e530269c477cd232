"""One decision of a person as one edit of a draft, and the page drawn anew from it."""

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from wardround.interfaces.web.announcing import announce, left_of
from wardround.interfaces.web.comparing import beside_of
from wardround.interfaces.web.forms import number
from wardround.interfaces.web.pages import by_htmx, render
from wardround.interfaces.web.review_view import look_at
from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import Edit


def revised(request: Request, here: Visitor, draft_id: str, form: FormData, edit: Edit) -> Response:
    """Revise the draft that the form was sent for, and show it as it is now."""
    after = here.wardround.rounds.revise(draft_id, number(form, "revision"), edit, here.actor)
    if not by_htmx(request):
        return RedirectResponse(f"/drafts/{draft_id}", 303)
    view = look_at(here, after, beside=beside_of(request))
    return announce(render(request, "review_workspace.html", view=view), f"Saved. {left_of(after)}")
