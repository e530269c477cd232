"""What a report says of a model in words, as far as its spec says it."""

from wardround import __version__
from wardround.engines.tabular import Model, Spec
from wardround.governance.validation import About

_FORMS = {
    "none": "as it is",
    "platt": "by Platt's line",
    "beta": "by a beta curve",
    "isotonic": "by isotonic regression",
    "intercept": "by its intercept",
}


def about(model: Model, digest: str, source: str) -> About:
    """Return what the spec says; ``source`` names the data that it is held against."""
    spec = model.spec
    return About(
        name=spec.name,
        version=spec.version,
        digest=digest,
        predicts=spec.outcome.meaning,
        for_whom=_ages(spec),
        setting=", ".join(spec.settings) or None,
        not_for=[],
        limits=[f"{one[:1].upper()}{one[1:].rstrip('.')}." for one in spec.limits],
        source=source,
        assessed=f"Known {spec.outcome.known}",
        predictors=[item.meaning for item in spec.inputs],
        method=method(model),
        missing_handled="A term says that an input was not measured; nothing is imputed",
        code=f"Wardround {__version__}",
    )


def method(model: Model) -> str:
    """Return in a sentence what the model is."""
    form = "Gradient-boosted trees" if "trees" in type(model.form).__name__.lower() else ""
    form = form or "Logistic regression with splines and a ridge penalty"
    return f"{form}, calibrated {_FORMS.get(model.calibration, model.calibration)}"


def _ages(spec: Spec) -> str | None:
    return f"patients aged {spec.ages[0]:g} to {spec.ages[1]:g}" if spec.ages else None
