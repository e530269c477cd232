"""A risk draft made, answered and checked as the route does it."""

from typing import Any

import orjson

from tests.capabilities.risk.patients import AT, Held
from wardround.capabilities.risk import load_risk
from wardround.kernel import Actor, Drafted, Order, Part, Role, Severity, draft_once

ROOM = load_risk()
OSEI = Actor(id="p1", name="Amara Osei", role=Role.CLINICIAN, reference="Practitioner/osei")
ORDER = Order(id="o", capability="risk", subject="Patient/ada", ordered_by="p1", ordered_at=AT)


def asked(model: str) -> Part:
    return Part(name="request.json", data=orjson.dumps({"model": model}))


def drafted(model: str, chart: Held) -> Drafted:
    parts = ROOM.accept([asked(model)])
    return draft_once(ROOM, parts, subject="Patient/ada", chart=chart, clock=lambda: AT)[1]


def answered(made: Drafted, chart: Held, comment: str = "", **answers: str) -> Drafted:
    """Return a draft with a person's answers, checked again."""
    given = {name.replace("_", "-"): text for name, text in answers.items()}
    content = ROOM.validate({**made.content, "answers": {**given}, "comment": comment})
    again = Drafted(content=content, evidence=made.evidence, model=made.model)
    findings = [f for rail in ROOM.guardrails for f in rail.check(again, ORDER, chart)]
    return again.model_copy(update={"findings": tuple(findings)})


def rules(made: Drafted) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in made.findings}


def result(made: Drafted) -> dict[str, Any]:
    found = made.content["result"]
    assert isinstance(found, dict)
    return found
