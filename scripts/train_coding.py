"""Train the coder on CodiEsp's training part, and write its model file.

    WARDROUND_DATA=… python -m scripts.train_coding [--out FILE] [--check]

The dictionary comes from the ICD-10-CM tabular list, the neoplasm table, this project's everyday
names, and the English words that coders' Spanish marks are aligned with. The ranker learns from
five parts of the training documents: each part is described by a dictionary whose counts come from
the other four, or it would believe what it was told. Thresholds and calibration come from what
rankers say of documents that they have not seen. The development part is never read here. The same
data give the same file. ``--check`` prints what cross-validation says and writes nothing.
"""

import argparse
import os
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scripts import coding_terms as terms
from scripts.coding_alignment import SURE, Aligned, align, read_marks
from scripts.coding_counts import (
    borne_out,
    content_of,
    counted,
    links_of,
    pieces_of,
    without_weak_pieces,
)
from scripts.coding_measures import cut, measured, thresholds_of
from sklearn.linear_model import LogisticRegression

from wardround.capabilities.coding.finding.lexicon import Lexicon
from wardround.capabilities.coding.finding.words import Word, forms_of, words_of
from wardround.capabilities.coding.ranking.features import Describing, Statistics
from wardround.capabilities.coding.ranking.forest import LEAVES
from wardround.capabilities.coding.ranking.model import MODEL, TEXTS, letters_of

NAME, VERSION = "wardround-coder", "1"
PARTS = 5
ROUNDS = 250
GROWING: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 24,
    "max_depth": 8,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
ACCEPT = 0.93
"""The precision that unseen documents must show where a code may be accepted unseen."""

Rows = NDArray[np.float32]


class Described:
    """The candidates of one document: their codes and rows."""

    def __init__(self, codes: Sequence[str], rows: Rows, gold: Collection[str]) -> None:
        self.codes, self.rows = codes, rows
        self.right = np.array([code in gold for code in codes], dtype=float)


