"""The benchmark: our notes beside published ones, with one scorer.

ROUGE is that of the ``rouge-score`` package with stemming, F1 in per cent, averaged over visits;
for RLsum sentences are split at newlines. Grounding is defined in ``grounding``.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

from pydantic import Field

from wardround.capabilities.documentation.benchmark import Visit, peers, read_snippets, read_visits
from wardround.capabilities.documentation.grounding import grounding, stemmer
from wardround.capabilities.documentation.model import Note, Transcript
from wardround.capabilities.documentation.writer import Writer
from wardround.engines.text import load
from wardround.kernel import Evidence, Noun, TextSpan, Unavailable

Score = Callable[[str, str], tuple[float, float, float]]
OURS = "Wardround"
_ASR = ("valid_aci_asr", "valid_aci_asrcorr", "valid_virtscribe_asr", "valid_virtscribe_humantrans")


class Measured(Noun):
    """One system on one set of visits; scores and shares in per cent, averaged over visits.

    ``supported`` is the share of sentences that carry at least one span, all within their turns;
    ``seconds`` the time to draft one visit. Both are known for our own notes only.
    """

    data: str
    system: str
    visits: int
    rouge1: float
    rouge2: float
    rouge_lsum: float
    grounded_words: float
    grounded_digits: float
    words: float
    supported: float | None = None
    seconds: float | None = None
    sentences: dict[str, float] = Field(default_factory=dict)
    """Sentences per visit in each section, for our own notes."""


class Report(Noun):
    """What was measured, in the order of the tables."""

    model: str
    digest: str
    measured: tuple[Measured, ...]


def evaluate(data: Path) -> Report:
    """Measure on the published sets below ``data``; raise ``InvalidInput``, ``Unavailable``."""
    score, tagger = scorer(), load()
    others = published(data, score)
    first, *more = ours(data, Writer(tagger), score)
    return Report(
        model=f"{tagger.name} {tagger.version}",
        digest=tagger.digest,
        measured=(first, *others, *more),
    )


def ours(data: Path, writer: Writer, score: Score) -> list[Measured]:
    """Measure our own notes on each set, ACI-Bench test1 first."""
    aci = data / "aci-bench"
    names = ("test1", "valid", *(f"asr/{name}" for name in _ASR))
    snippets = read_snippets(data / "mts-dialog" / "valid.csv")
    return [
        *(
            _ours(f"ACI-Bench {name}", read_visits(aci / f"{name}.csv"), writer, score)
            for name in names
        ),
        _ours("MTS-Dialog valid", snippets, writer, score, body=True),
    ]


def published(data: Path, score: Score) -> list[Measured]:
    """Measure the notes of others on ACI-Bench test1, and what any note should do better than."""
    aci = data / "aci-bench"
    train, test1 = read_visits(aci / "train.csv"), read_visits(aci / "test1.csv")
    measured = []
    for name, notes in [
        ("(reference note)", {v.identifier: v.note for v in test1}),
        *peers(aci / "baselines"),
    ]:
        measured.append(_published("ACI-Bench test1", name, test1, notes, score))
    copied = nearest(train, test1)
    measured.append(_published("ACI-Bench test1", "(note of nearest visit)", test1, copied, score))
    said = {visit.identifier: visit.words for visit in test1}
    measured.append(_published("ACI-Bench test1", "(transcript itself)", test1, said, score))
    return measured


def scorer() -> Score:
    """Return the scorer of a reference and a note; raise ``Unavailable`` without the extra."""
    try:
        from rouge_score.rouge_scorer import RougeScorer
        from rouge_score.tokenize import tokenize
    except ImportError as error:
        raise Unavailable(
            "rouge-score is not installed.", mend='Install it: pip install "wardround[evaluate]".'
        ) from error
    words = SimpleNamespace(tokenize=lambda text: tokenize(text, SimpleNamespace(stem=stemmer())))
    rouge = RougeScorer(["rouge1", "rouge2", "rougeLsum"], tokenizer=words)

    def score(reference: str, note: str) -> tuple[float, float, float]:
        found = rouge.score(reference, note)
        return (
            100 * found["rouge1"].fmeasure,
            100 * found["rouge2"].fmeasure,
            100 * found["rougeLsum"].fmeasure,
        )

    return score


def nearest(train: Sequence[Visit], visits: Sequence[Visit]) -> dict[str, str]:
    """Return for each visit the note of the training visit whose words are most like its own."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer()
    known = vectorizer.fit_transform(visit.words for visit in train)
    likeness = vectorizer.transform(visit.words for visit in visits) @ known.T
    best = likeness.toarray().argmax(axis=1)
    return {visit.identifier: train[place].note for visit, place in zip(visits, best, strict=True)}


