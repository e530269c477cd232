"""ICD-10-CM as published: codes, what completes them, what stands above, below and apart."""

import warnings
from functools import cache
from typing import Any

import pytest

from wardround.engines.terminology import Edition, Rank, Tabular


@cache
def peer() -> Any:
    """The package whose files are read, with its own reading of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import simple_icd_10_cm
    return simple_icd_10_cm


@pytest.mark.requirement("TERM-01")
def test_the_codes_for_claims_are_those_that_the_published_list_has(edition: Edition) -> None:
    """Held against the package's own reading of the same files."""
    listed = {code for code in peer().get_all_codes(True) if "-" not in code and len(code) > 2}
    complete = {code for code in listed if peer().is_leaf(code)}
    assert {code for code in listed if edition.billable(code)} == complete
    assert len(complete) > 74_000
    assert not [code for code in listed if not edition.knows(code)]


def test_descriptions_and_parents_are_those_of_the_list(edition: Edition) -> None:
    chosen = [
        code for code in peer().get_all_codes(True)[::97] if "-" not in code and len(code) > 2
    ]
    assert len(chosen) > 900
    for code in chosen:
        concept = edition.find(code)
        assert concept is not None
        assert concept.parent is not None
        parent = peer().get_parent(code)
        assert concept.parent in {parent, f"{parent}-{parent}"}
        described = peer().get_description(code)
        if "/" not in described:
            assert concept.display.replace(", ", " ") == " ".join(
                described.replace(", ", " ").split()
            )


def test_a_concept_tells_its_notes(edition: Edition) -> None:
    concept = edition.find("i50.3")
    assert concept is not None
    assert concept.code == "I50.3"
    assert (concept.rank, concept.billable, concept.parent) == (Rank.CODE, False, "I50")
    assert concept.children == ("I50.30", "I50.31", "I50.32", "I50.33")
    assert "Heart failure with preserved ejection fraction [HFpEF]" in concept.inclusion_terms
    assert (concept.chapter, concept.section) == ("9", "I30-I5A")


def test_notes_above_hold_below(edition: Edition) -> None:
    said = edition.notes("E11.9", "use_additional")
    assert {one.at for one in said} == {"E11"}
    assert any("insulin (Z79.4)" in one.text for one in said)
    assert edition.notes("E11", "code_first") == ()


@pytest.mark.requirement("TERM-02")
@pytest.mark.parametrize(
    ("code", "meaning", "side"),
    [
        ("S52.501A", "initial encounter for closed fracture", "right"),
        ("T36.0X1A", "initial encounter", None),
        ("E08.3211", "right eye", "right"),
        ("M48.50XA", "initial encounter for fracture", None),
    ],
)
def test_a_seventh_character_completes_a_code(
    edition: Edition, code: str, meaning: str, side: str | None
) -> None:
    concept = edition.find(code)
    assert concept is not None
    assert concept.billable
    assert concept.display.endswith(f", {meaning}")
    assert concept.laterality == side
    assert concept.parent is not None
    assert not edition.billable(concept.parent)
    assert code in edition.under(concept.parent)


def test_a_note_may_narrow_the_seventh_character(edition: Edition) -> None:
    """S06.1X7, death before regaining consciousness, is never a later encounter."""
    concept = edition.find("S06.1X7")
    assert concept is not None
    assert [one.char for one in concept.seventh_characters] == ["A"]
    assert edition.find("S06.1X7D") is None


@pytest.mark.parametrize(
    "code", ["S52.501", "S52.501Q9", "S52.50XA", "T36.01XA", "", "-", "Q", "Ü"]
)
def test_what_is_no_complete_code_is_none(edition: Edition, code: str) -> None:
    assert not edition.billable(code)


def test_above_and_below(tabular: Tabular) -> None:
    assert tabular.newest.ancestors("I50.31") == ("I50.3", "I50", "I30-I5A", "9")
    assert tabular.is_a("I50.31", "I50")
    assert tabular.is_a("S52.501A", "S52.501")
    assert tabular.is_a("I50", "I50")
    assert not tabular.is_a("I50", "I50.3")
    assert not tabular.is_a("I51.0", "I50")


@pytest.mark.requirement("TERM-03")
@pytest.mark.parametrize(
    ("code", "other", "at"),
    [
        ("E11.9", "E10.9", "E11"),
        ("E10.9", "E11.9", "E10"),
        ("E11.65", "O24.419", "E11"),
        ("J96.01", "J80", "J96"),
        ("I10", "O10.02", "I10"),
    ],
)
def test_excludes1_sets_apart_either_way(tabular: Tabular, code: str, other: str, at: str) -> None:
    found = tabular.excludes(code, other)
    assert found is not None
    assert found.kind == 1
    assert found.at == at
    assert found.note


@pytest.mark.parametrize(
    ("code", "other"), [("E11.9", "I10"), ("E11.9", "E11.65"), ("J18.9", "J96.01"), ("A", "B")]
)
def test_what_goes_together_is_not_set_apart(tabular: Tabular, code: str, other: str) -> None:
    assert tabular.excludes(code, other) is None


def test_excludes2_is_another_kind(tabular: Tabular) -> None:
    found = tabular.excludes("L97.401", "L89.150", kind=2)
    assert found is not None
    assert (found.kind, found.excluded) == (2, "L89.150")
    assert tabular.excludes("L89.150", "L97.401") is None


@pytest.mark.parametrize(
    ("code", "side"),
    [
        ("H65.01", "right"),
        ("H65.02", "left"),
        ("H65.03", "bilateral"),
        ("H65.00", "unspecified"),
        ("G81.91", "right"),
        ("H91.90", "unspecified"),
        ("I50.1", None),
        ("I10", None),
        ("C50.911", "right"),
    ],
)
def test_the_side_is_read_from_the_description(
    edition: Edition, code: str, side: str | None
) -> None:
    concept = edition.find(code)
    assert concept is not None
    assert concept.laterality == side