class Training:
    """CodiEsp's training part: texts, codes, and the English words of each mark."""

    def __init__(self, data: Path) -> None:
        folder = data / "codiesp" / "train"
        texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))}
        self.gold = read_gold(folder / "trainD.tsv")
        self.words: dict[str, list[Word]] = {name: words_of(text) for name, text in texts.items()}
        self.names = sorted(texts)
        self.codes = terms.tabular()
        titles = {
            entry.code: forms_of(" ".join([entry.title, *entry.inclusions]))
            for entry in self.codes.values()
        }
        self.aligned: dict[str, list[Aligned]] = defaultdict(list)
        for found in align(texts, read_marks(folder / "trainX.tsv"), titles):
            if found.score >= SURE:
                self.aligned[found.document].append(found)
        self.published = [
            *terms.terms_of(self.codes), *terms.everyday(), *terms.neoplasms(data)
        ]  # fmt: skip

    def dictionary(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the dictionary as so many documents teach it."""
        aligned = borne_out({name: self.aligned[name] for name in names})
        learned = [(one.term, one.code, "aligned") for own in aligned.values() for one in own]
        links = links_of(self.published, learned)
        texts = {name: self.words[name] for name in names}
        pieces = [
            (term, code)
            for term, code in pieces_of(
                {name: [(one.term, one.code) for one in own] for name, own in aligned.items()}
            )
            if code not in links.get(term, ())
        ]
        for term, code in pieces:
            links[term][code]["piece"] += 1
        whole = counted(content_of(links), texts, self.gold)
        links = without_weak_pieces(links, pieces, whole)
        content = counted(content_of(links), texts, self.gold)
        known = [self.codes.get(code) for code in content["codes"]]
        content["billable"] = np.array(
            [0.5 if entry is None else float(not entry.children) for entry in known]
        )
        return content

    def describe(self, content: Mapping[str, Any], names: Sequence[str]) -> dict[str, Described]:
        """Return the candidates of documents that the dictionary has not learned from."""
        lexicon = Lexicon(content)
        describing = Describing(lexicon, Statistics(content))
        found = {}
        for name in names:
            words = self.words[name]
            candidates, rows = describing.describe(words, lexicon.find(words))
            codes = [lexicon.codes[one.code] for one in candidates]
            found[name] = Described(codes, rows, self.gold[name])
        return found

    def part(self, number: int) -> tuple[list[str], list[str]]:
        """Return the documents outside and inside one of the parts."""
        inside = self.names[number::PARTS]
        return [name for name in self.names if name not in set(inside)], inside


def read_gold(path: Path) -> dict[str, set[str]]:
    """Return the codes of each document, as ICD-10-CM prints them."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        name, code = line.split("\t")[:2]
        found[name].add(code.strip().upper())
    return found


def grow(described: Sequence[Described]) -> lightgbm.Booster:
    """Return the trees grown on documents."""
    rows = np.concatenate([one.rows for one in described])
    right = np.concatenate([one.right for one in described])
    return lightgbm.train(GROWING, lightgbm.Dataset(rows, right), ROUNDS)


def unseen(training: Training, described: Mapping[str, Described]) -> dict[str, NDArray[Any]]:
    """Return the scores of every document by trees that have not seen it."""
    scores = {}
    for number in range(PARTS):
        outside, inside = training.part(number)
        trees = grow([described[name] for name in outside])
        for name in inside:
            scores[name] = np.asarray(trees.predict(described[name].rows, num_threads=1))
    return scores


def calibrated(
    scores: NDArray[np.float64], right: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a curve from the trees' scores to how often they are right (Platt's scaling).

    A curve of two numbers keeps apart what the trees keep apart; isotonic steps would not.
    """
    odds = np.log(scores / (1.0 - scores))[:, None]
    fitted = LogisticRegression(C=1e6).fit(odds, right)
    knots = np.linspace(-8.0, 8.0, 321)
    return 1.0 / (1.0 + np.exp(-knots)), fitted.predict_proba(knots[:, None])[:, 1]


def arrays_of(trees: lightgbm.Booster) -> dict[str, Any]:
    """Return the trees as the arrays that ``Forest`` asks."""
    nodes: list[tuple[int, int, float, int]] = []
    leaves = []
    for number, tree in enumerate(trees.dump_model()["tree_info"]):
        own: list[float] = []
        _flat(tree["tree_structure"], number, nodes, own)
        leaves.append(own)
    value = np.zeros((len(leaves), LEAVES))
    for number, own in enumerate(leaves):
        value[number, : len(own)] = own
    tree_, feature, threshold, mask = zip(*nodes, strict=True)
    return {
        "tree": np.array(tree_, np.int32), "feature": np.array(feature, np.int32),
        "threshold": np.array(threshold), "mask": np.array(mask, np.uint32), "value": value,
    }  # fmt: skip


def _flat(
    node: Mapping[str, Any],
    tree: int,
    nodes: list[tuple[int, int, float, int]],
    leaves: list[float],
) -> None:
    if "leaf_value" in node:
        leaves.append(node["leaf_value"])
        return
    begin = len(leaves)
    _flat(node["left_child"], tree, nodes, leaves)
    crossed = sum(1 << place for place in range(begin, len(leaves)))
    nodes.append((tree, node["split_feature"], node["threshold"], 0xFFFFFFFF ^ crossed))
    _flat(node["right_child"], tree, nodes, leaves)


def main() -> None:
    """Train, say what cross-validation shows, and write the file."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=MODEL)
    asked.add_argument("--check", action="store_true")
    options = asked.parse_args()
    training = Training(Path(os.environ["WARDROUND_DATA"]))
    described: dict[str, Described] = {}
    for number in range(PARTS):
        outside, inside = training.part(number)
        described |= training.describe(training.dictionary(outside), inside)
    raw = unseen(training, described)
    flat = np.concatenate([raw[name] for name in training.names])
    right = np.concatenate([described[name].right for name in training.names])
    knots = calibrated(flat, right)
    scored = {
        name: [
            (float(np.interp(raw[name][at], *knots)), described[name].codes[at])
            for at in np.argsort(-raw[name], kind="stable")
        ]
        for name in training.names
    }
    thresholds, said = thresholds_of(scored, training.gold, ACCEPT)
    print(said)
    print(measured(cut(scored, thresholds[0]), training.gold))
    if options.check:
        return
    content = training.dictionary(training.names)
    trees = grow([described[name] for name in training.names])
    content |= arrays_of(trees)
    content |= _shipped(content, training, knots, thresholds)
    np.savez_compressed(options.out, **content)
    print(f"{options.out.name}: {options.out.stat().st_size:,} bytes")


def _shipped(
    content: Mapping[str, Any],
    training: Training,
    knots: tuple[NDArray[Any], NDArray[Any]],
    thresholds: tuple[float, float],
) -> dict[str, Any]:
    codes = content["codes"]
    place = {code: at for at, code in enumerate(codes)}
    successors = [place.get(terms.successor(code, training.codes), -1) for code in codes]
    displays = [training.codes[code].title if code in training.codes else "" for code in codes]
    texts = {"vocabulary": content["vocabulary"], "codes": codes, "displays": displays}
    return {
        **{name: letters_of("\n".join(texts[name])) for name in TEXTS},
        "name": letters_of(f"{NAME} {VERSION}"),
        "thresholds": np.array(thresholds),
        "calibration_from": knots[0],
        "calibration_to": knots[1],
        "successors": np.array(successors, dtype=np.int32),
        "facts": content["facts"].astype(np.float16),
        "share": content["share"].astype(np.float32),
        "free": content["free"].astype(np.float32),
    }


if __name__ == "__main__":
    main()
