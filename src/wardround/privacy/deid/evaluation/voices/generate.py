"""Documents with PHI at known places, made from a seed."""

import random

from wardround.privacy.deid.evaluation.document import Document, document
from wardround.privacy.deid.evaluation.halves import Part, known
from wardround.privacy.deid.evaluation.voices.case import Case
from wardround.privacy.deid.evaluation.voices.forms import FORMS, Form
from wardround.privacy.deid.evaluation.voices.layout import lay_out
from wardround.privacy.deid.evaluation.voices.lists import entries, section
from wardround.privacy.deid.evaluation.voices.style import STYLES


def documents(seed: int, number: int, part: Part) -> list[Document]:
    """Make ``number`` documents of ``dev`` or of ``test``, which share no sentence, name or place.

    The same seed makes the same documents, as long as faker's lists of names stay as they are.
    """
    known(part)
    made = []
    for at in range(number):
        rng = random.Random(f"voices {seed} {part} {at}")
        form = FORMS[at % len(FORMS)]
        made.append(_document(rng, form, part, f"voices-{part}-{seed}-{at:04d}"))
    return made


def _document(rng: random.Random, form: Form, part: Part, name: str) -> Document:
    style = STYLES[rng.choice(form.styles)]
    case = Case(rng, part, style)
    opening = rng.choice(section(f"{form.name}.open", part))
    closing = rng.choice(section(f"{form.name}.close", part))
    return document(name, form.name, lay_out(case, form, opening, _body(rng, form, part), closing))


def _body(rng: random.Random, form: Form, part: Part) -> list[tuple[str, str]]:
    """Sentences and the lists they are from: with PHI and without, in a good mix."""
    size, slots = rng.randrange(900, 2800), rng.randrange(8, 21)
    share = rng.choice((0.4, 0.55, 0.7))
    told = _shuffled(rng, form.carriers, part)
    plain = _shuffled(rng, tuple(f"clinical_{name}" for name in form.clinical), part)
    body: list[tuple[str, str]] = []
    length = planted = 0
    while planted < slots or length < min(size, 1000):
        source = told if planted < slots and (not plain or rng.random() < share) else plain
        if length > size and told and planted < slots:
            source = told
        if not source:
            break
        sentence, name = source.pop()
        body.append((sentence, name))
        length += len(sentence)
        planted += sentence.count("{")
    rng.shuffle(body)
    return body


def _shuffled(rng: random.Random, names: tuple[str, ...], part: Part) -> list[tuple[str, str]]:
    found = [
        (line, name)
        for name in names
        for line in entries(f"carriers/{name}", part)
        if not name.startswith("rare") or rng.random() < 0.6
    ]
    rng.shuffle(found)
    return list(dict.fromkeys(found))
