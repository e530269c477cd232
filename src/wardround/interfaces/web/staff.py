"""The people of the clinic, as an administrator keeps their accounts."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Conflict, Forbidden, InvalidInput, NotFound, Role, WardroundError
from wardround.security import Account, Accounts, Action, People

router = APIRouter(prefix="/people")

ROLES = tuple(role for role in Role if role is not Role.SERVICE)
"""What a person can be; programs have tokens."""


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show everybody."""
    return _page(request, here)


@router.post("")
def add(request: Request, here: Here, form: SentForm) -> Response:
    """Add a person, and show the password they sign in with once."""
    here.require(Action.MANAGE_PEOPLE)
    try:
        role = _role(text(form, "role"))
        username = text(form, "username").strip()
        reference = text(form, "reference").strip() or _reference(username)
        with here.wardround.database.begin() as tx:
            accounts = Accounts(tx, here.actor, here.wardround.clock)
            password = accounts.add(username, text(form, "name").strip(), role, reference)
    except (Conflict, InvalidInput) as error:
        return _page(request, here, error, sent=dict(form))
    return _show_password(request, here, username, password)


@router.get("/{person_id}")
def show_one(request: Request, here: Here, person_id: str) -> Response:
    """Show one account, and what can be done with it."""
    return _page_of(request, here, person_id)


@router.post("/{person_id}/role")
def change_role(request: Request, here: Here, form: SentForm, person_id: str) -> Response:
    """Give a person another role."""
    here.require(Action.MANAGE_PEOPLE)
    if person_id == here.actor.id:
        raise Forbidden("Nobody changes their own role.", mend="Ask another administrator.")
    try:
        with here.wardround.database.begin() as tx:
            actor = People(tx).find(person_id)
            accounts = Accounts(tx, here.actor, here.wardround.clock)
            accounts.change_role(actor, _role(text(form, "role")))
    except (Conflict, InvalidInput) as error:
        return _page_of(request, here, person_id, error)
    return RedirectResponse(f"/people/{person_id}", 303)


@router.post("/{person_id}/reset")
def reset(request: Request, here: Here, form: SentForm, person_id: str) -> Response:
    """Take the second factors away, and show a password to sign in with once."""
    del form
    here.require(Action.MANAGE_PEOPLE)
    with here.wardround.database.begin() as tx:
        actor = People(tx).find(person_id)
        password = Accounts(tx, here.actor, here.wardround.clock).reset(actor)
    return _show_password(request, here, actor.id, password)


@router.post("/{person_id}/{deed}")
def do(request: Request, here: Here, form: SentForm, person_id: str, deed: str) -> Response:
    """Disable, enable, unlock, or sign out everywhere."""
    del form
    here.require(Action.MANAGE_PEOPLE)
    try:
        with here.wardround.database.begin() as tx:
            accounts = Accounts(tx, here.actor, here.wardround.clock)
            deeds = {
                "disable": accounts.disable,
                "enable": accounts.enable,
                "unlock": accounts.unlock,
                "sign-out": accounts.end_sessions,
            }
            if deed not in deeds:
                raise NotFound("There is no such page.")
            deeds[deed](People(tx).find(person_id))
    except Conflict as error:
        return _page_of(request, here, person_id, error)
    return RedirectResponse(f"/people/{person_id}", 303)


def _page(
    request: Request,
    here: Visitor,
    error: WardroundError | None = None,
    sent: dict[str, object] | None = None,
) -> Response:
    here.require(Action.MANAGE_PEOPLE)
    status = 200 if error is None else error.status
    context = {"accounts": _accounts(here), "roles": ROLES, "error": error, "sent": sent or {}}
    return render(request, "people.html", status=status, **context)


def _page_of(
    request: Request, here: Visitor, person_id: str, error: WardroundError | None = None
) -> Response:
    here.require(Action.MANAGE_PEOPLE)
    account = next((one for one in _accounts(here) if one.actor.id == person_id), None)
    if account is None:
        raise NotFound("There is no such person.")
    status = 200 if error is None else error.status
    context = {"account": account, "roles": ROLES, "error": error}
    return render(request, "person.html", status=status, **context)


def _show_password(request: Request, here: Visitor, username: str, password: str) -> Response:
    with here.wardround.database.read() as tx:
        person = People(tx).actor(username)
    return render(request, "handed_out.html", person=person, password=password)


def _accounts(here: Visitor) -> list[Account]:
    with here.wardround.database.read() as tx:
        return Accounts(tx, here.actor, here.wardround.clock).list()


def _role(value: str) -> Role:
    if value not in ROLES:
        raise InvalidInput("Choose one of the roles.", where="role")
    return Role(value)


def _reference(username: str) -> str:
    """Return a reference to somebody who is not in the chart yet."""
    kept = (letter if letter.isascii() and letter.isalnum() else "-" for letter in username)
    return f"Practitioner/{''.join(kept).strip('-').lower()}"
