"""What a coder does with the codes of a draft, and the search for another code."""

from collections.abc import Callable
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from wardround.bootstrap import send_question
from wardround.capabilities.coding import NOTE, Coded, Coding, deciding
from wardround.engines.terminology import Concept
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import by_htmx, render
from wardround.interfaces.web.review_view import look_at
from wardround.interfaces.web.revising import revised
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import Draft, Edit, InvalidInput, NotFound, TextSpan
from wardround.security import Action

router = APIRouter(prefix="/drafts/{draft_id}/codes")

_FEW = 12
"""How many codes a search shows."""


class Finder(NamedTuple):
    """A search for a code: ``about`` is the id of the code it would stand instead of, if any."""

    words: str
    about: str
    found: list[Concept]


@router.post("")
def decide(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Accept, reject, replace, add, move or rest a code on other words."""
    draft = here.draft(draft_id, Action.EDIT)
    return revised(request, here, draft_id, form, _Desk(here, draft, form).edit())


@router.post("/search")
def search(request: Request, here: Here, draft_id: str, form: SentForm) -> Response:
    """Find codes by number or words; the words are sent, and are in no address."""
    draft = here.draft(draft_id, Action.EDIT)
    coded = Coded.model_validate(draft.content)
    words = " ".join(text(form, "q").split())[:100]
    found = _room(here, draft).search(words, coded.date, _FEW)
    finder = Finder(words, text(form, "about"), found)
    view = look_at(here, draft, finder=finder)
    page = "codes_found.html" if by_htmx(request) else "review.html"
    return render(request, page, view=view)


class _Desk:
    """Reads from a form which edit of the codes it asks for."""

    def __init__(self, here: Here, draft: Draft, form: FormData) -> None:
        self._room = _room(here, draft)
        self._coded = Coded.model_validate(draft.content)
        self._draft = draft
        self._form = form
        self._here = here

    def edit(self) -> Edit:
        """Return the edit; raise ``InvalidInput`` where there is no such deed."""
        coded, code = self._coded, self._said("code")
        deeds: dict[str, Callable[[], Edit]] = {
            "accept": lambda: deciding.accept(coded, code),
            "reject": lambda: deciding.reject(coded, code, self._why()),
            "restore": lambda: deciding.restore(coded, code),
            "replace": lambda: deciding.replace(
                coded, code, self._said("by"), self._said("why"), self._title
            ),
            "add": lambda: deciding.add(
                self._said("by"), self._said("why"), self._words(), self._title
            ),
            "mark": lambda: deciding.mark(coded, code, self._words()),
            "first": lambda: deciding.move(coded, code, 0),
            "ask": self._ask,
            "level": lambda: deciding.set_level(coded, code, self._said("why")),
            "drop": lambda: deciding.drop(coded, code),
            "up": lambda: deciding.move(coded, code, self._above(code)),
        }
        deed = deeds.get(self._said("deed"))
        if deed is None:
            raise InvalidInput("There is no such thing to do with a code.", where="deed")
        return deed()

    def _said(self, name: str) -> str:
        return " ".join(text(self._form, name).split())

    def _why(self) -> str:
        return ": ".join(part for part in (self._said("kind"), self._said("why")) if part)

    def _title(self, code: str) -> str:
        return self._room.display(code, self._coded.date)

    def _ask(self) -> Edit:
        """Send a question, and note that it was sent."""
        wardround, code, words = self._here.wardround, self._said("code"), self._said("question")
        task = send_question(wardround, self._draft, code, words, self._here.actor)
        return deciding.send(self._coded, code, words, task)

    def _above(self, code: str) -> int:
        """Return the place on the claim before that of a code."""
        ids = [one.id for _, one in self._coded.standing]
        return max(ids.index(code) - 1, 0) if code in ids else 0

    def _words(self) -> list[TextSpan]:
        """Return the marked words, from where they were marked on; none where none were."""
        quote = self._said("quote")
        if not quote:
            return []
        note = next(one for one in self._draft.inputs if one.name == NOTE)
        whole = self._here.wardround.blobs.get(note.sha256, self._draft.subject).decode()
        begin = number(self._form, "from") if "from" in self._form else 0
        return [deciding.find_words(whole, quote, begin)]


def _room(here: Here, draft: Draft) -> Coding:
    room = here.wardround.capabilities[draft.capability]
    if not isinstance(room, Coding):
        raise NotFound("This draft holds no codes.")
    return room
