"""What regulators ask, answered by people's words and the cards; else by what software knows."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from wardround.governance.dossier.card import Carded
from wardround.governance.dossier.chapter import TREE, Answer, Chapter, Said, answered
from wardround.governance.dossier.facts import ExhibitKind, Facts
from wardround.governance.dossier.trace import tests_of
from wardround.kernel import InvalidInput

WRITTEN = "dossier.yaml"
_SUMMARY = "Quoted from where the last column says; what nobody wrote is a blank for people."


@cache
def sections() -> dict[str, dict[str, Any]]:
    """Return FDA's sections and the pre-submission, by key and in their order."""
    found = tomllib.loads(Path(__file__).with_name("sections.toml").read_text("utf-8"))
    return {one["id"]: one for one in found["section"]}


@cache
def others(key: str) -> list[dict[str, Any]]:
    """Return the principles of N88 (``practice``) or the headings of Annex IV (``heading``)."""
    text = Path(__file__).with_name("others.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)[key]
    return found


def check_answers(facts: Facts) -> None:
    """Raise ``InvalidInput`` where people answered what nobody asks: it would be shown nowhere."""
    asked = {f"{key}.{item['id']}" for key, one in sections().items() for item in one["item"]}
    asked |= OTHER_ANSWERS
    strange = sorted(set(facts.declared.written.answers) - asked)
    strange += [f"practices.{one}" for one in facts.declared.written.practices if one not in _TEN]
    if strange:
        raise InvalidInput(
            f"Nobody asks for {strange[0]}.", where=WRITTEN, mend="The dossier's chapters say what."
        )


OTHER_ANSWERS = {"annex-iv.7", "annex-iv.8"}
"""What is asked outside ``sections.toml`` and answered by people."""
_TEN = range(1, 11)


def asked_chapter(key: str, number: int, facts: Facts) -> Chapter:
    """Return the chapter of one of the sections, each of its questions answered or owed."""
    section = sections()[key]
    known, why = _known(facts), _why(facts)
    answers = []
    for item in section["item"]:
        said = _written(f"{key}.{item['id']}", facts)
        said += _quoted(item.get("card", "").split(), facts.cards)
        fill = item.get("fill", "")
        said = said or known.get(fill, [])
        if "chapter" in item:
            title = sections()[item["chapter"]]["title"]
            said = said or [Said(f"To be drawn from the chapter “{title}”.", "this dossier")]
        answers.append(Answer(item["asks"], said, item["by"], why.get(fill, "")))
    words = [f"After {section['cites']}.", _SUMMARY]
    return Chapter(number, key, section["title"], [answered("Answers", answers, words)], answers)


def _written(place: str, facts: Facts) -> list[Said]:
    text = facts.declared.written.answers.get(place)
    return [Said(" ".join(text.split()), WRITTEN)] if text else []


def _quoted(places: list[str], cards: list[Carded]) -> list[Said]:
    """Return what the cards say in these places; cards that say the same are named together."""
    told: dict[str, list[str]] = {}
    for card in cards:
        said = card.said
        text = " ".join(said[place] for place in places if place in said)
        if text:
            told.setdefault(text, []).append(card.label)
    return [Said(text, f"card of {', '.join(names)}") for text, names in told.items()]


def _known(facts: Facts) -> dict[str, list[Said]]:
    """Return what software can answer, by the name of the question's ``fill``."""
    known: dict[str, list[Said]] = {}
    commit = f", commit {facts.commit}" if facts.commit else "; commit: not provided"
    known["version"] = [Said(f"Wardround {facts.version}{commit}.", "software")]
    hazards, requirements = facts.declared.hazards, facts.declared.requirements
    if hazards:
        known["hazards"] = [Said(f"{len(hazards)}, in the chapter “Hazards”.", "hazards.yaml")]
    if facts.trace is not None and requirements:
        tested = [one for one in requirements if tests_of(one.id, facts.trace)]
        text = f"{len(tested)} of {len(requirements)} requirements have marked tests, "
        text += (
            "in the chapter “Requirements and tests”, with their results if a run was handed in."
        )
        known["trace"] = [Said(text, "the tests")]
    if facts.trace is not None and hazards:
        done = [
            one for one in hazards if all(tests_of(id_, facts.trace) for id_ in one.requirements)
        ]
        text = f"Of {len(done)} of {len(hazards)} hazards each requirement has tests."
        known["verified"] = [Said(text, "the tests")]
    models = [
        Said(f"{each.name}: {each.file}, SHA-256 {each.digest}.", f"card of {one.label}")
        for one in facts.cards
        for each in one.files
    ]
    if models:
        known["models"] = models
    reports = [
        Said(f"{one.says}: {one.place}", "enclosed") for one in facts.of_kind(ExhibitKind.REPORT)
    ]
    if reports:
        known["reports"] = reports
    if facts.threats:
        text = (
            f"{len(facts.threats)} threats by STRIDE, below; each names the tests of its control."
        )
        known["threats"] = [Said(text, "docs/security.md")]
    if facts.packages:
        text = f"{len(facts.packages)} packages with their hashes: soup.cdx.json (CycloneDX 1.6)."
        known["soup"] = [Said(text, "the lock files")]
    return known


def _why(facts: Facts) -> dict[str, str]:
    """Return why what software could answer is blank, where it is."""
    why: dict[str, str] = {}
    if facts.trace is None:
        why |= {"trace": TREE, "verified": TREE}
    if facts.threats is None:
        why["threats"] = TREE
    if facts.packages is None:
        why["soup"] = TREE
    return why
