"""Notes with planted PHI, as many as are asked for, the same for the same seed."""

import random

from wardround.privacy.deid.evaluation.clinic.note import forms, note
from wardround.privacy.deid.evaluation.clinic.shapes import SHAPES
from wardround.privacy.deid.evaluation.document import Document, document, merged
from wardround.privacy.deid.evaluation.halves import Part, known

UNUSUAL = 0.2
"""The share of notes in an unusual shape."""


def documents(seed: int, number: int, part: Part) -> list[Document]:
    """Return a part's notes: ``dev`` to mend a detector on, ``test`` to measure it on.

    Sentences, layouts, names and places of one part are never in the other. What is a span: each
    identifier that Safe Harbor names. A title before a name belongs to it, credentials after do not; a
    state or a year alone is none; a street, a town and a ZIP code are each one, and so is whoever treats,
    employs or teaches someone.
    """
    known(part)
    return [_document(seed, at, part) for at in range(number)]


def _document(seed: int, at: int, part: Part) -> Document:
    rng = random.Random(f"{seed}/{part}/{at}")
    form = rng.choice(forms())
    shape = rng.choice(list(SHAPES)) if rng.random() < UNUSUAL else ""
    of, pieces = note(rng, part, form, voice=shape == "speech")
    if shape:
        pieces = SHAPES[shape](merged(pieces), of)
    named = form["name"] + (f", {shape}" if shape else "")
    return document(f"clinic-{part}-{at:04}", named, pieces)
