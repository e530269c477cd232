"""The code lists that the checks look into, read once."""

from functools import cache

from wardround.capabilities.billing.scrubbing.rule import table


class Beginnings:
    """Codes named by how they begin, without their dot."""

    def __init__(self, beginnings: frozenset[str]) -> None:
        self._beginnings = beginnings
        self._lengths = sorted({len(one) for one in beginnings})

    def __contains__(self, code: object) -> bool:
        plain = str(code).replace(".", "")
        return any(plain[:length] in self._beginnings for length in self._lengths)


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of ``codes.toml``."""
    return frozenset(str(table("lists/codes.toml")[name]).split())


@cache
def category(name: str) -> Beginnings:
    """Return a category of diagnoses of ``conflicts.toml``."""
    return Beginnings(frozenset(str(table("lists/conflicts.toml")[name]).split()))


@cache
def beginning(name: str) -> Beginnings:
    """Return a list of ``codes.toml`` that holds beginnings of codes."""
    return Beginnings(listed(name))
