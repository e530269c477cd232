"""Charts made into a table: each patient's inputs at the moment of prediction, and what came.

A folder of FHIR bundles, one patient each. Only what was there at that moment is read; whoever was
not followed long enough, or had the outcome already, is left out and counted.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wardround.capabilities.risk.chart import ChartOf, codes_of, day_of, moment_of
from wardround.capabilities.risk.learned.asking import inputs_of
from wardround.capabilities.risk.learned.prediction import Case
from wardround.capabilities.risk.learned.reading import read_case
from wardround.engines import tabular
from wardround.engines.tabular import Spec, coding, span
from wardround.kernel import InvalidInput

Resource = Mapping[str, Any]
LARGEST = 200_000_000
"""Bytes of one bundle."""
_BEGINS = frozenset({"Condition", "Encounter", "Observation", "Procedure"})


@dataclass(frozen=True)
class Cohort:
    """The table, and how many charts were left out, by the reason."""

    table: dict[str, list[object]]
    read: int
    left_out: Mapping[str, int]

    def says(self) -> str:
        """Return in words how many charts became rows."""
        rows = max((len(values) for values in self.table.values()), default=0)
        why = "; ".join(f"{count:,} {reason}" for reason, count in sorted(self.left_out.items()))
        return f"{self.read:,} charts, {rows:,} rows" + (f"; left out: {why}." if why else ".")


def read_cohort(spec: Spec, folder: Path) -> Cohort:
    """Return the cohort of a folder; raise ``InvalidInput`` naming a file that cannot be read."""
    if spec.cohort is None:
        raise InvalidInput(
            "The spec does not say how charts become rows.",
            where="cohort",
            mend="Write under cohort: start, within, and death or codes.",
        )
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        raise InvalidInput(
            "There is no bundle.", where=str(folder), mend="Name a folder of .json files."
        )
    columns: dict[str, list[object]] = {item.column: [] for item in spec.inputs}
    columns[spec.outcome.column] = []
    left: Counter[str] = Counter()
    for path in paths:
        try:
            row = _row(spec, spec.cohort, _resources(path))
        except InvalidInput as error:
            raise InvalidInput(
                error.what, where=f"{path.name}, {error.where or 'bundle'}"
            ) from None
        if isinstance(row, str):
            left[row] += 1
            continue
        for name, value in row.items():
            columns[name].append(value)
    return Cohort(columns, len(paths), left)


def _row(spec: Spec, cohort: tabular.Cohort, resources: list[Resource]) -> dict[str, object] | str:
    """Return a patient's row, or why there is none."""
    begun = _first(resources, {coding(code) for code in cohort.start}, _BEGINS)
    if begun is None:
        return "without the start"
    at = begun + span(cohort.after) if cohort.after else begun
    came, followed = _outcome(cohort, resources), _followed(resources)
    if came is not None and came <= at:
        return "with the outcome before the prediction"
    soon = came is not None and came <= at + span(cohort.within)
    if not soon and (followed is None or followed < at + span(cohort.within)):
        return "not followed long enough"
    found = ChartOf(_known(resources, at), at).look_for(inputs_of(spec))
    read = read_case(spec.model_copy(update={"settings": ()}), Case(found))
    if read.refused:
        return f"refused: {read.refused[0].kind}"
    row: dict[str, object] = {
        name: int(value) if isinstance(value, bool) else value
        for name, value in read.values.items()
    }
    positive = spec.outcome.positive
    row[spec.outcome.column] = positive if soon else ("0" if positive != "0" else "1")
    return row


def _resources(path: Path) -> list[Resource]:
    if path.stat().st_size > LARGEST:
        raise InvalidInput("This bundle is too large.", where="bundle")
    try:
        bundle = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        raise InvalidInput("This is no JSON that can be read.", where="bundle") from None
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise InvalidInput("This is no FHIR Bundle.", where="bundle")
    found = [one.get("resource") for one in bundle.get("entry") or () if isinstance(one, dict)]
    return [one for one in found if isinstance(one, dict)]


def _known(resources: list[Resource], at: datetime) -> Iterator[Resource]:
    """Yield what was there at the moment; what ended later had not ended then."""
    for resource in resources:
        if resource.get("resourceType") != "Condition":
            yield resource
            continue
        onset = day_of(resource.get("onsetDateTime") or resource.get("recordedDate"))
        if onset is not None and onset <= at:
            ended = day_of(resource.get("abatementDateTime"))
            if ended is not None and ended > at:
                active = {"coding": [{"code": "active"}]}
                yield {**resource, "clinicalStatus": active, "abatementDateTime": None}
            else:
                yield resource


def _outcome(cohort: tabular.Cohort, resources: list[Resource]) -> datetime | None:
    if cohort.death:
        for resource in resources:
            if resource.get("resourceType") == "Patient":
                return day_of(resource.get("deceasedDateTime"))
        return None
    codes = {coding(code) for code in cohort.codes}
    return _first(resources, codes, frozenset({"Condition", "Procedure"}))


def _followed(resources: list[Resource]) -> datetime | None:
    """Return until when something was written of the patient."""
    return max((when for one in resources if (when := _when(one)) is not None), default=None)


def _first(
    resources: list[Resource], codes: set[tuple[str, str]], kinds: frozenset[str]
) -> datetime | None:
    moments = (
        _when(one)
        for one in resources
        if one.get("resourceType") in kinds and codes & _codes_of(one)
    )
    return min((when for when in moments if when is not None), default=None)


def _codes_of(resource: Resource) -> set[tuple[str, str]]:
    found = set(codes_of(resource.get("code")))
    if resource.get("resourceType") == "Encounter":
        found |= set(codes_of({"coding": [resource.get("class") or {}]}))
        for concept in resource.get("type") or ():
            found |= set(codes_of(concept))
    return found


def _when(resource: Resource) -> datetime | None:
    match resource.get("resourceType"):
        case "Condition":
            return day_of(resource.get("onsetDateTime") or resource.get("recordedDate"))
        case "Encounter":
            return day_of((resource.get("period") or {}).get("start"))
        case "Procedure":
            period = resource.get("performedPeriod") or {}
            return day_of(resource.get("performedDateTime") or period.get("start"))
        case "Observation":
            return moment_of(resource)
    return None
