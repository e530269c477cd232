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
    drafts = {one.id: one for one in wardround.rounds.measured() if one.model == draft.model}
    made = [one for one in predictions_of(wardround) if one.draft in drafts]
    own = next((one for one in made if one.draft == draft.id), None)
    cases = [
        Case(
            probability=_probability(one),
            band=_meaning(drafts[one.draft]),
            outcome=one.outcome,
            groups=dict(one.groups),
        )
        for one in made
        if one.outcome is not None and not one.abstained and one.draft != draft.id
    ]
    if own is None or own.abstained:
        return []
    asked = Asked(probability=_probability(own), band=_meaning(draft), groups=dict(own.groups))
    return trust(asked, cases)


def _probability(one: Prediction) -> float | None:
    return one.result if one.probability else None


def _meaning(draft: Draft) -> str:
    result = draft.content.get("result")
    said = result.get("meaning") if isinstance(result, dict) else ""
    return said if isinstance(said, str) else ""
