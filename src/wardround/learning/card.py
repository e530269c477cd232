"""The card of a model that was just trained: what is known is written, the rest stays blank.

Its 31 attributes are those of ONC HTI-1, 45 CFR 170.315(b)(11)(iv)(B). People answer the rest.
"""

from collections import Counter

from wardround.engines.tabular import Model, Spec, Table, texts
from wardround.governance.validation import Measured, Validation
from wardround.learning.about import method

HEAD = """\
# Model card: the 31 source attributes of ONC HTI-1, 45 CFR 170.315(b)(11)(iv)(B).
# Blank (null) is what nobody answered yet. Where it is so, write {not_applicable: why it is not}
# or {unknown: upstream undisclosed}. wardround models card card.yaml says what is left.
"""

Part = dict[str, str | None]
Content = dict[str, str | Part | None]


def card(
    model: Model, digest: str, data: str, table: Table, found: Validation, *, outside: bool
) -> Content:
    """Return the card; ``outside`` says that the held-out patients are of another site or time."""
    spec = model.spec
    return {
        "name": spec.name,
        "version": spec.version,
        "file": "model.skops",
        "digest": digest,
        "licence": None,
        "made_by": "wardround risk train",
        "details": _details(model),
        "purpose": {
            "intended_use": spec.intended_use,
            "intended_patients": f"Aged {spec.ages[0]:g} to {spec.ages[1]:g}."
            if spec.ages
            else None,
            "intended_users": None,
            "decision_role": None,
        },
        "cautions": {
            "out_of_scope": "; ".join(spec.limits) or None,
            "risks": "Wrong probabilities at another time or site. What an input adds is "
            "association, not cause. What the sets cover is promised for patients like those "
            "learned from, on average and in groups, not for one patient.",
        },
        "development": {
            "inclusion": data,
            "demographics": _demographics(spec),
            "representativeness": _mix(spec, table),
            "relevance": None,
        },
        "fairness": {
            "approach": _approach(spec),
            "bias_management": "The sets are made to cover in each group of 100 or more."
            if spec.groups
            else None,
        },
        "external_validation": dict.fromkeys(
            ("source", "party", "representativeness", "process"), None
        ),
        "performance": performance(found, outside=outside),
        "maintenance": {
            "validity_monitoring": None,
            "local_validity": "wardround risk validate FOLDER DATA.csv --out REPORT",
            "fairness_monitoring": None,
            "local_fairness": "The same report compares the groups of the spec."
            if spec.groups
            else None,
        },
        "updates": {"process": None, "correction": None},
    }


def performance(found: Validation, *, outside: bool) -> Part:
    """Return what was measured, under development's own or under other patients."""
    figures = ", ".join(
        f"{name} {_figure(found.overall[key])}"
        for key, name in (
            ("auroc", "AUROC"),
            ("brier", "Brier"),
            ("slope", "slope"),
            ("o_to_e", "observed : expected"),
        )
        if key in found.overall
    )
    valid = f"Held out (n = {found.n:,}, {found.events:,} with the outcome): {figures}."
    fair = _fairness(found)
    return {
        "validity_like_data": None if outside else valid,
        "fairness_like_data": None if outside else fair,
        "validity_outside": valid if outside else None,
        "fairness_outside": fair if outside else None,
        "outcomes": None,
    }


def _details(model: Model) -> Part:
    spec = model.spec
    return {
        "developer": None,
        "funding": None,
        "output": f"The probability of {spec.outcome.meaning}; what each input adds to it in "
        f"log-odds; yes, no or neither at {100 * spec.coverage:.0f} %; whether the patient is "
        "unlike those learned from.",
        "output_type": f"Prediction: a probability. {method(model)}.",
    }


def _figure(found: Measured) -> str:
    if found.low is None or found.high is None:
        return f"{found.value:.3f}"
    return f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"


def _fairness(found: Validation) -> str | None:
    if not found.groups:
        return None
    told = [
        f"{one.column} {one.level}: {_figure(one.measures['auroc'])}"
        for one in found.groups
        if not one.small and "auroc" in one.measures
    ]
    clear = [
        f"{one.measure} of {one.column}, {one.more} over {one.less}, by {one.difference.value:.3f}"
        for one in found.gaps
        if one.clear and one.measure != "tpr"
    ]
    area = f"AUROC by group: {'; '.join(told)}." if told else "Every group is too small to say."
    return area + (f" Clear gaps: {'; '.join(clear)}." if clear else " No gap is clear.")


def _approach(spec: Spec) -> str | None:
    if not spec.groups:
        return None
    inputs = {item.column for item in spec.inputs}
    told = [f"{name} is {'an' if name in inputs else 'no'} input" for name in spec.groups]
    return f"Groups by {', '.join(spec.groups)} are kept apart in validation; {', '.join(told)}."


def _demographics(spec: Spec) -> str | None:
    """Return which of the groups people are told apart by are inputs."""
    if not spec.groups:
        return None
    inputs = {item.column for item in spec.inputs}
    used = [name for name in spec.groups if name in inputs]
    left = [name for name in spec.groups if name not in inputs]
    told = [f"Inputs: {', '.join(used)}."] if used else []
    return " ".join([*told, *([f"No inputs: {', '.join(left)}."] if left else [])])


def _mix(spec: Spec, table: Table) -> str | None:
    """Return the share of each group, where it holds eleven patients or more."""
    told = []
    for name in spec.groups:
        counts = Counter(value or "not known" for value in texts(table, name))
        whole = sum(counts.values())
        told += [
            f"{name} {value}: {100 * count / whole:.0f} %"
            for value, count in sorted(counts.items())
            if count >= 11
        ]
    return f"{'; '.join(told)}." if told else None
