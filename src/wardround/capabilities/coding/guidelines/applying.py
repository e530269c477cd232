"""The guidelines applied to the codes of one note, step by step."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from wardround.capabilities.coding.found import Found
from wardround.capabilities.coding.guidelines.codebook import codebook
from wardround.capabilities.coding.guidelines.combining import combine
from wardround.capabilities.coding.guidelines.companions import add_companions
from wardround.capabilities.coding.guidelines.conflicts import drop_nested, settle_conflicts
from wardround.capabilities.coding.guidelines.descending import descend
from wardround.capabilities.coding.guidelines.encounters import settle_encounters
from wardround.capabilities.coding.guidelines.model import (
    EVERY_STEP,
    Assertions,
    Guided,
    Setting,
    Step,
)
from wardround.capabilities.coding.guidelines.note import Note
from wardround.capabilities.coding.guidelines.pregnancy import resolve_trimester
from wardround.capabilities.coding.guidelines.queries import ask
from wardround.capabilities.coding.guidelines.refining import refine, refine_completed
from wardround.capabilities.coding.guidelines.sequencing import sequence
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.capabilities.coding.guidelines.sides import resolve_sides
from wardround.capabilities.coding.guidelines.stated import weigh_statements
from wardround.capabilities.coding.guidelines.symptoms import drop_symptoms
from wardround.engines.assertion import assess
from wardround.engines.terminology import Tabular


def apply(
    text: str,
    found: Iterable[Found],
    on: date | None,
    setting: Setting | None,
    tabular: Tabular,
    assertions: Assertions | None = None,
    *,
    steps: Collection[Step] = EVERY_STEP,
) -> Guided:
    """Return the codes of a claim in their order, with queries and remarks.

    ``found`` is best first. ``assertions`` tells of each span what the note says of it; a span that
    it lacks stands as present, and without any the spans are assessed here. The edition of
    ``tabular`` is that of the day of service, or the nearest. Without a ``setting`` what is
    uncertain is kept and said to be so. Only ``steps`` are applied. Each code that comes back has
    the words that say it: one without words is left out, with a remark.
    """
    given = tuple(found)
    if assertions is None:
        assertions = _assessed(text, given) if Step.ASSERTION in steps else {}
    sheet = Sheet(Note(text, assertions), codebook(tabular.nearest(on)), assertions, on, setting)
    for one in given:
        if one.spans:
            sheet.add(one)
        else:
            sheet.remark("dropped", (one.code,), "No words of the note say it.", "III")
    for needed, work in _WORK:
        if needed <= set(steps):
            work(sheet)
    return Guided(sheet.codes, tuple(sheet.queries), tuple(sheet.remarks))


def _assessed(text: str, found: Sequence[Found]) -> Assertions:
    spans = list(dict.fromkeys(span for one in found for span in one.spans))
    return dict(zip(spans, assess(text, spans), strict=True))


def _detail(sheet: Sheet) -> None:
    refine(sheet)
    resolve_sides(sheet)
    resolve_trimester(sheet)
    settle_encounters(sheet)


_WORK: tuple[tuple[set[Step], Callable[[Sheet], None]], ...] = (
    ({Step.ASSERTION}, weigh_statements),
    ({Step.CONFLICTS}, drop_nested),
    ({Step.SPECIFICITY}, _detail),
    ({Step.COMPLETENESS}, descend),
    ({Step.COMPLETENESS, Step.SPECIFICITY}, refine_completed),
    ({Step.COMPLETENESS, Step.SPECIFICITY}, resolve_sides),
    ({Step.COMPLETENESS, Step.SPECIFICITY}, resolve_trimester),
    ({Step.COMBINATION}, combine),
    ({Step.COMBINATION, Step.SPECIFICITY}, resolve_sides),
    ({Step.COMBINATION, Step.SPECIFICITY}, resolve_trimester),
    ({Step.SYMPTOMS}, drop_symptoms),
    ({Step.COMPANIONS}, add_companions),
    ({Step.CONFLICTS}, settle_conflicts),
    ({Step.SEQUENCE}, sequence),
    ({Step.QUERIES}, ask),
)
