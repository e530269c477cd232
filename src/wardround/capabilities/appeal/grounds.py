"""The grounds of appeals, and their sentences, read from ``letters.toml``."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from tomllib import loads

from pydantic import Field

from wardround.capabilities.appeal.model import Denial
from wardround.kernel import Noun


class Template(Noun):
    """One sentence with facts between braces; ``each``: one for each of several facts."""

    text: str
    each: str = ""
    unless: str = ""


class Part(Noun):
    """A part of every letter; the sentences of one with ``ground`` are those of the ground."""

    title: str
    ground: bool = False
    sentences: tuple[Template, ...] = ()


class Ground(Noun):
    """Why a refusal is to be decided anew: which reasons it answers, and what it needs."""

    title: str
    reasons: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    needs: tuple[str, ...]
    modifiers: tuple[str, ...] = ()
    days: Mapping[str, int] = Field(default_factory=dict)
    sentences: tuple[Template, ...]


class Letters(Noun):
    """All of it."""

    no_appeal: tuple[str, ...]
    parts: tuple[Part, ...]
    grounds: Mapping[str, Ground]
    first: Mapping[str, str]


@cache
def letters() -> Letters:
    """Return the sentences and grounds."""
    return Letters.model_validate(loads((files(__package__) / "letters.toml").read_text("utf-8")))


def ground_of(denial: Denial) -> str | None:
    """Return the ground that answers a reason, or else one of its remarks; ``None``: none does."""
    grounds = letters().grounds
    for name, ground in grounds.items():
        if denial.reason in ground.reasons:
            return name
    told = {one.code for one in denial.remarks}
    return next((name for name, one in grounds.items() if told & set(one.remarks)), None)
