"""The benchmark: how well PHI is found in documents of five hands and in published queries.

What counts is ``test``. Tokens are runs of letters and figures, whatever their kind; an identifier
counts as found when all its tokens are. A title before a name (``Dr.``) belongs to it, as ASQ-PHI
has it. Time is that of the processor, in ``find`` alone.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import process_time

from wardround.privacy.deid.evaluation.report import (
    FalseAlarms,
    Measured,
    OfForm,
    OfKind,
    Report,
    Start,
)
from wardround.privacy.deid.evaluation.score import Score, tokens, total
from wardround.privacy.deid.evaluation.sets import (
    OTHERS,
    QUERIES,
    Find,
    Prose,
    Texts,
    prose,
    sets,
)
from wardround.privacy.deid.text.detector import load_detector
from wardround.privacy.deid.text.lexicon import HERE

LENGTH = 2_500
"""Characters of the note that speed is counted in."""
TARGETS = {"recall": 0.995, "precision": 0.97, "entities": 0.99, "clean": 0.90}
"""What is wanted on test documents, whoever wrote them."""
ASQ_TARGETS = {"recall": 0.97, "precision": 0.95}
EXAMPLES = 40
"""Of what was missed, and of what was found for nothing."""


def evaluate(data: Path) -> Report:
    """Measure below the folder of published sets; raise ``InvalidInput``, ``Unavailable``."""
    start = process_time()
    find = load_detector().find
    find("")
    loading = process_time() - start
    measured: list[Measured] = []
    forms: list[OfForm] = []
    clean: list[str] = []
    others = Score()
    for texts in sets(data, find):
        scores, seconds = _scored(texts, find)
        measured.append(_row(texts, scores, seconds))
        if texts.part == "test" and texts.name == QUERIES:
            clean = [one.text for one in texts.documents if not one.spans]
        elif texts.part == "test":
            forms += _by_form(texts.name, scores)
            others = total([others, *scores.values()]) if texts.name in OTHERS else others
    unasked = Prose(f"{QUERIES} queries without PHI, test", False, clean)
    return Report(
        model="wardround-deid",
        digest=_digest(),
        measured=(
            *measured,
            *_by_kind(others),
            *forms,
            *(_false_alarms(one, find) for one in (*prose(data), unasked)),
            Start(what="the detector, to its first answer", cpu_seconds=round(loading, 2)),
        ),
        met=all(row.met is not False for row in measured),
    )


def _scored(texts: Texts, find: Find) -> tuple[dict[str, Score], float]:
    """Return a score for each form of document, and the seconds that finding took."""
    start = process_time()
    found = [find(document.text) for document in texts.documents]
    seconds = process_time() - start
    scores: dict[str, Score] = defaultdict(lambda: Score(examples=texts.part == "dev"))
    for document, spans in zip(texts.documents, found, strict=True):
        # A note of an unusual shape is counted with its shape, which is said last.
        score = scores[document.form.rpartition(", ")[2]]
        score.add(document.text, document.spans, [(s.start, s.end, str(s.kind)) for s in spans])
    return scores, seconds


def _row(texts: Texts, scores: Mapping[str, Score], seconds: float) -> Measured:
    score = total(scores.values())
    size = sum(len(document.text) for document in texts.documents) / LENGTH
    figures = _figures(score)
    targets = ASQ_TARGETS if texts.name == QUERIES else TARGETS
    met = all(figures[name] >= wanted for name, wanted in targets.items())
    return Measured(
        set=f"{texts.name}, {texts.part}",
        texts=score.documents,
        **figures,
        per_second=round(size / (seconds or 1)),
        met=met if texts.part == "test" else None,
        missed=tuple(score.misses[:EXAMPLES]),
        wrong=tuple(score.extras[:EXAMPLES]),
    )


def _figures(score: Score) -> dict[str, float]:
    return {
        "recall": round(score.recall, 4),
        "precision": round(score.precision, 4),
        "entities": round(score.entity_recall, 4),
        "clean": round(score.clean / (score.documents or 1), 3),
    }


def _by_kind(score: Score) -> Iterator[OfKind]:
    for kind, number in sorted(score.entities.items()):
        yield OfKind(kind=kind, identifiers=number, whole=round(score.whole[kind] / number, 4))


def _by_form(name: str, scores: Mapping[str, Score]) -> Iterator[OfForm]:
    """Yield a set's forms, that of which most is left in clear first."""
    for form, score in sorted(scores.items(), key=lambda one: one[1].entity_recall):
        yield OfForm(
            data=f"forms, {name}, test", form=form, texts=score.documents, **_figures(score)
        )


def _false_alarms(texts: Prose, find: Find) -> FalseAlarms:
    score = Score()
    for text in texts.texts:
        score.add(text, (), [(span.start, span.end, str(span.kind)) for span in find(text)])
    words = sum(len(tokens(text)) for text in texts.texts)
    return FalseAlarms(
        set=texts.name,
        texts=score.documents,
        words=words,
        per_1000=round(1000 * score.wrong / (words or 1), 2),
        untouched=round(score.untouched / (score.documents or 1), 3),
        words_known=texts.known,
    )


def _digest() -> str:
    """Return the sha256 of all that the detector is made of: code, rules, words, and what it learned."""
    digest = hashlib.sha256()
    for path in sorted(filter(Path.is_file, HERE.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()
