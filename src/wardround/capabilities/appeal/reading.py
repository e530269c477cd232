"""The inputs of an appeal: what was asked for, and the lines a letter may rest on."""

from collections.abc import Sequence

from pydantic import ValidationError

from wardround.capabilities.appeal.model import Asked
from wardround.capabilities.appeal.sources import SOURCES, Line, read
from wardround.kernel import Context, Input, InvalidInput, first_fault

REQUEST, NOTE = "request.json", "note.txt"
"""The names of what is handed in; of a claim without a signed note there is no ``NOTE``."""


def asked_in(inputs: Sequence[Input], context: Context) -> Asked:
    """Return which denial is appealed, and what is known of it."""
    return request(context.open(_named(REQUEST, inputs)))


def lines_in(inputs: Sequence[Input], context: Context) -> tuple[Line, ...]:
    """Return the lines of the payer's answer, the claim and the note."""
    return read(context.open(_named(SOURCES, inputs)))


def request(data: bytes) -> Asked:
    """Return a request; raise ``InvalidInput`` where it is none."""
    try:
        return Asked.model_validate_json(data)
    except ValidationError as error:
        raise InvalidInput(
            "This does not say which denial is appealed.", where=first_fault(error)
        ) from None


def decoded(data: bytes) -> str:
    """Return the text of a note; raise ``InvalidInput``."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            "The note is no UTF-8 text.",
            where=f"{NOTE}, byte {error.start}",
            mend="Save it as UTF-8.",
        ) from None


def _named(name: str, inputs: Sequence[Input]) -> Input:
    return next(item for item in inputs if item.name == name)
