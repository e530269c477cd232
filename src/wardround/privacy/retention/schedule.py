"""The schedule: how long each kind of thing is kept, and the rule that says so."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files

from wardround.kernel import Noun


class Kept(Noun):
    """A kind of thing: how long it is kept, by which rule, and what becomes of it then.

    ``days`` is what the clinic has set, none where it is kept as ``kept`` says.
    """

    name: str
    title: str
    kept: str
    rule: str
    then: str
    command: str | None = None
    setting: str | None = None
    after: str = ""
    days: int | None = None

    @property
    def says(self) -> str:
        """How long, in words."""
        if self.days is None:
            return self.kept
        return f"{self.days:,} day{'' if self.days == 1 else 's'} {self.after}"

    def before(self, now: datetime) -> datetime | None:
        """Return the moment before which such a thing is past its time; none where it never is."""
        return None if self.days is None else now - timedelta(days=self.days)


def read_schedule(days: Mapping[str, int | None]) -> tuple[Kept, ...]:
    """Return every kind, with the days that the clinic has set, by their settings."""
    text = (files("wardround.privacy.retention") / "schedule.toml").read_text("utf-8")
    found = []
    for kind in tomllib.loads(text)["kind"]:
        setting = kind.pop("days", None)
        chosen = None if setting is None else days.get(setting)
        found.append(Kept(**kind, setting=setting, days=chosen))
    return tuple(found)
