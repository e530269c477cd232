"""A score made for one patient: from the chart, and from what a person states beside it.

What a person states stands for what the chart says. A result is always made anew from both, so
that nobody types a number.
"""

from collections.abc import Mapping
from datetime import datetime

from wardround.capabilities.risk.answer import Answer, Given, Refused, answer, read
from wardround.capabilities.risk.chart import ChartOf, Chosen, Found
from wardround.capabilities.risk.model import (
    Assessment,
    Contribution,
    Entry,
    Outcome,
    Point,
    Said,
    State,
)
from wardround.capabilities.risk.score import Band, Input, Kind, Score, Value
from wardround.kernel import InvalidInput

REST = "rest"
"""The answer that says of every question still open: no."""

_FOR_NOBODY = frozenset({"age", "excluded"})
"""Reasons that no further value can mend."""


def assess(score: Score, chart: ChartOf, at: datetime) -> Assessment:
    """Return the assessment from the chart alone."""
    return made_from(score, entries_of(score, chart.find(score)), at)


def made_from(
    score: Score,
    entries: tuple[Entry, ...],
    at: datetime,
    answers: Mapping[str, str] | None = None,
    comment: str = "",
    trend: tuple[Point, ...] = (),
) -> Assessment:
    """Return the assessment from what the chart holds and a person's answers.

    Raise ``InvalidInput`` for an answer that cannot be.
    """
    said = _answers(score, entries, answers or {})
    asked = {one.name: one for one in (*score.inputs, *score.exclusions)}
    entries = tuple(_with(asked[entry.name], entry, said.get(entry.name)) for entry in entries)
    refused = [entry for entry in entries if entry.state is State.REFUSED]
    answered = None if refused else _answer(score, entries)
    reasons = (
        [Said(kind="refused", input=entry.name, says=entry.note) for entry in refused]
        if answered is None
        else [Said(kind=r.kind, input=r.input, says=r.says) for r in answered.reasons]
    )
    odd = {reason.input: reason.says for reason in reasons if reason.kind == "unusual"}
    result = None if answered is None else _outcome(score, answered)
    parts = () if answered is None or answered.result is None else answered.result.parts
    return Assessment(
        model=score.name,
        title=score.title,
        headline=headline(score.title, result),
        kind="score",
        at=at,
        inputs=tuple(
            entry.model_copy(update={"note": odd[entry.name]}) if entry.name in odd else entry
            for entry in entries
        ),
        result=result,
        contributions=tuple(Contribution(label=part.label, amount=part.points) for part in parts),
        reasons=tuple(reasons),
        trend=trend,
        device=score.time_critical,
        answers=said,
        comment=comment,
    )


def entries_of(score: Score, found: Found) -> tuple[Entry, ...]:
    """Return each input as the chart has it, in the formula's unit."""
    chosen = {one.input: one for one in found.chosen}
    return tuple(
        _entry(score, asked, found, chosen.get(asked.name))
        for asked in (*score.inputs, *score.exclusions)
    )


def unfit(made: Assessment) -> str | None:
    """Return why there is nothing to review: the score was not made for this patient."""
    return next((reason.says for reason in made.reasons if reason.kind in _FOR_NOBODY), None)


def headline(title: str, result: Outcome | None) -> str:
    """Return the assessment in a few words."""
    if result is None:
        return f"{title}: no result yet"
    meaning = f", {result.meaning}" if result.meaning else ""
    return f"{title}: {spoken(result)}{meaning}"


def spoken(result: Outcome) -> str:
    """Return the value, or the range, as it is read out."""
    percent = " %" if result.unit == "%" else ""
    if result.value is None:
        return f"{result.low:.{result.decimals}f} to {result.high:.{result.decimals}f}{percent}"
    return f"{result.value:.{result.decimals}f}{percent}"


