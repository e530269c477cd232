"""p and verdicts in words."""

from wardround.governance.readers.model import Contrast

ALPHA = 0.05


def p_value(p: float | None) -> str:
    """Return p, or why there is none."""
    if p is None:
        return "no test"
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def plainly(found: Contrast, readers: int) -> str:
    """Return what a difference means, without saying more than was tested."""
    if found.p is None:
        return "Without any spread there is nothing to test."
    who = "readers" if readers > 1 else "reader"
    if found.p >= ALPHA:
        return "That is no proof of a difference, nor of there being none."
    better = "better" if found.difference.value > 0 else "worse"
    return f"With the AI the {who} told the disease {better}."
