"""The kinds of file that can be loaded, as ``kinds.toml`` lists them."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from wardround.kernel import NotFound, Noun


class Column(Noun):
    """A column: found by the words of its heading (``|`` between alternatives), kept by name."""

    name: str
    heading: str
    cell: str
    without: str | None = Field(default=None, alias="not")
    optional: bool = False

    def heads(self, heading: str) -> bool:
        """Tell whether ``heading``, in lower case, is that of this column."""
        if self.without is not None and self.without in heading:
            return False
        words = self.heading.split("|")
        return any(re.search(rf"\b{re.escape(one)}\b", heading) for one in words)


class Kind(Noun):
    """One kind of file: whose it is, on what terms, and how it is read."""

    name: str
    title: str
    owner: str
    terms: str
    reader: Literal["tabular", "order", "index", "cpt", "hcpcs", "gem", "table"]
    holds: Literal["fiscal", "year", "quarter", "always"]
    names: str | None = None
    """What the name of such a file has in it, as a pattern."""
    licensed: bool = False
    """Whether nothing is loaded until the person says that they hold the licence."""
    key: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    repeats: bool = False
    """Whether a row may stand there twice; it is then kept once."""
    variants: dict[str, str] = Field(default_factory=dict)
    """The variants, each with the words of a file's name or headings that tell it."""

    def place(self, column: str) -> int:
        """Return where a column stands in a kept row."""
        return [one.name for one in self.columns].index(column)


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds by name."""
    listed = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text("utf-8"))
    return {name: Kind(name=name, **entry) for name, entry in listed.items()}


def kind_of(name: str) -> Kind:
    """Return the kind ``name``; raise ``NotFound`` naming those there are."""
    if name not in kinds():
        raise NotFound(f"There is no kind {name}.", mend=f"There is: {', '.join(kinds())}.")
    return kinds()[name]
