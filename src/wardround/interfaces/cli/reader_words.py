"""A reader study as lines for the terminal."""

from wardround.governance.readers import ReaderStudy
from wardround.governance.validation import number, share


def lines(found: ReaderStudy) -> list[str]:
    """Return what was found, a figure a line, and what was left out."""
    said = found.auc.random or found.auc.fixed
    shown = [
        f"{len(found.readers)} readers\t{found.cases:,} cases\t{found.diseased:,} with the disease",
        f"AUC\t{number(found.auc.unaided)}\t{number(found.auc.aided)}",
        f"AUC, difference\t{number(said.difference)}\t{_p(said.p)}",
    ]
    for what, one in (("Sensitivity", found.sensitivity), ("Specificity", found.specificity)):
        shown.append(f"{what} at {found.threshold:g}\t{share(one.unaided)}\t{share(one.aided)}")
    shown += [
        f"{one.name[:1].upper()}{one.name[1:]}\t{one.overall.hits} of {one.overall.n}"
        f"\t{share(one.overall.share)}"
        for one in found.switches[:4]
    ]
    return [*shown, *found.left_out]


def _p(p: float | None) -> str:
    return "no test" if p is None else f"p = {p:.4f}"
