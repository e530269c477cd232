"""Whether an image is one that an added model is for: by its manifest, and by what the file says.

The shipped model has gates that look at pixels, and knows images unlike those it learned from. A
model that a site adds has neither, so its manifest is taken at its word: what the manifest asks for
and a file does not say is not read.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from wardround.capabilities.radiology.screening import Check, failed, passed
from wardround.engines.images import Facts, Image, Need
from wardround.engines.vision import Input

LEAST = 0.5
"""The least share of the rows and columns a network is given that an image must have itself."""
_CHEST = "CHEST"
_COLOUR = "colour"


def need_of(wanted: Input) -> Need:
    """Return what a manifest asks of a study, to choose one of its images by.

    A file may leave out whose image it is: the checks of the draft point that out.
    """
    return Need(
        modality=_upper(wanted.modality),
        body_part=_upper(wanted.body_part),
        view=_upper(wanted.view),
        identified=False,
    )


def suiting(facts: Facts, wanted: Input) -> Iterator[Check]:
    """Yield what a file declares against what a manifest is for."""
    yield _among("modality", "modality", facts.modality, wanted.modality)
    yield _among("body part", "body part", facts.body_part, wanted.body_part)
    yield _among("view", "view", facts.view, wanted.view)
    yield _sized(facts, wanted)
    yield from _coloured(facts, wanted)
    if wanted.bits:
        yield _deep(facts, wanted.bits)
    if wanted.spacing:
        yield _fine(facts, wanted.spacing)
    yield from _lying(facts, chest=_CHEST in {facts.body_part.upper(), *_upper(wanted.body_part)})
    if facts.burned_in:
        yield failed("annotation", "The file says that text is burned into the image.", stops=False)


def showing_something(image: Image) -> Check:
    """Return whether the pixels differ at all."""
    values = np.asarray(image.values)
    if values.size and np.isfinite(values).all() and float(np.ptp(values)) > 0:
        return passed("content", "The image shows something.")
    return failed("content", "The image is of one brightness throughout: it shows nothing.")


def _among(name: str, words: str, said: str, wanted: Sequence[str]) -> Check:
    if not wanted:
        return passed(name, f"The model reads any {words}.", said or None)
    asked = " or ".join(_upper(wanted))
    if not said:
        return failed(
            name, f"The file does not say its {words}; the model reads {asked} alone, and cannot "
            "tell by itself."
        )  # fmt: skip
    if said.upper() in _upper(wanted):
        return passed(name, f"The {words} is {said}, as the model asks.", said)
    return failed(name, f"The model reads the {words} {asked}; this is {said[:40]}.", said[:40])


def _sized(facts: Facts, wanted: Input) -> Check:
    rows, columns = wanted.size
    has = f"The image has {facts.rows} rows and {facts.columns} columns"
    share = min(facts.rows / rows, facts.columns / columns)
    if share < LEAST:
        return failed("size", f"{has}; the model is given {rows} and {columns}.", round(share, 3))
    if share < 1:
        says = f"{has}: fewer than the {rows} and {columns} that the model is given."
        return failed("size", says, round(share, 3), stops=False)
    return passed("size", f"{has}.")


def _coloured(facts: Facts, wanted: Input) -> Iterator[Check]:
    asks = wanted.steps[0].window == _COLOUR
    has = facts.channels == 3
    if asks and not has:
        yield failed("colour", "The image has no colour, and the model asks for it.")
    elif has and not asks:
        yield failed("colour", "The image is in colour; the model reads grey ones.")


def _deep(facts: Facts, bits: int) -> Check:
    if facts.bits < bits:
        return failed("depth", f"The file has {facts.bits} bits; the model needs {bits}.")
    return passed("depth", f"The file has {facts.bits} bits.")


def _fine(facts: Facts, wanted: tuple[float, float]) -> Check:
    asks = f"{wanted[0]:g} by {wanted[1]:g} mm"
    if facts.spacing is None or not all(np.isfinite(one) and one > 0 for one in facts.spacing):
        return failed(
            "spacing", f"The file does not say how large its pixels are; the model needs {asks} or "
            "finer."
        )  # fmt: skip
    has = f"{facts.spacing[0]:g} by {facts.spacing[1]:g} mm"
    if any(one > most for one, most in zip(facts.spacing, wanted, strict=True)):
        return failed("spacing", f"The pixels are {has}; the model needs {asks} or finer.")
    return passed("spacing", f"The pixels are {has}.")


def _lying(facts: Facts, *, chest: bool) -> Iterator[Check]:
    """Yield how the image lies; of a chest, which has both sides, what is exchanged stops it."""
    if facts.mirrored:
        says = "The file says that left and right are exchanged."
        yield failed("orientation", says, stops=chest)
    elif facts.upside_down:
        says = "The file says that the image stands on its head."
        yield failed("orientation", says, stops=chest)
    if chest and facts.laterality.upper() in {"L", "R"}:
        says = "The file says one side of the body; a chest image shows both."
        yield failed("laterality", says, facts.laterality)


def _upper(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.upper() for one in words)
