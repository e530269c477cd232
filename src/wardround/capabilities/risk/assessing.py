"""A number made for one patient: from the chart, and from what a person states beside it.

What a person states stands for what the chart says. A result is always made anew from both, so
that nobody types a number.
"""

from collections.abc import Mapping
from datetime import datetime

from wardround.capabilities.risk.answer import Refused, read
from wardround.capabilities.risk.assessor import Assessor, Judged
from wardround.capabilities.risk.chart import ChartOf, Chosen, Found
from wardround.capabilities.risk.model import Assessment, Entry, Outcome, Point, Said, State
from wardround.capabilities.risk.score import Input, Kind, Value
from wardround.kernel import InvalidInput

REST = "rest"
"""The answer that says of every question still open: no."""


def assess(by: Assessor, chart: ChartOf, at: datetime, setting: str = "") -> Assessment:
    """Return the assessment from the chart alone."""
    return made_from(by, entries_of(by, chart.look_for(by.asked)), at, setting=setting)


def made_from(
    by: Assessor,
    entries: tuple[Entry, ...],
    at: datetime,
    answers: Mapping[str, str] | None = None,
    *,
    comment: str = "",
    trend: tuple[Point, ...] = (),
    setting: str = "",
) -> Assessment:
    """Return the assessment from what the chart holds and a person's answers.

    Raise ``InvalidInput`` for an answer that cannot be.
    """
    said = _answers(by, entries, answers or {})
    asked = {one.name: one for one in by.asked}
    entries = tuple(_with(asked[entry.name], entry, said.get(entry.name)) for entry in entries)
    refused = [entry for entry in entries if entry.state is State.REFUSED]
    judged = by.judge(entries, setting) if not refused else _refused(refused)
    odd = {reason.input: reason.says for reason in judged.reasons if reason.kind == "unusual"}
    return Assessment(
        model=by.model.name,
        digest=by.model.digest,
        title=by.title,
        headline=headline(by.title, judged.result),
        kind=by.kind,
        at=at,
        inputs=tuple(
            entry.model_copy(update={"note": odd[entry.name]}) if entry.name in odd else entry
            for entry in entries
        ),
        result=judged.result,
        contributions=judged.contributions,
        reasons=judged.reasons,
        trend=trend,
        setting=setting,
        warnings=judged.warnings,
        like=judged.like,
        changes=judged.changes,
        unfit=judged.unfit,
        final=judged.final,
        device=by.device,
        answers=said,
        comment=comment,
    )


def entries_of(by: Assessor, found: Found) -> tuple[Entry, ...]:
    """Return each input as the chart has it, in the unit that is asked for."""
    chosen = {one.input: one for one in found.chosen}
    return tuple(_entry(by, asked, found, chosen.get(asked.name)) for asked in by.asked)


def headline(title: str, result: Outcome | None) -> str:
    """Return the assessment in a few words."""
    if result is None:
        return f"{title}: no result yet"
    meaning = f", {result.meaning}" if result.meaning else ""
    return f"{title}: {spoken(result)}{meaning}"


def spoken(result: Outcome) -> str:
    """Return the value, or the range, as it is read out; a probability in percent."""
    if result.unit == "1" and result.value is not None:
        return f"{100 * result.value:.0f} %"
    percent = " %" if result.unit == "%" else ""
    if result.value is None:
        return f"{result.low:.{result.decimals}f} to {result.high:.{result.decimals}f}{percent}"
    return f"{result.value:.{result.decimals}f}{percent}"


def _refused(entries: list[Entry]) -> Judged:
    reasons = tuple(Said(kind="refused", input=one.name, says=one.note) for one in entries)
    return Judged(result=None, reasons=reasons)


def _entry(by: Assessor, asked: Input, found: Found, chosen: Chosen | None) -> Entry:
    entry = Entry(
        name=asked.name,
        label=asked.label,
        kind=asked.kind,
        unit=asked.unit,
        choices=asked.choices,
        needed=by.needs(asked),
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


def _answers(
    by: Assessor, entries: tuple[Entry, ...], written: Mapping[str, str]
) -> dict[str, str]:
    """Return the answers that were given, by input; ``rest`` is a no to each question left open."""
    said = {name: text.strip() for name, text in written.items() if text.strip()}
    rest = said.pop(REST, None)
    known = {entry.name: entry for entry in entries}
    for name in said:
        if name not in known:
            raise InvalidInput(f"{by.title} has no input of this name.", where="/answers")
    if rest is not None:
        if rest != "no":
            raise InvalidInput("What is left open can only be answered no.", where="/answers/rest")
        for entry in entries:
            open_one = entry.kind == Kind.YES_NO and entry.found is not State.USED
            if open_one and entry.name not in said:
                said[entry.name] = "no"
    return said


def stated(asked: Input, written: str) -> Value:
    """Return what a person wrote, in the unit that is asked for; raise ``InvalidInput``."""
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
