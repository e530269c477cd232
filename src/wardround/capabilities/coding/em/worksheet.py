"""``level``: the worksheet of a visit, drafted from its note."""

from collections.abc import Sequence

from wardround.capabilities.coding.em import grid
from wardround.capabilities.coding.em.data import read_data
from wardround.capabilities.coding.em.doubts import doubts
from wardround.capabilities.coding.em.minutes import written_minutes
from wardround.capabilities.coding.em.model import LEVELS, Basis, Level, Part, Setting, Worksheet
from wardround.capabilities.coding.em.problems import read_problems
from wardround.capabilities.coding.em.reading import Reading
from wardround.capabilities.coding.em.risk import read_risk
from wardround.capabilities.coding.found import Found
from wardround.kernel import InvalidInput

_ADVICE = (
    "A note is not changed for a higher code: only what was done and is true of the visit counts."
)
_LONGEST = 24 * 60


def level(
    text: str,
    found: Sequence[Found] = (),
    *,
    setting: Setting,
    new: bool,
    minutes: int | None = None,
) -> Worksheet:
    """Return the level of evaluation and management that a note supports, with what it rests on.

    ``new`` is a new patient (office, home) or the first visit of a stay (inpatient). ``minutes``
    is the clinician's total time on the date of the encounter; without it the note's own total
    counts, if it tells one. What is not written is not counted. Raise ``InvalidInput`` for
    minutes that no day has.
    """
    if minutes is not None and not 0 < minutes <= _LONGEST:
        raise InvalidInput(
            "A day has from 1 to 1440 minutes.",
            where="minutes",
            mend="Give the visit's total time.",
        )
    reading = Reading(text)
    problems, data, risk = read_problems(reading, found), read_data(reading), read_risk(reading)
    remarks = []
    if minutes is None:
        told = written_minutes(text)
        if told is not None and told.total:
            minutes = told.minutes
        elif told is not None:
            remarks.append(
                f"The note tells of {told.minutes} minutes, not that they are the total of the day;"
                " they are not counted."
            )
    mdm = None if problems is None else grid.two_of_three(problems.level, data.level, risk.level)
    code, basis, why = _code(mdm, minutes, setting, new=new)
    if any(item.kind == "interpretation" for item in data.elements):
        remarks.append("A reading that is billed by the same clinician does not count as data.")
    sheet = Worksheet(
        setting=setting,
        new=new,
        problems=problems,
        data=data,
        risk=risk,
        mdm=mdm,
        minutes=minutes,
        code=code,
        basis=basis,
        why=(*_sentences(problems, data, risk, mdm), *why),
        missing=_missing(problems, data, risk, mdm) if basis == "mdm" else (),
        remarks=tuple(remarks),
    )
    return sheet.model_copy(update={"unsure": doubts(sheet, text)})


def _code(
    mdm: Level | None, minutes: int | None, setting: Setting, *, new: bool
) -> tuple[str | None, Basis | None, tuple[str, ...]]:
    """Return the code, its basis and why: medical decision making or time, whichever is higher."""
    by_mdm = None if mdm is None else grid.by_mdm(mdm, setting, new=new)
    by_time = None if minutes is None else grid.by_time(minutes, setting, new=new)
    if by_time is not None and (by_mdm is None or by_time > by_mdm):
        least = next(row.minutes for row in grid.rows(setting, new=new) if row.code == by_time)
        return by_time, "time", (f"{minutes} minutes meet the {least} that {by_time} asks for.",)
    if by_mdm is None:
        return None, None, ("No problem that is addressed was found: no code is proposed.",)
    return by_mdm, "mdm", (f"Medical decision making is {mdm}: {by_mdm}.",)


def _sentences(problems: Part | None, data: Part, risk: Part, mdm: Level | None) -> tuple[str, ...]:
    if problems is None or mdm is None:
        return ()
    return (
        f"Problems are {problems.level}: {problems.why}.",
        f"Data are {data.level}: {data.why}.",
        f"Risk is {risk.level}: {risk.why}.",
        f"Two of the three meet or exceed {mdm}.",
    )


def _missing(problems: Part | None, data: Part, risk: Part, mdm: Level | None) -> tuple[str, ...]:
    """Return what the next level would rest on and the note does not tell."""
    if problems is None or mdm is None or mdm == LEVELS[-1]:
        return ()
    following = LEVELS[LEVELS.index(mdm) + 1]
    needs = grid.read_rules("needs")
    lacking = [
        f"{name.capitalize()} would need {needs[name][following]}."
        for name, part in (("problems", problems), ("data", data), ("risk", risk))
        if LEVELS.index(part.level) < LEVELS.index(following)
    ]
    met = 3 - len(lacking)
    return (f"Of three, {met} reach {following}; two are needed.", *lacking, _ADVICE)
