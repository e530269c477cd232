"""The rules as data, and a reason: one rule that was met, with its points and its events."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from wardround.kernel import Noun

MOST_EVENTS = 20
"""Events that a reason names as its evidence; the audit trail has the others."""

_FILE = "rules.toml"


class Rule(Noun):
    """One rule: its points, what it says, and its thresholds by their names."""

    name: str
    title: str
    points: int
    near: int
    treated: int
    says: str
    limits: dict[str, Any]

    def limit(self, name: str) -> float:
        """Return a threshold that is a number."""
        return float(self.limits[name])


class Rules(Noun):
    """Every rule, how many points make a case, and how far back usual is looked for."""

    open_at: int
    history_days: int
    by_name: dict[str, Rule]

    def __getitem__(self, name: str) -> Rule:
        """Return one rule."""
        return self.by_name[name]


class Reason(Noun):
    """A rule that was met: ``facts`` fill in what it says, ``events`` are ids of the trail."""

    rule: str
    points: int
    facts: dict[str, str] = Field(default_factory=dict)
    events: tuple[int, ...] = ()

    @property
    def says(self) -> str:
        """What was seen, as a sentence."""
        known = load_rules().by_name.get(self.rule)
        # A rule of an earlier version may be gone; its cases are not.
        return known.says.format(**self.facts) if known else self.rule.replace("-", " ")


@cache
def load_rules() -> Rules:
    """Return the rules that Wardround ships, ``rules.toml``."""
    text = (files("wardround.privacy.oversight") / _FILE).read_text("utf-8")
    found = tomllib.loads(text)
    rules = {
        name: Rule(
            name=name,
            title=table.pop("title"),
            points=table["points"],
            near=table.pop("near", table.pop("points")),
            treated=table.pop("treated"),
            says=table.pop("says"),
            limits=table,
        )
        for name, table in found.items()
        if isinstance(table, dict)
    }
    return Rules(open_at=found["open_at"], history_days=found["history_days"], by_name=rules)
