"""Why a prediction may be trusted here: what became of patients with the like of it."""

from wardround.bootstrap.house import Wardround
from wardround.bootstrap.watching import predictions_of
from wardround.governance.trust import Asked, Case, Known, trust
from wardround.governance.watch import Prediction
from wardround.kernel import Draft


def trust_of(wardround: Wardround, draft: Draft) -> list[Known]:
    """Return how often the model of a draft was right here for patients like this one.

    Of all that it predicted, those in shadow too, whose outcome is known; not of this draft itself.
    """
    made = [one for one in predictions_of(wardround) if one.model == draft.model]
    own = next((one for one in made if one.draft == draft.id), None)
    if own is None or own.abstained:
        return []
    cases = [
        Case(
            probability=_probability(one),
            band=one.meaning,
            outcome=one.outcome,
            groups=dict(one.groups),
        )
        for one in made
        if one.outcome is not None and not one.abstained and one.draft != draft.id
    ]
    asked = Asked(probability=_probability(own), band=own.meaning, groups=dict(own.groups))
    return trust(asked, cases)


def _probability(one: Prediction) -> float | None:
    return one.result if one.probability else None
