"""The clauses of the Security Rule, as ``rule/`` has them: what each asks, and who answers."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from wardround.kernel import NotFound, Noun


class By(StrEnum):
    """Who answers for a clause: the system by what it shows, the clinic in words, or both."""

    WARDROUND = "wardround"
    BOTH = "both"
    CLINIC = "clinic"


class Duty(StrEnum):
    """How a clause binds: addressable ones are met, or it is written down why not (164.306(d))."""

    REQUIRED = "required"
    ADDRESSABLE = "addressable"


class Clause(Noun):
    """One standard or implementation specification.

    Without a ``duty`` it is a standard that the specifications below it fulfil.
    """

    citation: str
    title: str
    asks: str
    duty: Duty | None = None
    by: By | None = None
    does: str = ""
    yours: str = ""
    probes: tuple[str, ...] = ()
    proposed: str = ""

    @property
    def section(self) -> str:
        """Its section, such as ``164.312``."""
        return self.citation.partition("(")[0]

    @property
    def slug(self) -> str:
        """The citation as an address has it, such as ``164.312-a-2-iv``."""
        return self.citation.replace(")(", "-").replace("(", "-").removesuffix(")")


class Standard(Noun):
    """A standard with the clauses that are judged: itself, or the specifications below it."""

    head: Clause
    clauses: tuple[Clause, ...]


class Section(Noun):
    """One section of the rule, such as the technical safeguards."""

    citation: str
    title: str
    standards: tuple[Standard, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of it that is judged."""
        return tuple(clause for standard in self.standards for clause in standard.clauses)


TITLES = {
    "164.308": "Administrative safeguards",
    "164.310": "Physical safeguards",
    "164.312": "Technical safeguards",
    "164.314": "Organizational requirements",
    "164.316": "Policies, procedures and documentation",
}


@cache
def read_clauses() -> tuple[Clause, ...]:
    """Return every clause, in the rule's order."""
    rule = files(__package__) / "rule"
    texts = {
        one.name: one.read_text("utf-8") for one in rule.iterdir() if one.name.endswith("toml")
    }
    return tuple(
        Clause.model_validate(one)
        for name in sorted(texts)
        for one in tomllib.loads(texts[name])["clause"]
    )


@cache
def read_sections() -> tuple[Section, ...]:
    """Return the sections with their standards and clauses."""
    return tuple(
        Section(citation=citation, title=title, standards=_standards(citation))
        for citation, title in TITLES.items()
    )


def find_clause(slug: str) -> Clause:
    """Return the clause that is judged under this name; raise ``NotFound``."""
    found = next((one for one in read_clauses() if one.slug == slug and one.duty), None)
    if found is None:
        raise NotFound("The Security Rule has no such clause.")
    return found


def _standards(section: str) -> tuple[Standard, ...]:
    heads: list[tuple[Clause, list[Clause]]] = []
    for clause in read_clauses():
        if clause.section != section:
            continue
        if clause.duty is None:
            heads.append((clause, []))
        elif heads and _is_below(clause, heads[-1][0]):
            heads[-1][1].append(clause)
        else:
            heads.append((clause, [clause]))
    return tuple(Standard(head=head, clauses=tuple(below)) for head, below in heads)


def _is_below(clause: Clause, head: Clause) -> bool:
    """Whether a clause is a specification of a standard: ``(a)(2)(i)`` is one of ``(a)(1)``."""
    if head.duty is not None:
        return False
    parent = head.citation.rpartition("(")[0]
    return clause.citation.startswith(parent)
