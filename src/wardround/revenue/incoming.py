"""A file from a payer: what kind it is by what stands in it, read to its end before anything."""

from collections.abc import Sequence

from wardround.capabilities.billing import (
    Acknowledgement,
    Remittance,
    kinds_of,
    read_835,
    read_acknowledgements,
)
from wardround.kernel import InvalidInput, Noun

_ANSWERS = {"TA1", "999", "277"}


class Incoming(Noun):
    """What a file holds: payments, or answers to files that we sent."""

    remittances: tuple[Remittance, ...] = ()
    answers: tuple[Acknowledgement, ...] = ()

    @property
    def kind(self) -> str:
        """Return what it is called."""
        return "835" if self.remittances else self.answers[0].kind


def read_incoming(data: bytes) -> Incoming:
    """Return what a payer's file holds; raise ``InvalidInput`` with segment and position."""
    text = decoded(data)
    kinds = kinds_of(text)
    if kinds == {"835"}:
        return Incoming(remittances=tuple(read_835(text)))
    if kinds and kinds <= _ANSWERS:
        found: Sequence[Acknowledgement] = read_acknowledgements(text)
        return Incoming(answers=tuple(found))
    told = ", ".join(sorted(kinds)) or "nothing"
    raise InvalidInput(
        f"This file holds {told}.",
        where="file",
        mend="Read a 999, 277CA or 835 here, each kind in its own file.",
    )


def decoded(data: bytes) -> str:
    """Return a file as text: UTF-8, or Latin-1, which payers use for letters with accents."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
