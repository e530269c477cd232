"""Rules as they are declared in ``rules/``: what each says, how it is mended, and whose it is."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from wardround.capabilities.billing.model import ClaimKind
from wardround.capabilities.billing.scrubbing.edit import Edit
from wardround.kernel import Noun, Severity

THEMES = (
    "claim", "parties", "coverage", "lines", "procedures", "modifiers", "diagnoses", "bundling",
    "history", "institutional",
)  # fmt: skip
"""The files of ``rules/``, in the order in which a claim is read."""


class Rule(Noun):
    """One declared edit; ``field`` names what must not be empty, where that is all of the rule."""

    id: str
    theme: str
    severity: Severity
    says: str
    mend: str
    source: str
    segment: str = ""
    field: str = ""
    kinds: tuple[ClaimKind, ...] = tuple(ClaimKind)


class Hit(NamedTuple):
    """A rule that a claim breaks: where, and the words that its sentence leaves open."""

    rule: str
    where: str = ""
    words: Mapping[str, object] = {}
    segment: str = ""


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its id, in the order of the files."""
    found: dict[str, Rule] = {}
    for theme in THEMES:
        for name, declared in table(f"rules/{theme}.toml").items():
            found[name] = Rule(id=name, theme=theme, **declared)
    return found


def table(path: str) -> dict[str, Any]:
    """Return one of this room's TOML files."""
    text = files("wardround.capabilities.billing.scrubbing").joinpath(path).read_text("utf-8")
    return tomllib.loads(text)


_INSTITUTIONAL = {"SV101": "SV202", "SV102": "SV203", "SV103": "SV204", "SV104": "SV205"}
"""Where an 837I has what an 837P has in SV1."""


def edit_of(rule: Rule, hit: Hit, kind: ClaimKind) -> Edit:
    """Return what is said where a claim of a kind breaks a rule."""
    words = {name: str(value) for name, value in hit.words.items()}
    segment = hit.segment or rule.segment
    if kind is ClaimKind.INSTITUTIONAL and "SV10" in segment:
        for theirs, ours in _INSTITUTIONAL.items():
            segment = segment.replace(theirs, ours)
    return Edit(
        rule=rule.id,
        severity=rule.severity,
        where=hit.where,
        segment=segment,
        says=rule.says.format_map(words),
        mend=rule.mend.format_map(words),
        source=rule.source,
    )
