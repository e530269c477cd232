"""The rules as a page: docs/billing.md has it, so that the page cannot drift from the rules."""

from collections.abc import Iterator
from itertools import groupby

from wardround.capabilities.billing.scrubbing.rule import Rule, rules

TITLES = {
    "claim": "The claim as a whole",
    "parties": "Who bills and who treats",
    "coverage": "Who is insured, and the patient",
    "lines": "Each service",
    "procedures": "Procedures",
    "modifiers": "Modifiers",
    "diagnoses": "Diagnoses",
    "bundling": "NCCI and coverage",
    "history": "What is known beside the claim",
    "institutional": "Hospitals and other institutions",
}


def rules_page() -> str:
    """Return every rule as Markdown: a table for each theme."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    for theme, found in groupby(rules().values(), key=lambda one: one.theme):
        yield f"### {TITLES[theme]}"
        yield ""
        yield "| rule | | says | 837 | source |"
        yield "|---|---|---|---|---|"
        yield from map(_row, found)
        yield ""


def _row(rule: Rule) -> str:
    says = rule.says.replace("|", "/")
    return f"| `{rule.id}` | {rule.severity.value} | {says} | {rule.segment} | {rule.source} |"
