"""Modes: what is done with each kind of PHI, and what may stay."""

import tomllib
from enum import StrEnum

from pydantic import Field

from wardround.kernel import InvalidInput, Noun
from wardround.privacy.deid.kind import Kind


class Operator(StrEnum):
    """What is done with a find."""

    REDACT = "redact"
    """Nothing stays in its place."""
    TAG = "tag"
    """Its kind in brackets: ``[NAME]``."""
    MASK = "mask"
    """An asterisk for each letter and figure; the shape stays."""
    SURROGATE = "surrogate"
    """Something invented of the same kind and shape, the same for one patient everywhere."""
    PSEUDONYM = "pseudonym"
    """A code that only who holds the key can tell the person from (164.514(c))."""
    KEEP = "keep"
    """It stays as it is."""


class Mode(Noun):
    """What is done with each kind; ``operators`` has those that differ from ``usual``."""

    name: str
    usual: Operator
    operators: dict[Kind, Operator] = Field(default_factory=dict)

    def operator(self, kind: Kind) -> Operator:
        """Return what is done with a kind."""
        return self.operators.get(kind, self.usual)


def safe_harbor(usual: Operator = Operator.TAG) -> Mode:
    """Return the mode of 164.514(b)(2): all eighteen kinds go."""
    if usual is Operator.KEEP:
        raise InvalidInput("Safe Harbor keeps no identifier.", where="operator")
    return Mode(name="safe-harbor", usual=usual)


def limited_data_set(usual: Operator = Operator.TAG) -> Mode:
    """Return the mode of 164.514(e): dates, ages, and places but for street addresses, may stay."""
    stay = {Kind.DATE: Operator.KEEP, Kind.AGE: Operator.KEEP}
    return Mode(name="limited-data-set", usual=usual, operators=stay)


MODES = {"safe-harbor": safe_harbor, "limited-data-set": limited_data_set}
"""The modes that the rules describe, by name."""


def read_mode(text: str) -> Mode:
    """Return a mode of one's own, written as TOML: ``usual``, and an operator for each kind.

    Raise ``InvalidInput`` naming the line that is none.
    """
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"This mode is no TOML: {error}.") from None
    usual = _operator("usual", written.pop("usual", "tag"))
    name = str(written.pop("name", "custom"))
    operators = {}
    for kind, operator in written.items():
        if kind not in set(Kind):
            raise InvalidInput(
                "There is no such kind.", where=kind, mend=f"One of: {', '.join(Kind)}."
            )
        operators[Kind(kind)] = _operator(kind, operator)
    return Mode(name=name, usual=usual, operators=operators)


def _operator(where: str, written: object) -> Operator:
    if written not in set(Operator):
        raise InvalidInput(
            "There is no such operator.", where=where, mend=f"One of: {', '.join(Operator)}."
        )
    return Operator(str(written))
