"""Train what the PHI detector has learned of names and places, and write its weights.

    WARDROUND_DATA=… python -m scripts.train_privacy_names words|beside|figures [--out FILE]

Texts with marked PHI are those that the other hands of ``evaluation`` make of their parts ``dev``, planted
notes of seeds that no evaluation uses, and sentences of ``privacy_sentences.txt``. To them come published
notes, case reports and conversations, in which what the rules do not find is taken to be no PHI. Names and
towns are changed for others before training, so that none is learnt by heart; some texts lose their case.
The same data give the same files: first ``words``, then, on what these find, ``beside``, and ``figures``.
"""

import argparse
import csv
import os
import random
import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scripts.invented_names import Document, Invented, Marks
from sklearn.linear_model import LogisticRegression

from wardround.privacy.deid.evaluation import clinic, handwritten, hospital, voices
from wardround.privacy.deid.evaluation.document import Document as Marked
from wardround.privacy.deid.evaluation.planting import Planter
from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text import ages, figures, growing, learned
from wardround.privacy.deid.text.detector import Detector, settled
from wardround.privacy.deid.text.lexicon import load_lexicon
from wardround.privacy.deid.text.reading import Reading

CARD = learned.MODEL.parent.parent / "card.yaml"
"""The card in which the digest of each file stands."""
SEEDS = (1001, 1003)
HANDS: tuple[Callable[[int, int, Literal["dev"]], Sequence[Marked]], ...] = (
    hospital.documents,
    clinic.documents,
    voices.documents,
)
OF_EACH = 700
"""Documents of each hand."""
WEIGHT = 2
"""How often a document that was written as a whole comes again with other names."""


@cache
def load_rules() -> Detector:
    """Return the rules, with what is learned of words: files that are about to be made are not read."""
    return Detector(load_lexicon(), learned.load_learned())


def plain(made: Marked) -> Document:
    return made.text, [(start, end, str(kind)) for start, end, kind in made.spans]


def without_case(document: Document, how: str) -> Document | None:
    """Return a document in capitals, or as a recogniser writes it."""
    text, marks = document
    changed = text.upper() if how == "capitals" else text.lower()
    if len(changed) != len(text):
        return None
    if how != "capitals":
        changed = re.sub(r"[.,;:!?()](?=\s|$)", " ", changed)
    return changed, marks


def samples(document: Document, *, clean: bool = False) -> Iterator[tuple[list[str], int]]:
    """Yield the features of each word, and whether it is of a name (1), a place (2) or neither."""
    text, marks = document
    reading = Reading(text, load_lexicon())
    kept = settled(load_rules().rules(reading)) if clean else []
    for at in learned.candidates(reading):
        start = reading.starts[at]
        kind = next((kind for begin, end, kind in marks if begin <= start < end), "")
        if (kind and kind not in {"name", "place"}) or any(f.start <= start < f.end for f in kept):
            continue
        flat = reading.is_flat_at(at)
        around = [learned.seen(piece, flat) for piece in learned.window(reading.pieces, at)]
        features = [
            f"{offset}{feature}"
            for offset, word in zip(learned.OFFSETS, around, strict=True)
            for feature in (word.beside if offset else word.itself)
        ]
        yield [*features, *learned.pairs(around)], {"": 0, "name": 1, "place": 2}[kind]


def beside(document: Document) -> Iterator[tuple[list[str], int]]:
    """Yield the features of words beside names and places, and whether they belong to them."""
    text, marks = document
    reading = Reading(text, load_lexicon())
    starts, pieces = reading.starts, reading.pieces
    detector = Detector(load_lexicon(), learned.load_learned())
    of = {"name", "place"}

    def kind_at(at: int) -> str:
        return next((kind for begin, end, kind in marks if begin <= starts[at] < end), "")

    for find in detector.parts(reading):
        if find.kind not in growing.GROWN:
            continue
        first = max(0, bisect_right(starts, find.start) - 1)
        last = max(first, bisect_left(starts, find.end) - 1)
        for edge, step in ((first, -1), (last, 1)):
            at = edge
            for _ in range(growing.MOST):
                found = growing.next_word(reading, at, step)
                if found is None or not pieces[found[0]][0].isalnum():
                    break
                now, gap = found
                belongs = kind_at(now) in of
                yield growing.features(reading, find.kind, at, now, step, gap), int(belongs)
                if not belongs:
                    break
                at = now


