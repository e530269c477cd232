"""What a ranked list of codes is worth: F1, mean average precision, coverage at a precision."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

LEVEL = 0.002
"""Where F1 differs by no more, the longer list is better: a coder strikes out what is wrong more
easily than finds what is missing."""

Scored = Mapping[str, Sequence[tuple[float, str]]]
Gold = Mapping[str, Collection[str]]


def curve(scored: Scored, gold: Gold, accept: float) -> tuple[tuple[float, float], str]:
    """Return the threshold of the best F1 and that of a precision, and what they bring."""
    pairs = sorted(
        ((score, code in gold[name]) for name, own in scored.items() for score, code in own),
        key=lambda pair: -pair[0],
    )
    score = np.array([one for one, _ in pairs])
    hits = np.cumsum([hit for _, hit in pairs])
    asked = np.arange(1, len(pairs) + 1)
    total = sum(len(gold[name]) for name in scored)
    f1 = 2 * hits / (asked + total)
    ends = np.append(score[:-1] != score[1:], True)  # no threshold parts codes of one score
    f1, precision = np.where(ends, f1, 0), np.where(ends, hits / asked, 0)
    best = int(np.nonzero(f1 >= f1.max() - LEVEL)[0][-1])
    sure = np.nonzero(precision >= accept)[0]
    last = int(sure[-1]) if len(sure) else 0
    said = (
        f"F1 {f1[best]:.4f} from {score[best]:.3f}; precision {accept} from {score[last]:.3f}, "
        f"which covers {hits[last] / total:.3f}; oracle {hits[-1] / total:.3f}"
    )
    return (float(score[best]), float(score[last])), said


def measured(scored: Scored, gold: Gold, suggest: float) -> dict[str, float]:
    """Return what a list cut at ``suggest`` is worth, micro-averaged; MAP over the cut list."""
    cut = {name: [code for score, code in own if score >= suggest] for name, own in scored.items()}
    exact = _counts({name: set(own) for name, own in cut.items()}, gold)
    three = _counts(
        {name: {code[:3] for code in own} for name, own in cut.items()},
        {name: {code[:3] for code in gold[name]} for name in cut},
    )
    return {
        "precision": round(exact[0], 4),
        "recall": round(exact[1], 4),
        "F1": round(exact[2], 4),
        "MAP": round(float(np.mean([average(own, gold[name]) for name, own in cut.items()])), 4),
        "F1 of three characters": round(three[2], 4),
    }


def average(ranked: Sequence[str], right: Collection[str]) -> float:
    """Return the average precision of a ranked list."""
    hits, total = 0, 0.0
    for place, code in enumerate(ranked, 1):
        if code in right:
            hits += 1
            total += hits / place
    return total / len(right) if right else 0.0


def _counts(found: Mapping[str, Collection[str]], gold: Gold) -> tuple[float, float, float]:
    hit = sum(len(set(own) & set(gold[name])) for name, own in found.items())
    said = sum(len(own) for own in found.values())
    right = sum(len(gold[name]) for name in found)
    return hit / max(said, 1), hit / max(right, 1), 2 * hit / max(said + right, 1)
