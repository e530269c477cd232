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
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import skops.io
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from wardround.capabilities.documentation.alignment import align, frequencies
from wardround.capabilities.documentation.benchmark import Visit, read_visits, rows
from wardround.capabilities.documentation.writing.exchanges import pair
from wardround.capabilities.documentation.writing.segments import segment
from wardround.capabilities.documentation.writing.selection import surroundings
from wardround.capabilities.documentation.writing.words import split
from wardround.engines.text import LABELS, ROLES
from wardround.engines.text.features import of_end, of_sentence
from wardround.engines.text.linear import MODEL, LinearHead


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


def stable(data: bytes) -> bytes:
    """Return a skops file with the memory addresses and times of its making taken out."""
    with ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    schema = files.pop("schema.json").decode()
    found = dict.fromkeys(re.findall(r'"__id__": (\d+)', schema))
    numbers = {known: str(number) for number, known in enumerate(found, start=1)}

    def numbered(text: str) -> str:
        return re.sub(r"\d{6,}", lambda known: numbers.get(known[0], known[0]), text)

    files = {numbered(name): content for name, content in files.items()}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted({**files, "schema.json": numbered(schema).encode()}.items()):
            archive.writestr(ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return out.getvalue()


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
    arguments.out.write_bytes(stable(skops.io.dumps(content)))
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes from {len(visits)} visits")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
