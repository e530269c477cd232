"""What whoever signs should know of a finding by a model that the site added."""

from collections.abc import Iterator, Sequence

from wardround.capabilities.radiology.readers.ports import Seen
from wardround.engines.vision import Code, Manifest, Output

UNCHECKED = "This model has no check for images unlike those it learned from."
NEVER_SURE = "This model does not say when it is sure: no error rate was set for it."
_PLACED = frozenset({"scores", "mask"})


def cautions(manifest: Manifest, findings: Sequence[Seen]) -> Iterator[str]:
    """Yield, in words: what is not checked, what is not calibrated, and what was not found."""
    yield UNCHECKED
    yield NEVER_SURE
    raw = sorted({code.display for out in manifest.outputs for code in _uncalibrated(out)})
    if raw:
        yield f"Its probabilities are as the network gives them, not calibrated: {_listed(raw)}."
    for output in manifest.outputs:
        for code in output.codes:
            yield from _measured(output, code)
    told = {(one.system, one.code) for one in findings}
    for output in manifest.outputs:
        missing = [one.display for one in output.codes if (one.system, one.code) not in told]
        if output.kind in _PLACED and missing:
            yield f"It found no place of: {_listed(missing)}."


def _uncalibrated(output: Output) -> Iterator[Code]:
    if output.kind not in {"classes", *_PLACED} or output.activation == "argmax":
        return
    for code in output.codes:
        if output.calibration is None and code.calibration is None:
            yield code


def _measured(output: Output, code: Code) -> Iterator[str]:
    """Yield what was measured at the operating point in use, where the manifest says it."""
    point = output.threshold if code.threshold is None else code.threshold
    for one in code.operating_points or output.operating_points:
        if point is None or one.threshold != point:
            continue
        rates = [
            f"{name} {value:.0%}"
            for name, value in (
                ("sensitivity", one.sensitivity),
                ("specificity", one.specificity),
            )
            if value is not None
        ]
        if rates:
            on = f", on {one.measured_on}" if one.measured_on else ""
            yield f"{code.display}, likely from {point:.0%} on: {' and '.join(rates)}{on}."


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
