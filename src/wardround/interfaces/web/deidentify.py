"""Taking PHI out of a text at hand: what is found, why, and what is left. Nothing is kept."""

from collections.abc import Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import render
from wardround.interfaces.web.signed_in import Here
from wardround.kernel import InvalidInput, TooLarge
from wardround.privacy.deid import MODES, Cleaned, Kind, Operator, Remover, Span
from wardround.security import Action, AuditTrail

router = APIRouter(prefix="/deidentify")

MOST = 200_000
"""Characters of a text on this page; longer ones go through the command line."""

MODE_NAMES = {"safe-harbor": "Safe Harbor", "limited-data-set": "Limited data set"}
OPERATORS = {
    Operator.TAG: "its kind, such as [NAME]",
    Operator.SURROGATE: "something invented of the same form",
    Operator.MASK: "asterisks",
    Operator.PSEUDONYM: "a code that is the same within the text",
    Operator.REDACT: "nothing",
}


class Piece(NamedTuple):
    """A part of the text as it came; with what was found there, where something was."""

    text: str
    span: Span | None = None
    number: int = 0


@router.get("")
def show(request: Request, here: Here) -> Response:
    """Show the empty page."""
    here.require(Action.DEIDENTIFY)
    return _page(request, "", "safe-harbor", Operator.TAG)


@router.post("")
def clean(request: Request, here: Here, form: SentForm) -> Response:
    """Show what is found in the text of the form, and the text without it."""
    here.require(Action.DEIDENTIFY)
    mode, operator = text(form, "mode"), text(form, "operator")
    if mode not in MODE_NAMES or operator not in OPERATORS:
        raise InvalidInput("This form was not made by this page.", mend="Reload it.")
    words = _words(form)
    if len(words) > MOST:
        raise TooLarge(
            f"The text has more than {MOST:,} characters.", mend="Use: wardround deid text."
        )
    chosen = Operator(operator)
    cleaned = Remover(here.wardround.find_phi, MODES[mode](chosen)).remove(words)
    with here.wardround.database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "deidentify", "success", actor=here.actor, detail={"found": str(len(cleaned.spans))}
        )
    return _page(request, words, mode, chosen, cleaned)


def _words(form: FormData) -> str:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return text(form, "text")
    try:
        return file.file.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise InvalidInput(
            "This file is not text in UTF-8.", where="file", mend="Save it as plain text."
        ) from None


def _page(
    request: Request,
    words: str,
    mode: str,
    operator: Operator,
    cleaned: Cleaned | None = None,
) -> Response:
    return render(
        request,
        "deidentify.html",
        words=words,
        mode=mode,
        operator=operator,
        modes=MODE_NAMES,
        operators=OPERATORS,
        cleaned=cleaned,
        pieces=[] if cleaned is None else _pieces(words, cleaned.spans),
        most=MOST,
        short={Kind.SSN, Kind.MRN, Kind.URL, Kind.IP},
    )


def _pieces(words: str, spans: Sequence[Span]) -> list[Piece]:
    pieces, done = [], 0
    for number, span in enumerate(spans, 1):
        pieces += [Piece(words[done : span.start])]
        pieces += [Piece(words[span.start : span.end], span, number)]
        done = span.end
    return [piece for piece in [*pieces, Piece(words[done:])] if piece.text]