def aged(document: Document, rng: random.Random) -> Document:
    """Return a document in which people are over 89: every other age that the rules would tell is raised."""
    text, marks = document
    for found in re.finditer(r"(?<![\w.,/-])[1-8]\d(?![\w.,]\d|\d|/\d)", text):
        start, end = found.span()
        if rng.random() < 0.5 or any(begin < end and start < stop for begin, stop, _ in marks):
            continue
        raised = f"{text[:start]}9{text[start + 1 :]}"
        around = Reading(raised[max(0, start - 90) : end + 40], load_lexicon())
        shift = max(0, start - 90)
        if any(
            find.start + shift <= start < find.end + shift
            for find in ages.find_ages(around, load_lexicon())
        ):
            text, marks = raised, [*marks, (start, end, str(Kind.AGE))]
    return text, marks


def numbers(document: Document, *, clean: bool = False) -> Iterator[tuple[list[str], int]]:
    """Yield the features of each number, and which of ``figures.CLASSES`` it is, from 1; or 0, none."""
    text, marks = document
    reading = Reading(text, load_lexicon())
    kept = settled(load_rules().rules(reading)) if clean else []
    for start, end in figures.candidates(reading):
        kind = next((kind for begin, stop, kind in marks if begin < end and start < stop), "")
        if not kind and any(find.start < end and start < find.end for find in kept):
            continue
        told = Kind(kind) if kind in figures.CLASSES else Kind.OTHER
        label = 1 + figures.CLASSES.index(told) if kind else 0
        yield figures.features(reading, start, end), label


def fit(
    bags: Sequence[Sequence[str]], labels: Sequence[int]
) -> tuple[list[str], NDArray[np.float64]]:
    """Return the features and their weights against neither; the last row is the bias."""
    counts = Counter(feature for bag in bags for feature in set(bag))
    features = sorted(feature for feature, number in counts.items() if number >= 3)
    place = {feature: at for at, feature in enumerate(features)}
    rows = [[place[feature] for feature in bag if feature in place] for bag in bags]
    bounds = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([np.array(row, dtype=np.int32) for row in rows])
    ones = np.ones(len(columns), dtype=np.float32)
    matrix = csr_matrix((ones, columns, bounds), shape=(len(rows), len(features)))
    matrix.sum_duplicates()
    model = LogisticRegression(C=1.0, max_iter=100)
    model.fit(matrix, labels)
    weights = np.vstack([model.coef_.T, model.intercept_[None, :]])
    return features, weights if len(model.classes_) == 2 else weights[:, 1:] - weights[:, :1]


def documents(data: Path) -> Iterator[Document]:
    """Yield all that is marked, with names changed and with case taken away."""
    invented = Invented(905)
    rng = invented.rng
    fillers = list(prose(data, notes=True))
    fillers = [line for note in fillers for line in note.split("\n") if 60 < len(line) < 420]
    made = [invented.sentences(fillers) for _ in range(660)]
    planted = [plain(note) for seed in SEEDS for note in Planter(fillers, seed).notes(207)]
    others = [plain(one) for hand in HANDS for one in hand(SEEDS[0], OF_EACH, "dev")]
    for one in map(plain, handwritten.documents("dev")):
        yield one
        for _ in range(WEIGHT):
            yield invented.renamed(one)
            flat = without_case(invented.renamed(one), rng.choice(("capitals", "speech")))
            if flat is not None and not one[0].islower():
                yield flat
    yield from planted[:207]
    yield from map(invented.renamed, planted[207:])
    yield from others
    yield from map(invented.renamed, others)
    yield from made[:500]
    for document in [*map(invented.renamed, others), *made[500:]]:
        flat = without_case(document, rng.choice(("capitals", "speech")))
        if flat is not None:
            yield flat


