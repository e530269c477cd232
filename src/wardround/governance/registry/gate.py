"""The release gate: what a version must show before people are shown what it drafts."""

from collections.abc import Sequence

from wardround.governance.registry.model import Approval, Registered
from wardround.governance.registry.plan import Plan
from wardround.governance.validation import Validation
from wardround.kernel import NotAllowed


def require_approved(model: Registered, approvals: Sequence[Approval]) -> None:
    """Raise ``NotAllowed`` unless somebody else than who registered it approved the version.

    What comes with Wardround is approved by its release; a learned example is not, for nobody
    there has seen it among this clinic's patients.
    """
    if model.registered_by is None and not model.learned:
        return
    if not any(one.by != model.registered_by for one in approvals):
        raise NotAllowed(
            "Nobody has approved this version yet."
            if not approvals
            else "Only the person who registered this version has approved it.",
            where=_named(model),
            mend="Have it approved by somebody else than who registered it.",
        )


def require_statement(model: Registered, statement: str) -> None:
    """Raise ``NotAllowed`` where a device function is switched on without the clinic's word."""
    if model.device and not statement:
        raise NotAllowed(
            "This is a device function.",
            where=_named(model),
            mend="State that the clinic uses it as a device, and on whose responsibility.",
        )


def require_validated(model: Registered, found: Sequence[Validation]) -> None:
    """Raise ``NotAllowed`` where a learned model has no validation at the site."""
    if model.learned and not found:
        raise NotAllowed(
            "A learned model goes on with a validation at this site alone.",
            where=_named(model),
            mend="Run: wardround models validate NAME TABLE.csv.",
        )


def require_planned(model: Registered, plan: Plan, measured: Sequence[Validation]) -> None:
    """Raise ``NotAllowed`` where a change is outside its plan; ``measured``: on its test set.

    The last of them counts: a figure is not chosen among several.
    """
    if model.change not in plan.kinds:
        raise NotAllowed(
            f"The change control plan of {model.name} does not allow this change: "
            f"{model.change or 'none was named'}.",
            where="pccp.yaml: modifications",
            mend=f"It allows: {', '.join(plan.kinds)}. Else give it a new name.",
        )
    if not measured:
        raise NotAllowed(
            f"This version was not measured on the plan's test set, {plan.test_set.name}.",
            where="pccp.yaml: test_set",
            mend=f"Measure it on the table with sha256 {plan.test_set.sha256[:12]}…: "
            "wardround models validate NAME TABLE.csv.",
        )
    figures = measured[-1].overall
    for metric, bound in plan.thresholds.items():
        known = figures.get(metric)
        if known is None:
            raise NotAllowed(
                f"The validation has no {metric}.", where=f"pccp.yaml: thresholds.{metric}"
            )
        if not bound.holds(known.value):
            raise NotAllowed(
                f"On the plan's test set {metric} is {known.value:.3f}; the plan asks for {bound}.",
                where=f"pccp.yaml: thresholds.{metric}",
                mend="The version stays as it is; make another that keeps to the plan.",
            )


def _named(model: Registered) -> str:
    return f"{model.name} {model.version}"
