"""What people say of a model, which no number tells; left out, it is said to be left out."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from wardround.governance.validation.model import Validation
from wardround.governance.validation.wording import percent
from wardround.kernel import InvalidInput

NOT_PROVIDED = "not provided"
ITEMS = 27


class About(BaseModel):
    """A model and its data in words, from its specification and its card."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    digest: str | None = None
    predicts: str
    """The outcome, as the end of a sentence: "death in hospital"."""
    horizon: str | None = None
    for_whom: str | None = None
    setting: str | None = None
    users: str | None = None
    not_for: list[str] = []
    limits: list[str] = []
    source: str | None = None
    dates: str | None = None
    assessed: str | None = None
    """How the outcome was assessed."""
    predictors: list[str] = []
    method: str | None = None
    missing_handled: str | None = None
    updated: str | None = None
    funding: str | None = None
    code: str | None = None
    tripod: Mapping[int, str] = {}
    """What people wrote for an item of TRIPOD+AI, by its number."""


class Item(NamedTuple):
    """An item of TRIPOD+AI with what is said to it; without an answer, who owes it."""

    number: int
    part: str
    asks: str
    answer: str | None
    by: str


def tripod_items(about: About, found: Validation) -> list[Item]:
    """Return the 27 items: as people wrote them, else as software can, else as not provided."""
    strange = sorted(set(about.tripod) - set(range(1, ITEMS + 1)))
    if strange:
        raise InvalidInput(f"TRIPOD+AI has no item {strange[0]}.", where="tripod")
    known = _known(about, found)
    items = []
    for one in _items():
        number = int(one["number"])
        written = about.tripod.get(number) or known.get(str(one.get("fill", "")))
        items.append(
            Item(number, str(one["part"]), str(one["asks"]), written or None, str(one["by"]))
        )
    return items


@cache
def _items() -> list[dict[str, str | int]]:
    path = Path(__file__).with_name("tripod.toml")
    items: list[dict[str, str | int]] = tomllib.loads(path.read_text("utf-8"))["item"]
    return items


def _known(about: About, found: Validation) -> dict[str, str]:
    absent = [one for one in found.missing if one.n]
    said = "; ".join(f"{one.column} in {percent(one.share.value, 0)}" for one in absent[:8])
    size = f"{found.n:,} patients, {found.events:,} with the outcome; no calculation was handed in."
    columns = list(dict.fromkeys(one.column for one in found.groups))
    performance = "Sections 1 to 6 of this report, with 95 % intervals"
    performance += f", and in groups by {', '.join(columns)}." if columns else "; no groups given."
    known = {
        "title": f"Validation of {about.name} {about.version}, which predicts {about.predicts}"
        + (f", in {about.for_whom}." if about.for_whom else "."),
        "aim": "Evaluation of an existing model; its development is not part of this report.",
        "data": _joined(about.source, about.dates),
        "setting": _joined(about.setting, about.for_whom),
        "outcome": _joined(about.predicts, about.horizon, about.assessed)
        if about.assessed
        else None,
        "predictors": ", ".join(about.predictors),
        "size": size,
        "missing": _joined(about.missing_handled, f"Missing: {said}" if said else None)
        if about.missing_handled
        else "",
        "methods": _joined(about.method, "Performance: how it was measured is said in section 9.")
        if about.method
        else "",
        "fairness": f"Groups by {', '.join(columns)} were compared; see sections 4 and 5."
        if columns
        else "",
        "output": f"A probability of {about.predicts}; groups are compared at "
        f"{percent(found.chosen)}.",
        "open": _joined(
            about.funding and f"Funding: {about.funding}",
            about.code and f"Code: {about.code}",
            f"The rest: {NOT_PROVIDED}",
        )
        if about.funding or about.code
        else None,
        "participants": f"{found.n:,} patients, of whom {found.events:,} had the outcome.",
        "model": about.digest and f"Model file with SHA-256 {about.digest}.",
        "performance": performance,
        "updating": about.updated,
        "limits": " ".join(about.limits),
        "use": _joined(about.users and f"For {about.users}", *about.not_for),
    }
    return {key: value for key, value in known.items() if value}


def _joined(*parts: str | None) -> str:
    """Return parts as sentences."""
    told = [f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part]
    return " ".join(told)
