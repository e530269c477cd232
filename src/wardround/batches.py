"""What can be run over many records, by name: each is loaded alone, when it is asked for."""

from wardround.kernel import Batch, InvalidInput, NotFound

DEID, RISK, RADIOLOGY = "deid", "risk", "radiology"
_SCRUBBING = "wardround.capabilities.billing.scrubbing.evaluate"
MEASURED = {
    DEID: "wardround.privacy.deid.evaluation.evaluate",
    "assertion": "wardround.engines.assertion.evaluate",
    "billing": _SCRUBBING,
    "scrubbing": _SCRUBBING,
}
"""What is measured elsewhere than in the room of a capability of that name."""
UNFED = frozenset({"assertion", "billing", "scrubbing"})
"""What is measured on cases of the project's own, and needs no data set."""
DRAFTING = ("drafted", "abstained")
STATES = {RISK: ("result", "range", "abstained"), DEID: ("done",)}
"""What can become of a record, where it is not drafted."""


def load_batch(name: str, model: str = "") -> Batch:
    """Return what is run over many records under ``name``: a capability, ``risk`` or ``deid``.

    ``model`` says which score, or which learned model, by its name or its folder. Raise
    ``NotFound`` naming what there is, ``InvalidInput`` for a model where there is no choice.
    """
    if name == RISK:
        from wardround.capabilities.risk import SCORES, Predicting, Scoring, learned_named

        return Scoring(model) if not model or model in SCORES else Predicting(learned_named(model))
    if model:
        raise InvalidInput(f"There is one model of {name}.", where="--model")
    if name == DEID:
        from wardround.privacy.deid import Deidentifier
        from wardround.settings import read_settings

        return Deidentifier(record_numbers=read_settings().record_numbers)
    from wardround.bootstrap import CAPABILITIES, Finders, load_capabilities
    from wardround.settings import read_settings

    if name not in CAPABILITIES:
        there = ", ".join([*CAPABILITIES, DEID])
        raise NotFound(f"There is no capability {name}.", mend=f"There is: {there}.")
    settings = read_settings()
    find = Finders(provider=settings.onnx_provider)
    home = settings.home if name == RADIOLOGY else None  # the shipped model as the site set it
    return load_capabilities(find, home, only=name)[name]


def benchmark_of(name: str) -> str:
    """Return the module that measures what is run under ``name``; raise ``NotFound``."""
    if name in MEASURED:
        return MEASURED[name]
    load_batch(name)
    return f"wardround.capabilities.{name}.evaluate"
