"""People, candidates and plans for the tests of the registry."""

from collections.abc import Mapping

from tests.governance.made import predictions
from wardround.governance.registry import Candidate, Enclosed, FileKind, Origin, Registered
from wardround.governance.validation import validate
from wardround.kernel import Actor, Role

QUINN = Actor(id="quinn", name="Quinn", role=Role.QUALITY_OFFICER, reference="Practitioner/quinn")
RAY = Actor(id="ray", name="Ray", role=Role.RESEARCHER, reference="Practitioner/ray")

PLAN = """
model: falls
modifications:
  - kind: recalibration
    description: The intercept and slope are fitted anew.
    verified: On the test set, and on patients of the last year.
protocol:
  data: Patients of the last two years, as the spec describes them.
  retraining: Calibration alone; no input is added or taken away.
  evaluation: Once, on the test set, by wardround models validate.
  update: In shadow for four weeks, then live; the version before stays at hand.
test_set: {name: Falls 2025, sha256: SHA}
thresholds:
  auroc: {at_least: 0.7}
  slope: {at_least: 0.8, at_most: 1.25}
impact:
  benefits: Risks that come true as often as they say.
  risks: A wrong calibration in a small group.
  mitigation: Groups are compared in each report.
  combined: One kind of change only.
""".replace("SHA", "ab" * 32)


def digest(number: int) -> str:
    return f"{number:064x}"


def candidate(version: int = 1, name: str = "falls", **more: object) -> Candidate:
    said: Mapping[str, object] = {
        "capability": "risk",
        "name": name,
        "version": str(version),
        "digest": digest(version),
        "title": "Falls",
        "origin": Origin.SITE,
    }
    return Candidate.model_validate({**said, **more})


def plan(text: str = PLAN) -> Enclosed:
    return Enclosed(
        name="pccp.yaml",
        kind=FileKind.PLAN,
        media_type="application/yaml",
        content=text.encode(),
    )


def figures(data: str | None = None, name: str = "report.json", **overall: float) -> Enclosed:
    """A validation; measured here on the table with sha256 ``data`` where there is one."""
    found = validate(predictions(), resamples=200)
    for metric, value in overall.items():
        changed = found.overall[metric].model_copy(update={"value": value})
        found = found.model_copy(update={"overall": {**found.overall, metric: changed}})
    return Enclosed(
        name=name,
        kind=FileKind.VALIDATION if data is None else FileKind.MEASURED,
        media_type="application/json",
        content=found.model_dump_json().encode(),
        data_sha256=data,
    )


def as_registered(one: Registered) -> str:
    """The sha256 of a file that nobody changed."""
    return one.digest
