"""Every rule is asked by a check, broken by the measure, told on the page."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from scripts.rules_page import PAGE, page

from wardround.capabilities.billing import scrubbing
from wardround.capabilities.billing.scrubbing import Rule, rules, rules_page
from wardround.capabilities.billing.scrubbing.evaluate import BREAKS
from wardround.capabilities.billing.scrubbing.rule import THEMES
from wardround.kernel import Severity

CHECKS = Path(str(scrubbing.__file__)).parent / "checks"

UNBROKEN = {"diagnosis-doubtful"}
"""Only outside every edition, where the measure has none: test_scrubber.py."""


@cache
def _asked() -> set[str]:
    found: set[str] = set()
    for path in CHECKS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


@pytest.mark.parametrize("rule", rules().values(), ids=lambda one: one.id)
def test_a_rule_is_whole(rule: Rule) -> None:
    assert rule.theme in THEMES
    assert rule.field or rule.id in _asked(), "no check asks it"
    for said in (rule.says, rule.mend, rule.source):
        assert said
    assert rule.mend.endswith(".") or rule.mend == "{mend}"
    assert "PHI" not in rule.says


def test_every_rule_that_stops_or_warns_is_broken_in_the_measure() -> None:
    wanted = {name for name, one in rules().items() if one.severity is not Severity.NOTE}
    assert wanted - {rule for way in BREAKS for rule in way.rules} == UNBROKEN


def test_every_way_to_break_names_rules_that_are_there() -> None:
    assert {rule for way in BREAKS for rule in way.rules} <= rules().keys()
    names = [(way.theme, way.name) for way in BREAKS]
    assert len(set(names)) == len(names)
    assert len(names) > 200


def test_the_page_tells_every_rule() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \|", rules_page(), re.MULTILINE)
    assert told == list(rules())


def test_the_page_in_the_documents_is_what_the_rules_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run scripts/rules_page.py"
