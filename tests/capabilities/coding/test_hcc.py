"""Risk adjustment: CMS's own categories, and nothing that the note does not document."""

import pytest

from wardround.capabilities.coding import Found, Span
from wardround.capabilities.coding.hcc import (
    HccModel,
    Member,
    adjust,
    categories_of,
    meat,
    names,
    suspected,
)
from wardround.kernel import InvalidInput

WOMAN = Member(age=70, sex="female")


def test_categories_hierarchies_and_interactions_of_v28() -> None:
    """Coefficients as CMS published them for 2026: community, non-dual, aged."""
    made = adjust(["E11.22", "N18.4", "I50.9", "E11.9", "I11.0"], WOMAN)
    assert {one.hcc: one.coefficient for one in made.categories} == {
        "37": 0.166,
        "226": 0.36,
        "327": 0.514,
    }
    assert [(one.hcc, one.name) for one in made.trumped] == [
        ("38", "Diabetes with Glycemic, Unspecified, or No Complications")
    ]
    assert dict(made.interactions) == {"DIABETES_HF_V28": 0.112, "HF_KIDNEY_V28": 0.176}
    assert made.score == pytest.approx(made.demographics + made.conditions)
    assert made.conditions == pytest.approx(0.166 + 0.36 + 0.514 + 0.112 + 0.176)


def test_v24_counts_what_v28_dropped() -> None:
    """Angina and peripheral vascular disease without complication left the model with V28."""
    for code in ("I20.9", "I73.9"):
        assert categories_of(code, HccModel.V24)
        assert not categories_of(code, HccModel.V28)


def test_each_code_is_named_with_its_dot() -> None:
    (one,) = adjust(["j449"], WOMAN).categories
    assert (one.hcc, one.codes) == ("280", ("J44.9",))


def test_who_is_scored_must_be_known() -> None:
    with pytest.raises(InvalidInput, match="an age and a sex"):
        adjust(["I10"], Member(age=70, sex="unknown"))


def test_every_category_has_a_name() -> None:
    assert len(names(HccModel.V28)) == 115
    assert len(names(HccModel.V24)) == 86


def test_what_was_coded_before_is_a_suspicion_and_no_more() -> None:
    found = suspected(["J44.9", "I10", "E11.9"], ["I10", "E11.22"])
    assert [(one.hcc, one.codes) for one in found] == [("280", ("J44.9",))]
    assert "not to be coded without documentation" in found[0].says


NOTE = (
    "ASSESSMENT AND PLAN\n\nType 2 diabetes. A1c 7.2, at goal. Continue metformin.\n\n"
    "COPD.\n\nPatient takes no other tablets."
)


def near(words: str) -> dict[str, list[str]]:
    start = NOTE.index(words)
    found = meat(NOTE, Found("X", 0.9, (Span(start, start + len(words)),)))
    return {
        kind: [NOTE[span.start : span.end] for span in spans]
        for kind, spans in found._asdict().items()
        if spans
    }


def test_the_words_that_attend_to_a_condition_stand_near_it() -> None:
    assert near("Type 2 diabetes") == {
        "evaluated": ["A1c"],
        "assessed": ["at goal"],
        "treated": ["Continue", "metformin"],
    }


def test_a_bare_name_is_not_attended_to() -> None:
    assert near("COPD") == {}
