"""What a ranked list of codes is worth: F1, mean average precision, coverage at a precision."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from wardround.capabilities.coding.found import Found, likely

_TRIED = np.arange(0.2, 0.45, 0.01).round(2)
"""Thresholds that are tried."""
LEVEL = 0.002
"""Where F1 differs by no more, the longer list is better: a coder strikes out what is wrong more
easily than finds what is missing."""
Scored = Mapping[str, Sequence[tuple[float, str]]]
Gold = Mapping[str, Collection[str]]


def thresholds_of(scored: Scored, gold: Gold, accept: float) -> tuple[tuple[float, float], str]:
    """Return the threshold of the best lists and that of a precision, and what they bring.

    The best lists have the highest mean of F1 of whole codes and of three characters.
    """
    f1 = {}
    for at in _TRIED.tolist():
        worth = measured(cut(scored, at), gold)
        f1[at] = (worth["F1"] + worth["F1 of three characters"]) / 2
    suggest = min(at for at, one in f1.items() if one >= max(f1.values()) - LEVEL)
    pairs = sorted(
        ((score, code in gold[name]) for name, own in scored.items() for score, code in own),
        key=lambda pair: -pair[0],
    )
    score = np.array([one for one, _ in pairs])
    hits = np.cumsum([hit for _, hit in pairs])
    precision = hits / np.arange(1, len(pairs) + 1)
    ends = np.append(score[:-1] != score[1:], True)  # no threshold parts codes of one score
    sure = np.nonzero(ends & (precision >= accept))[0]
    last = int(sure[-1]) if len(sure) else 0
    total = sum(len(gold[name]) for name in scored)
    said = (
        f"suggest from {suggest:.3f}; precision {accept} from {score[last]:.3f}, "
        f"which covers {hits[last] / total:.3f}; oracle {hits[-1] / total:.3f}"
    )
    return (suggest, float(score[last])), said


def cut(scored: Scored, suggest: float) -> dict[str, list[str]]:
    """Return the codes of each document that are listed from ``suggest`` on."""
    lists = {}
    for name, own in scored.items():
        found = [Found(code, score, ()) for score, code in own]
        lists[name] = [one.code for one in likely(found, suggest)]
    return lists


def measured(lists: Mapping[str, Sequence[str]], gold: Gold) -> dict[str, float]:
    """Return what lists are worth, micro-averaged; MAP over the lists as they are."""
    exact = _counts({name: set(own) for name, own in lists.items()}, gold)
    three = _counts(
        {name: {code[:3] for code in own} for name, own in lists.items()},
        {name: {code[:3] for code in gold[name]} for name in lists},
    )
    return {
        "precision": round(exact[0], 4),
        "recall": round(exact[1], 4),
        "F1": round(exact[2], 4),
        "MAP": round(float(np.mean([average(own, gold[name]) for name, own in lists.items()])), 4),
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
