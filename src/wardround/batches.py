"""What can be run over many records, by name: each is loaded alone, when it is asked for."""

from wardround.kernel import Batch, NotFound

DEID = "deid"


def load_batch(name: str) -> Batch:
    """Return what is run over many records under ``name``: a capability, or ``deid``.

    Raise ``NotFound`` naming what there is.
    """
    if name == DEID:
        from wardround.privacy.deid import Deidentifier
        from wardround.settings import read_settings

        return Deidentifier(record_numbers=read_settings().record_numbers)
    from wardround.bootstrap import load_capabilities

    known = load_capabilities()
    if name not in known:
        there = ", ".join([*known, DEID])
        raise NotFound(f"There is no capability {name}.", mend=f"There is: {there}.")
    return known[name]


def benchmark_of(name: str) -> str:
    """Return the module that measures what is run under ``name``; raise ``NotFound``."""
    if name == DEID:
        return "wardround.privacy.deid.evaluation.evaluate"
    load_batch(name)
    return f"wardround.capabilities.{name}.evaluate"
