"""What the file says of itself: is this image what the model is for."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from wardround.capabilities.radiology.screening.checks import Check, failed, passed
from wardround.engines.vision import Input

_LATERAL = {"LL", "RL", "LLD", "RLD", "LATERAL"}


class Declares(Protocol):
    """The facts of a file that are looked at; ``""`` or None where it does not say."""

    @property
    def modality(self) -> str: ...  # noqa: D102
    @property
    def body_part(self) -> str: ...  # noqa: D102
    @property
    def view(self) -> str: ...  # noqa: D102
    @property
    def laterality(self) -> str: ...  # noqa: D102
    @property
    def mirrored(self) -> bool | None: ...  # noqa: D102
    @property
    def upside_down(self) -> bool | None: ...  # noqa: D102
    @property
    def burned_in(self) -> bool | None: ...  # noqa: D102
    @property
    def bits(self) -> int: ...  # noqa: D102
    @property
    def frames(self) -> int: ...  # noqa: D102


def declared(facts: Declares, wanted: Input) -> Iterator[Check]:
    """Yield what the facts say against what the model's manifest is for."""
    yield _among("modality", facts.modality, wanted.modality, "The model reads {}; this is {}.")
    yield _among(
        "body part", facts.body_part, wanted.body_part, "The model reads the {}; this is the {}."
    )
    yield _view(facts.view, wanted.view)
    yield _laterality(facts.laterality)
    if facts.mirrored:
        yield failed("orientation", "The file says that left and right are exchanged.")
    elif facts.upside_down:
        yield failed("orientation", "The file says that the image stands on its head.")
    if wanted.bits and facts.bits < wanted.bits:
        yield failed("depth", f"The file has {facts.bits} bits; the model needs {wanted.bits}.")
    if facts.burned_in:
        yield failed("annotation", "The file says that text is burned into the image.", stops=False)


def _among(name: str, said: str, wanted: Sequence[str], words: str) -> Check:
    if not said or not wanted:
        return passed(name, "The file does not say." if not said else "", said or None)
    if said.upper() in wanted:
        return passed(name, value=said)
    return failed(name, words.format(" or ".join(wanted), said[:40]), said[:40])


def _view(said: str, wanted: Sequence[str]) -> Check:
    if said.upper() in _LATERAL and not _LATERAL & set(wanted):
        return failed("view", "This is a lateral view; the model reads frontal ones.", said)
    return _among("view", said, wanted, "The model reads the views {}; this is {}.")


def _laterality(said: str) -> Check:
    """Check that a chest, which has both sides, is not declared to be one of them (PS3.3 C.7.3)."""
    if said.upper() in {"L", "R"}:
        return failed(
            "laterality", "The file says one side of the body; a chest image shows both.", said
        )
    return passed("laterality", value=said or None)
