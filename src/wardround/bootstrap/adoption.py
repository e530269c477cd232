"""How drafts are taken up, read from the route for governance."""

from collections import Counter
from datetime import datetime

from wardround.bootstrap.house import Wardround
from wardround.governance.adoption import Adoption, Course, adoption


def adoption_of(wardround: Wardround, since: datetime, reports: Counter[str]) -> list[Adoption]:
    """Return the measures of every model's drafts made since a moment.

    ``reports`` counts the problems reported of each draft, by its id.
    """
    rounds = wardround.rounds
    retries = {state.order.id: state.attempt - 1 for state in rounds.orders()}
    courses = [
        Course(
            first=rounds.revisions(draft.id)[0] if draft.revision > 1 else draft,
            now=draft,
            retries=retries.get(draft.id, 0),
            reports=reports[draft.id],
        )
        for draft in rounds.drafts()
        if draft.created >= since
    ]
    return adoption(courses, lambda at: wardround.open_hours.hold(at.astimezone()))
