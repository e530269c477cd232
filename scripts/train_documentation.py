"""Train the text engine of visit notes from published data, and write its model file.

    WARDROUND_DATA=… python scripts/train_documentation.py [--out FILE]

Reads ACI-Bench ``train`` (labels by alignment of note and transcript) and MTS-Dialog ``train``
(where sentences end); nothing of the validation or test sets. The same data give the same file.
"""

import argparse
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import skops.io
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from wardround.capabilities.documentation.benchmark import Visit, read_visits, rows
from wardround.capabilities.documentation.writing.exchanges import Exchange, pair
from wardround.capabilities.documentation.writing.numbers import digits
from wardround.capabilities.documentation.writing.segments import segment
from wardround.capabilities.documentation.writing.selection import surroundings
from wardround.capabilities.documentation.writing.words import split
from wardround.engines.text import LABELS, ROLES
from wardround.engines.text.features import of_end, of_sentence
from wardround.engines.text.linear import MODEL, LinearHead

HEADINGS = {
    "cc": "chief complaint",
    "ros": "review of systems",
    "exam": "physical exam|physical examination|exam|vitals|vitals reviewed",
    "results": "results",
    "plan": "assessment and plan|assessment|plan|impression|instructions",
    "hpi": "history of present illness|hpi|current medications|medications|past medical history"
    "|past surgical history|medical history|surgical history|social history|family history"
    "|past history|allergies|birth history|procedure",
}
_SECTION = {heading: label for label, names in HEADINGS.items() for heading in names.split("|")}
_ROLE_LABELS = {
    "medical reasoning": "reasoning",
    "additional testing": "testing",
    "medical treatment": "treatment",
    "specialist referrals": "referral",
    "patient education and counseling": "education",
}
_STOPWORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "and",
        "or",
        "in",
        "on",
        "at",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "he",
        "she",
        "his",
        "her",
        "him",
        "it",
        "its",
        "that",
        "this",
        "these",
        "those",
        "for",
        "with",
        "as",
        "by",
        "from",
        "i",
        "you",
        "we",
        "they",
        "them",
        "my",
        "your",
        "our",
        "me",
        "us",
        "not",
        "no",
        "do",
        "does",
        "did",
        "so",
        "but",
        "if",
        "then",
        "there",
        "here",
        "which",
        "who",
        "what",
        "when",
        "how",
        "will",
        "would",
        "can",
        "could",
        "should",
        "may",
        "patient",
        "reports",
        "denies",
        "endorses",
        "states",
        "today",
        "any",
        "some",
    ]
)


def read_note(note: str) -> Iterator[tuple[str, str, str]]:
    """Yield section, role and text of each sentence of a published note."""
    section, role = "hpi", ""
    for line in note.splitlines():
        text = line.strip().strip("-•* ").strip()
        heading = text.rstrip(":").lower()
        if heading in _SECTION:
            section = _SECTION[heading]
            role = "followup" if heading == "instructions" else ""
            continue
        label, colon, rest = text.partition(":")
        known = _ROLE_LABELS.get(label.strip().lower()) if colon and section == "plan" else None
        if known:
            role, text = known, rest
        elif section == "plan" and re.fullmatch(r"(?:\d+\.\s*)?[^.:]{3,60}\.?", text):
            role = "problem"
        for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z•-])", text):
            if any(character.isalnum() for character in sentence):
                yield section, role, sentence
                if role == "problem":
                    role = ""


def stems(words: Iterable[str]) -> list[str]:
    """Return content words cut to comparable forms."""
    return [
        re.sub(r"(?:ies|ing|ed|es|s|ly)$", "", word) if len(word) > 4 else word
        for word in digits(list(words))
        if word not in _STOPWORDS and word[0].isalnum()
    ]


def align(visit: Visit, exchanges: Sequence[Exchange], idf: dict[str, float]) -> list[set[str]]:
    """Return for each exchange the labels and roles of the note sentences that draw on it."""
    bags = [
        Counter(stems(word for segment in item.segments for word in segment.words))
        for item in exchanges
    ]
    labels: list[set[str]] = [set() for _ in exchanges]
    for section, role, sentence in read_note(visit.note):
        bag = set(stems(word.text for word in split(sentence)))
        total = sum(idf.get(word, 6.0) for word in bag)
        if not total:
            continue
        scored = []
        for index, other in enumerate(bags):
            shared = sum(idf.get(word, 6.0) for word in bag if word in other)
            size = sum(idf.get(word, 6.0) for word in other) or 1.0
            scored.append((2 * shared / (total + size), shared / total, index))
        best = max(scored)
        for score, _, index in scored:
            if score >= 0.34 or (score == best[0] and score >= 0.18):
                labels[index].add(section)
                if role:
                    labels[index].add(role)
    return labels


def frequencies(visits: Iterable[Visit]) -> dict[str, float]:
    """Return the inverse document frequency of each stem over the transcripts."""
    documents = [
        {
            stem
            for turn in visit.transcript.turns
            for stem in stems(w.text for w in split(turn.text))
        }
        for visit in visits
    ]
    counts = Counter(stem for document in documents for stem in document)
    return {stem: log((1 + len(documents)) / (1 + n)) + 0.2 for stem, n in counts.items()}


