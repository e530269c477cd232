"""How drafts are taken up, read from the route for governance."""

from collections import Counter
from datetime import datetime

from wardround.bootstrap.house import Wardround
from wardround.governance.adoption import Adoption, Course, adoption
from wardround.governance.complaints import Complaints


def adoption_of(wardround: Wardround, since: datetime) -> list[Adoption]:
    """Return the measures of every model's drafts made since a moment."""
    rounds = wardround.rounds
    retries = {state.order.id: state.attempt - 1 for state in rounds.orders()}
    with wardround.database.read() as tx:
        reported = [one.report.draft for one in Complaints(tx).list()]
    reports = Counter(draft.id for draft in reported if draft is not None)
    courses = [
        Course(
            first=rounds.revisions(draft.id)[0] if draft.revision > 1 else draft,
            now=draft,
            retries=retries.get(draft.id, 0),
            reports=reports[draft.id],
        )
        for draft in rounds.measured()
        if draft.created >= since and not draft.shadow
    ]
    return adoption(courses, lambda at: wardround.open_hours.hold(at.astimezone()))