def _entry(score: Score, asked: Input, found: Found, chosen: Chosen | None) -> Entry:
    entry = Entry(
        name=asked.name,
        label=asked.label,
        kind=asked.kind,
        unit=asked.unit,
        choices=asked.choices,
        needed=asked in score.inputs and asked.name not in score.optional,
    )
    if chosen is None:
        return entry
    where = {"says": chosen.says, "at": chosen.at}
    where |= {"resource": chosen.resource, "path": chosen.path}
    if asked.name in found.stale:
        return entry.model_copy(update={**where, "found": State.STALE})
    if asked.name in found.conflicting:
        return entry.model_copy(update={**where, "found": State.CONFLICT})
    try:
        held = read(asked, found.given[asked.name])
    except Refused as refused:
        note = refused.reason.says
        return entry.model_copy(update={**where, "found": State.REFUSED, "note": note})
    return entry.model_copy(update={**where, "found": State.USED, "held": held})


_NOTES = {
    State.STALE: "Too old to count.",
    State.CONFLICT: "The chart holds different values of one moment.",
}


def _with(asked: Input, entry: Entry, answered: str | None) -> Entry:
    """Return the entry as the result is made with it."""
    if answered is not None:
        given = {"value": stated(asked, answered), "state": State.STATED, "note": ""}
        return entry.model_copy(update=given)
    note = entry.note if entry.found is State.REFUSED else _NOTES.get(entry.found, "")
    value = entry.held if entry.found is State.USED else None
    return entry.model_copy(update={"value": value, "state": entry.found, "note": note})


def _answer(score: Score, entries: tuple[Entry, ...]) -> Answer:
    given: dict[str, Given] = {
        entry.name: entry.value for entry in entries if entry.value is not None
    }
    return answer(
        score,
        given,
        stale=[entry.name for entry in entries if entry.state is State.STALE],
        conflicting=[entry.name for entry in entries if entry.state is State.CONFLICT],
    )


def _answers(
    score: Score, entries: tuple[Entry, ...], written: Mapping[str, str]
) -> dict[str, str]:
    """Return the answers that were given, by input; ``rest`` is a no to each question left open."""
    said = {name: text.strip() for name, text in written.items() if text.strip()}
    rest = said.pop(REST, None)
    known = {entry.name: entry for entry in entries}
    for name in said:
        if name not in known:
            raise InvalidInput(f"{score.title} has no input of this name.", where="/answers")
    if rest is not None:
        if rest != "no":
            raise InvalidInput("What is left open can only be answered no.", where="/answers/rest")
        for entry in entries:
            open_one = entry.kind == Kind.YES_NO and entry.found is not State.USED
            if open_one and entry.name not in said:
                said[entry.name] = "no"
    return said


def stated(asked: Input, written: str) -> Value:
    """Return what a person wrote, in the formula's unit; raise ``InvalidInput``."""
    where = f"/answers/{asked.name}"
    value: Value = written
    if asked.kind is Kind.YES_NO:
        if written not in {"yes", "no"}:
            raise InvalidInput(f"{asked.label}: answer yes or no.", where=where)
        value = written == "yes"
    elif asked.kind not in (Kind.CHOICE, Kind.SEX):
        try:
            value = float(written.replace(",", ".", 1))
        except ValueError:
            raise InvalidInput(
                f"{asked.label}: write a number alone.", where=where, mend="Leave out the unit."
            ) from None
    try:
        return read(asked, value)
    except Refused as refused:
        raise InvalidInput(
            refused.reason.says, where=where, mend="Check the value and its unit."
        ) from None


def _outcome(score: Score, answered: Answer) -> Outcome | None:
    result = answered.result
    if result is None and answered.low is None:
        return None
    band = _band(score, answered)
    return Outcome(
        value=None if result is None else result.value,
        low=answered.low,
        high=answered.high,
        unit=score.unit,
        decimals=score.decimals,
        meaning="" if band is None else band.label,
        observed="" if band is None else band.risk or "",
        source="" if band is None else band.source or "",
        remark="" if result is None else result.remark or "",
    )


def _band(score: Score, answered: Answer) -> Band | None:
    """Return what the result means; of a range only what both its ends mean."""
    if answered.result is not None:
        return answered.result.band
    if answered.low is None or answered.high is None:
        return None
    low, high = score.band(answered.low), score.band(answered.high)
    return low if low == high else None
