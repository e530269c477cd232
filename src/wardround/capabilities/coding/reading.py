"""The inputs of a draft of codes: which note it is, and its text."""

from collections.abc import Iterable, Sequence

from wardround.capabilities.coding.found import Span
from wardround.capabilities.coding.model import NOTE, REQUEST, Request
from wardround.kernel import Context, Evidence, Input, InvalidInput, TextSpan


def text_in(inputs: Sequence[Input], context: Context) -> str:
    """Return the text of the note."""
    return decoded(context.open(_named(NOTE, inputs)))


def request_in(inputs: Sequence[Input], context: Context) -> Request:
    """Return which note was asked for."""
    return Request.model_validate_json(context.open(_named(REQUEST, inputs)))


def spans_of(evidence: Iterable[Evidence], claim: str) -> tuple[Span, ...]:
    """Return the words of the note that a claim rests on."""
    return tuple(
        Span(one.start, one.end)
        for item in evidence
        if item.claim == claim
        for one in item.sources
        if isinstance(one, TextSpan)
    )


def decoded(data: bytes) -> str:
    """Return a note's text with the line ends of this machine; raise ``InvalidInput``."""
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
