"""One search parameter: what kind it is of, and where in a resource its values stand."""

from typing import Literal, NamedTuple

Kind = Literal["date", "number", "reference", "string", "token"]

_PERSONAL = frozenset(
    {"birthDate", "deceasedDateTime", "identifier", "masterIdentifier", "telecom"}
)
"""Elements that tell who somebody is, beside names and addresses, which are strings."""


class Parameter(NamedTuple):
    """One search parameter of one resource type."""

    kind: Kind
    paths: tuple[str, ...]
    target: str | None = None
    """For references: only those to this type count (``patient`` among ``subject``)."""

    @property
    def hidden(self) -> bool:
        """Whether its values may tell who somebody is: they stand in the index only as hashes."""
        return self.kind == "string" or not _PERSONAL.isdisjoint(self.paths)


def date(*paths: str) -> Parameter:
    """Return a parameter of dates, instants and periods."""
    return Parameter("date", paths)


def number(*paths: str) -> Parameter:
    """Return a parameter of numbers."""
    return Parameter("number", paths)


def reference(*paths: str, target: str | None = None) -> Parameter:
    """Return a parameter of references, to resources of any type or of one."""
    return Parameter("reference", paths, target)


def string(*paths: str) -> Parameter:
    """Return a parameter of words: names, addresses, titles."""
    return Parameter("string", paths)


def token(*paths: str) -> Parameter:
    """Return a parameter of codes and identifiers."""
    return Parameter("token", paths)
