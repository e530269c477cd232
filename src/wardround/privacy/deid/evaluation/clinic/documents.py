"""Notes with planted PHI, as many as are asked for, the same for the same seed."""

import random
from dataclasses import dataclass

from wardround.privacy.deid.evaluation.clinic.note import forms, note
from wardround.privacy.deid.evaluation.clinic.pools import PARTS
from wardround.privacy.deid.evaluation.clinic.segment import assembled, merged
from wardround.privacy.deid.evaluation.clinic.shapes import SHAPES
from wardround.privacy.deid.evaluation.score import Marked

UNUSUAL = 0.2
"""The share of notes in an unusual shape."""


@dataclass(frozen=True)
class Document:
    """A note, what kind of note it is, and where its identifiers stand."""

    id: str
    form: str
    text: str
    spans: tuple[Marked, ...]


def documents(seed: int, number: int, part: str) -> list[Document]:
    """Return a part's notes: ``dev`` to mend a detector on, ``test`` to measure it on.

    Sentences, layouts, names and places of one part are never in the other. What is a span: each
    identifier that Safe Harbor names. A title before a name belongs to it, credentials after do not; a
    state or a year alone is none; a street, a town and a ZIP code are each one, and so is whoever treats,
    employs or teaches someone.
    """
    if part not in PARTS:
        raise ValueError(f"no part {part!r}: there are {', '.join(PARTS)}")
    return [_document(seed, at, part) for at in range(number)]


def _document(seed: int, at: int, part: str) -> Document:
    rng = random.Random(f"{seed}/{part}/{at}")
    form = rng.choice(forms())
    shape = rng.choice(list(SHAPES)) if rng.random() < UNUSUAL else ""
    of, segments = note(rng, part, form, voice=shape == "speech")
    if shape:
        segments = SHAPES[shape](merged(segments), of)
    text, spans = assembled(segments)
    named = form["name"] + (f", {shape}" if shape else "")
    return Document(f"clinic-{part}-{at:04}", named, text, spans)