def fit(
    samples: Sequence[Iterable[str]], labels: NDArray[np.int_], *, least: int, strength: float
) -> dict[str, Any]:
    """Return one head: the vocabulary of features seen ``least`` times, and their weights."""
    bags = [set(sample) for sample in samples]
    counts = Counter(feature for bag in bags for feature in bag)
    vocabulary = sorted(feature for feature, n in counts.items() if n >= least)
    place = {feature: index for index, feature in enumerate(vocabulary)}
    rows = [sorted(place[feature] for feature in bag if feature in place) for bag in bags]
    data = np.concatenate([np.full(len(row), 1.0 / max(1, len(row)) ** 0.5) for row in rows])
    indices = np.concatenate([np.array(row, dtype=np.int32) for row in rows])
    bounds = np.cumsum([0, *(len(row) for row in rows)])
    matrix = csr_matrix((data, indices, bounds), shape=(len(rows), len(vocabulary)))
    weights = np.zeros((len(vocabulary) + 1, labels.shape[1]), dtype=np.float32)
    for column in range(labels.shape[1]):
        model = LogisticRegression(C=strength, max_iter=500, solver="liblinear", random_state=0)
        model.fit(matrix, labels[:, column])
        weights[:-1, column] = model.coef_[0]
        weights[-1, column] = model.intercept_[0]
    useful = np.abs(weights[:-1]).max(axis=1) > 0.05
    kept = [feature for feature, keep in zip(vocabulary, useful, strict=True) if keep]
    weights = np.vstack([weights[:-1][useful], weights[-1:]]).astype(np.float16)
    return {"vocabulary": "\n".join(kept), "weights": weights}


def train_ends(dialogues: Iterable[Iterable[str]]) -> dict[str, Any]:
    """Return the head that tells where sentences end, from turns that carry punctuation."""
    samples: list[list[str]] = []
    labels: list[int] = []
    for turns in dialogues:
        for turn in turns:
            words = [word for word in split(turn) if word.stop or not word.mark]
            spoken = [word.text for word in words if not word.stop]
            ends = [
                after.stop
                for word, after in zip(words, [*words[1:], None], strict=False)
                if not word.stop and after
            ]
            ends += [False] * (len(spoken) - len(ends))
            for index in range(len(spoken) - 1):
                samples.append(list(of_end(spoken, index)))
                labels.append(int(ends[index]))
    return fit(samples, np.array(labels).reshape(-1, 1), least=3, strength=4.0)


def punctuated(visits: Iterable[Visit], mts: Path) -> Iterator[list[str]]:
    """Yield the turns of the dialogues that carry punctuation."""
    for visit in visits:
        text = " ".join(turn.text for turn in visit.transcript.turns)
        if len(re.findall(r"[.?!]", text)) * 40 > len(text.split()):
            yield [turn.text.lower() for turn in visit.transcript.turns]
    for row in rows(mts):
        turns = (line.partition(":")[2].strip().lower() for line in row["dialogue"].splitlines())
        yield [turn for turn in turns if turn]


def train_casing(texts: Iterable[str], spoken: Iterable[str]) -> dict[str, str]:
    """Return how notes write the words that neither they nor ``spoken`` write in lower case."""
    plain = Counter(word for text in spoken for word in re.findall(r"\b[a-z][a-z0-9-]+\b", text))
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    documents: dict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for found in re.finditer(r"(?<=[a-z,] )([A-Za-z][A-Za-z0-9-]+)\b(?!:)", text):
            forms[found[1].lower()][found[1]] += 1
            documents[found[1].lower()].add(number)
    casing = {}
    for word, seen in sorted(forms.items()):
        form, count = seen.most_common(1)[0]
        if (
            form != word
            and count >= 0.8 * sum(seen.values())
            and len(documents[word]) >= 2
            and plain[word] < 2
        ):
            casing[word] = form
    return casing


def train(visits: Sequence[Visit], mts: Path) -> dict[str, Any]:
    """Return the content of the model file."""
    ends = train_ends(punctuated(visits, mts))
    head = LinearHead(ends["vocabulary"].split("\n"), ends["weights"])

    def score(words: Sequence[str]) -> NDArray[np.float64]:
        return head.probabilities(of_end(words, i) for i in range(len(words)))[:, 0]

    idf = frequencies(visits)
    samples: list[list[str]] = []
    targets: list[set[str]] = []
    for visit in visits:
        exchanges = pair(segment(visit.transcript, score))
        samples += [list(of_sentence(said)) for said in surroundings(exchanges)]
        targets += align(visit, exchanges, idf)
    sections = np.array([[int(name in found) for name in LABELS] for found in targets])
    planned = [i for i, found in enumerate(targets) if found.intersection(ROLES)]
    roles = np.array([[int(name in targets[i]) for name in ROLES] for i in planned])
    short = rows(mts)
    texts = [visit.note for visit in visits] + [row["section_text"] for row in short]
    return {
        "name": "wardround-sections",
        "version": "1",
        "casing": train_casing(texts, [row["dialogue"] for row in short]),
        "settings": {},
        "ends": ends,
        "sections": fit(samples, sections, least=2, strength=4.0),
        "roles": fit([samples[i] for i in planned], roles, least=2, strength=4.0),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=MODEL)
    arguments = parser.parse_args()
    folder = os.environ.get("WARDROUND_DATA")
    if not folder:
        print("Set WARDROUND_DATA to the folder of the published data sets.", file=sys.stderr)
        return 2
    visits = read_visits(Path(folder) / "aci-bench" / "train.csv")
    content = train(visits, Path(folder) / "mts-dialog" / "train.csv")
    arguments.out.write_bytes(skops.io.dumps(content))
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes from {len(visits)} visits")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