def supported(note: Note, evidence: Sequence[Evidence], transcript: Transcript) -> float:
    """Return the share of sentences whose spans are there and lie within their turns."""
    sources = {item.claim: item.sources for item in evidence}
    valid = [
        bool(spans := sources.get(f"/sections/{i}/sentences/{j}", ()))
        and all(_within(span, transcript) for span in spans)
        for i, section in enumerate(note.sections)
        for j, _ in enumerate(section.sentences)
    ]
    return sum(valid) / len(valid) if valid else 1.0


def _within(span: object, transcript: Transcript) -> bool:
    return (
        isinstance(span, TextSpan)
        and span.part < len(transcript.turns)
        and span.end <= len(transcript.turns[span.part].source)
    )


def _ours(
    data: str, visits: Sequence[Visit], writer: Writer, score: Score, *, body: bool = False
) -> Measured:
    """Draft and measure; with ``body`` the note is scored without its headings."""
    begun = perf_counter()
    drafted = [writer.write(visit.transcript) for visit in visits]
    seconds = (perf_counter() - begun) / len(visits)
    notes = {
        visit.identifier: _body(note) if body else note.text
        for visit, (note, _) in zip(visits, drafted, strict=True)
    }
    counts = Counter(
        {
            section.title: sum(
                len(s.sentences)
                for note, _ in drafted
                for s in note.sections
                if s.code == section.code
            )
            for note, _ in drafted
            for section in note.sections
        }
    )
    valid = [
        supported(note, evidence, visit.transcript)
        for visit, (note, evidence) in zip(visits, drafted, strict=True)
    ]
    return _published(data, OURS, visits, notes, score).model_copy(
        update={
            "supported": round(100 * sum(valid) / len(valid), 1),
            "seconds": round(seconds, 4),
            "sentences": {title: round(n / len(visits), 1) for title, n in counts.items()},
        }
    )


def _body(note: Note) -> str:
    return "\n".join(sentence.text for section in note.sections for sentence in section.sentences)


def _published(
    data: str, system: str, visits: Sequence[Visit], notes: Mapping[str, str], score: Score
) -> Measured:
    pairs = [(visit, notes[visit.identifier]) for visit in visits if visit.identifier in notes]
    scores = [score(visit.note, note) for visit, note in pairs]
    grounds = [grounding(note, visit.words) for visit, note in pairs]
    one, two, lsum = (sum(column) / len(pairs) for column in zip(*scores, strict=True))
    return Measured(
        data=data,
        system=system,
        visits=len(pairs),
        rouge1=round(one, 1),
        rouge2=round(two, 1),
        rouge_lsum=round(lsum, 1),
        grounded_words=_percent([item.words for item in grounds]),
        grounded_digits=_percent([item.digits for item in grounds]),
        words=round(sum(len(note.split()) for _, note in pairs) / len(pairs), 0),
    )


def _percent(shares: Sequence[float | None]) -> float:
    known = [share for share in shares if share is not None]
    return round(100 * sum(known) / len(known), 1) if known else 0.0
