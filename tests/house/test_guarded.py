"""Interfaces read the record through the guard, and no other way."""

import ast

from tests.house.sources import ROOT

ALLOWED = {"cli/checks.py"}
"""The doctor, whom the operator runs: it looks whether the record answers, and shows nothing."""


def test_no_interface_reads_the_chart_past_the_guard() -> None:
    folder = ROOT / "src" / "wardround" / "interfaces"
    reading = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("wardround.record")
        and any(name.name in {"Chart", "chart"} for name in node.names)
    }
    assert reading == ALLOWED
