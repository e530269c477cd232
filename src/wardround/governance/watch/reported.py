"""Outcomes as a file brings them: one JSON object a line, each line at fault named."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import orjson
from pydantic import AwareDatetime, ValidationError

from wardround.kernel import InvalidInput, Noun

MOST_NAMED = 20

Source = Literal["person", "file", "chart"]


class Reported(Noun):
    """What became of one prediction: whether the outcome came, and when that was known."""

    draft: str
    outcome: Literal[0, 1]
    at: AwareDatetime


def read_reports(lines: Iterable[bytes], where: str, now: datetime) -> dict[str, Reported]:
    """Return the outcomes of a file by their lines; raise ``InvalidInput`` for those at fault.

    Of lines that say the same of a draft the first counts.
    """
    found: dict[str, Reported] = {}
    known: dict[str, Reported] = {}
    wrong: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            one = Reported.model_validate(orjson.loads(line), strict=False)
            _require(one, known.get(one.draft), now)
            if one.draft not in known:
                known[one.draft] = found[f"line {number}"] = one
        except (orjson.JSONDecodeError, ValidationError, InvalidInput) as error:
            wrong.append(f"line {number}: {_told(error)}")
    refuse(wrong, where)
    return found


def refuse(wrong: list[str], where: str) -> None:
    """Raise ``InvalidInput`` where anything is wrong, naming at most ``MOST_NAMED``."""
    if not wrong:
        return
    more = f"; and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
    raise InvalidInput(
        f"Nothing was taken in. {'; '.join(wrong[:MOST_NAMED])}{more}.",
        where=where,
        mend='Each line is {"draft": ID, "outcome": 0 or 1, "at": TIME}, the time with its zone.',
    )


def _require(one: Reported, before: Reported | None, now: datetime) -> None:
    if one.at > now:
        raise InvalidInput("its time is in the future")
    if before is not None and before.outcome != one.outcome:
        raise InvalidInput("another line says otherwise of this draft")


def _told(error: Exception) -> str:
    if isinstance(error, InvalidInput):
        return error.what
    if isinstance(error, ValidationError):
        first: Any = error.errors(include_input=False)[0]
        place = "/".join(map(str, first["loc"]))
        if first["type"] == "missing":
            return f"{place} is missing"
        return f"{place if place in Reported.model_fields else 'it'} is not as it should be"
    return "this is no JSON"
