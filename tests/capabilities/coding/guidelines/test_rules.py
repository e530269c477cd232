"""The rules name codes that there are, and sections of the Official Guidelines."""

import re
from itertools import product

import pytest

from wardround.capabilities.coding.guidelines.codebook import codebook
from wardround.capabilities.coding.guidelines.refining import REFINEMENTS, Refinement
from wardround.capabilities.coding.guidelines.rules import rules
from wardround.engines.terminology import Tabular

_SECTION = re.compile(r"(?:I\.[ABC]\.\d+|I{2,3}\.[A-M]|IV\.[A-Q])(?:\.\w+)*")


@pytest.mark.parametrize("rule", REFINEMENTS, ids=[one.name for one in REFINEMENTS])
def test_a_refinement_leads_to_codes_that_there_are(rule: Refinement, tabular: Tabular) -> None:
    if any(not (axis.says or axis.anywhere) and axis.unknown is None for axis in rule.axes):
        assert rule.name in {
            "control of gestational diabetes",
            "identified influenza virus",
            "stage of a pressure ulcer",
            "type of diabetes",
        }
        return
    book = codebook(tabular.newest)
    values = [
        sorted({value for value, _ in (*axis.says, *axis.anywhere)} | {axis.default or ""} - {""})
        for axis in rule.axes
    ]
    names = [axis.name for axis in rule.axes]
    for chosen in product(*values):
        code = rule.code.format(**dict(zip(names, chosen, strict=True)))
        assert book.complete(code), code


def test_history_leads_to_codes_that_there_are(tabular: Tabular) -> None:
    book = codebook(tabular.newest)
    for table in ("history", "family"):
        for code in rules("stated")[table].values():
            complete = book.complete(code)
            assert complete, code
            concept = tabular.find(complete)
            assert concept is not None
            assert "history" in concept.display.lower() or code == "I25.2"


def test_combinations_lead_to_codes_that_there_are(tabular: Tabular) -> None:
    table = rules("combinations")
    wanted = [rule["to"] for rule in table["rule"] if "to" in rule]
    wanted += [
        one for rule in table["rule"] for pair in rule.get("map", {}).items() for one in pair
    ]
    wanted += [f"E11.{rule['to']}" for rule in table["diabetes"]]
    wanted += [rule["code"] for rule in rules("companions")["companion"]]
    for code in wanted:
        concept = tabular.find(code)
        assert concept is not None, code
        assert concept.billable, code


@pytest.mark.parametrize("name", ["specificity", "combinations", "companions", "sequence"])
def test_a_rule_names_its_section(name: str) -> None:
    for kind in rules(name).values():
        for rule in kind if isinstance(kind, list) else ():
            if isinstance(rule, dict) and "section" in rule:
                assert _SECTION.fullmatch(rule["section"]), rule
