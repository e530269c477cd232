"""The examination: findings by organ system, in the short form in which notes state them."""

from collections.abc import Sequence

from wardround.capabilities.documentation.writing.claims import Claim, claim
from wardround.capabilities.documentation.writing.exchanges import Exchange
from wardround.capabilities.documentation.writing.rewriting import Rewriter
from wardround.capabilities.documentation.writing.rules import Rules
from wardround.capabilities.documentation.writing.statements import (
    DANGLING,
    is_chatter,
    is_command,
    is_complete,
)

_RULES = Rules("examination")

SYSTEMS = _RULES.named("systems")
_ORDER = (
    "Vital signs",
    "General",
    "Head, eyes, ears, nose and throat",
    "Neck",
    "Respiratory",
    "Cardiovascular",
    "Gastrointestinal",
    "Genitourinary",
    "Musculoskeletal",
    "Skin",
    "Neurological",
    "Psychiatric",
)
_PLACE = {name: place for place, name in enumerate(_ORDER)}
_FORMS = _RULES.forms("forms")


def system_of(text: str) -> str:
    """Return the organ system that a finding belongs to; empty if it names none."""
    for name, pattern in SYSTEMS.items():
        if pattern.search(text):
            return name
    return ""


def place_of(system: str) -> int:
    """Return where a system stands in an examination."""
    return _PLACE.get(system, _PLACE["General"])


def normal_form(text: str) -> str:
    """Return a finding in short form: "i do not appreciate any murmurs" becomes "no murmurs"."""
    for pattern, form in _FORMS:
        text = pattern.sub(form, text).strip(" ,")
    return text


def examine(exchanges: Sequence[Exchange], rewriter: Rewriter) -> list[Claim]:
    """Return the findings of the examination, by organ system; the first of each names it."""
    found: dict[str, list[Claim]] = {}
    system = ""
    for exchange in exchanges:
        spoken = exchange.statement.words
        if exchange.statement.speaker == "patient" or is_command(spoken) or is_chatter(spoken):
            continue
        clause = " ".join(rewriter.clause(spoken, "doctor"))
        system = system_of(clause) or system
        finding = normal_form(clause)
        words = finding.split()
        told = finding.startswith("no ") or is_complete(words) or bool(_FINDING.search(finding))
        if len(words) < 2 or words[-1] in DANGLING or _AIMS.search(finding) or not told:
            continue
        if not (system_of(clause) or _FINDING.search(finding) or _GENERAL.search(finding)):
            continue
        item = claim(rewriter.sentence(words), (exchange.statement,))
        found.setdefault(system or "General", []).append(item)
    claims = []
    for name in sorted(found, key=place_of):
        first, *others = found[name]
        claims += [claim(f"{name}: {first.text}", first.segments), *others]
    return claims


def report(exchanges: Sequence[Exchange], rewriter: Rewriter) -> list[Claim]:
    """Return the results that were spoken of."""
    claims = []
    for exchange in exchanges:
        words = exchange.statement.words
        if exchange.statement.speaker == "patient" or is_command(words):
            continue
        text = normal_form(" ".join(rewriter.clause(words, "doctor")))
        for pattern, form in _RESULTS:
            text = pattern.sub(form, text).strip(" ,")
        if is_complete(text.split()):
            claims.append(claim(rewriter.sentence(text.split()), (exchange.statement,)))
    return claims


_FINDING = _RULES.pattern("finding")
_GENERAL = _RULES.pattern("general")
_AIMS = _RULES.pattern("aims")
_RESULTS = _RULES.forms("results")