def prose(data: Path, *, notes: bool) -> Iterator[str]:
    """Yield published notes, or conversations, of no part that an evaluation is made of."""
    for folder, field in (
        (("aci-bench", "note"), ("mts-dialog", "section_text"))
        if notes
        else (("aci-bench", "dialogue"), ("mts-dialog", "dialogue"))
    ):
        for name in ("train", "valid") if notes else ("train",):
            with (data / folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
                yield from (row[field] for row in csv.DictReader(file))
    if notes:
        for path in sorted((data / "codiesp" / "train").rglob("*.txt")):
            yield path.read_text("utf-8", errors="replace")


def everything(data: Path) -> Iterator[tuple[list[str], int]]:
    for document in documents(data):
        yield from samples(document)
    written, said = list(prose(data, notes=True)), list(prose(data, notes=False))
    random.Random(7).shuffle(written)
    flat = [text.upper() for text in written[:150]] + [text.lower() for text in written[150:300]]
    flat += [listed(text, random.Random(at)) for at, text in enumerate(written[300:700])]
    for text in [*written, *flat, *map(str.lower, said[:370])]:
        yield from samples((text, []), clean=True)


def listed(text: str, rng: random.Random) -> str:
    """Return the sentences of a text as items of a list, as charts have them: each begins with a capital."""
    sentences = re.split(r"(?<=[.;:])\s+", text)
    rng.shuffle(sentences)
    item = rng.choice(("- ", "* ", "", "> ", "• ", "1. ", "\n"))
    return "\n".join(f"{item}{one[:1].upper()}{one[1:]}" for one in sentences)


def write(features: Sequence[str], weights: NDArray[np.float64], out: Path) -> None:
    useful = np.abs(weights[:-1]).max(axis=1) > 0.05
    kept = [feature for feature, keep in zip(features, useful, strict=True) if keep]
    scale = float(np.abs(weights[:-1]).max()) / 32_000
    np.savez_compressed(
        out,
        features=np.frombuffer("\n".join(kept).encode(), dtype=np.uint8),
        weights=np.round(weights[:-1][useful] / scale).astype(np.int16),
        scale=np.float64(scale),
        bias=weights[-1],
    )
    digest = sha256(out.read_bytes()).hexdigest()
    print(f"{len(kept)} features, {out.stat().st_size} bytes, sha256 {digest}: {out}")
    card = CARD.read_text("utf-8")
    CARD.write_text(re.sub(rf"({out.name}\n *digest: )\w+", rf"\g<1>{digest}", card), "utf-8")


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("part", choices=("words", "beside", "figures"))
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args(list(arguments) if arguments is not None else None)
    if "WARDROUND_DATA" not in os.environ:
        sys.exit("Set WARDROUND_DATA to the folder of published data sets.")
    data = Path(os.environ["WARDROUND_DATA"])
    found: Iterable[tuple[list[str], int]]
    clean = (text for notes in (True, False) for text in prose(data, notes=notes))
    rng = random.Random(11)
    if chosen.part == "words":
        found, out = everything(data), learned.MODEL
    elif chosen.part == "beside":
        whole = chain(documents(data), ((text, Marks()) for text in clean))
        found, out = (one for document in whole for one in beside(document)), growing.MODEL
    else:
        found = chain(
            (one for document in documents(data) for one in numbers(aged(document, rng))),
            (one for text in clean for one in numbers(aged((text, []), rng), clean=True)),
        )
        out = figures.MODEL
    bags, labels = zip(*found, strict=True)
    write(*fit(bags, labels), chosen.out or out)


if __name__ == "__main__":
    main()
