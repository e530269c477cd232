"""Which tests verify which requirement: read from the tests themselves, never from a list of them.

A test carries ``@pytest.mark.requirement("RISK-03")``. The marks are read from the syntax trees of
the source tree's tests, so that a dossier can tell of no test that is not there. An installed
package has no tests beside it: the dossier then says "not provided", rather than repeating a list
that was true once.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from wardround.kernel import InvalidInput

MARK = "pytest.mark.requirement"


class Traced(NamedTuple):
    """A test, as pytest names it, and a requirement that it says it verifies."""

    requirement: str
    test: str


def read_trace(tests: Path) -> list[Traced]:
    """Return every mark in a folder of tests, sorted by requirement and test.

    Raise ``InvalidInput`` for a mark whose ids are no plain texts: nobody could tell what it is of.
    """
    found = [
        traced
        for path in sorted(tests.rglob("test_*.py"))
        if MARK in (text := path.read_text("utf-8"))
        for traced in _marked(ast.parse(text), path.relative_to(tests.parent).as_posix())
    ]
    return sorted(set(found))


def tests_of(requirement: str, traced: Iterable[Traced]) -> list[str]:
    """Return the tests of one requirement."""
    return [one.test for one in traced if one.requirement == requirement]


def by_file(tests: Iterable[str]) -> str:
    """Return tests as people read them: each file once, then the tests in it."""
    found: dict[str, list[str]] = {}
    for test in tests:
        file, _, name = test.partition("::")
        found.setdefault(file, []).append(name)
    return "; ".join(f"{file}: {', '.join(names)}" for file, names in found.items())


def _marked(tree: ast.Module | ast.ClassDef, where: str) -> Iterator[Traced]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        name = f"{where}::{node.name}"
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == MARK:
                yield from (Traced(id_, name) for id_ in _ids(decorator, name))
        if isinstance(node, ast.ClassDef):
            yield from _marked(node, name)


def _ids(mark: ast.Call, where: str) -> Iterator[str]:
    if not mark.args or mark.keywords:
        raise InvalidInput("The mark names no requirement.", where=where)
    for argument in mark.args:
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            raise InvalidInput(
                "A requirement is named by a text.", where=where, mend='Such as "RISK-03".'
            )
        yield argument.value
