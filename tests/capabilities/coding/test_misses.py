"""Of which kind a difference between a list and a coder's codes is."""

import pytest

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.misses import MISSED, WRONG, Miss, Page, misses

TEXT = "Cough for two days. She denies fever. Fracture of the left wrist."


def found(code: str, words: str) -> Found:
    start = TEXT.index(words)
    return Found(code, 0.5, (Span(start, start + len(words)),))


def counts(page: Page, known: bool = True) -> dict[str, int]:
    told = misses([page], lambda _: known, "here")
    return {one.kind: one.codes for one in told if one.codes}


def page(right: str = "", listed: str = "", guided: str | None = None, *places: Found) -> Page:
    return Page(
        TEXT,
        frozenset(right.split()),
        frozenset(listed.split()),
        {one.code: one for one in places},
        frozenset((listed if guided is None else guided).split()),
    )


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (page("S62.102A", "S62.101A"), "wrong specificity"),
        (page("R50.9", "", "", found("R50.9", "fever")), "assertion"),
        (page("I11.0", "", "I11.0"), "guideline"),
        (page("J45.909"), "missed term"),
        (page("R05.9", "", "", found("R05.9", "Cough")), "too unsure"),
    ],
)
def test_what_is_missed_has_a_kind(one: Page, kind: str) -> None:
    told = counts(one)
    assert told.pop(kind) == 1
    assert kind in MISSED
    assert sum(told.values()) <= 1, "the same difference seen from the list's side"


def test_a_code_of_no_edition_is_the_golds_error() -> None:
    assert counts(page("Q99.99"), known=False) == {"gold error": 1}


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (page("S62.102A", "S62.101A"), "wrong specificity"),
        (page("", "R50.9", None, found("R50.9", "fever")), "assertion"),
        (page("", "R05.9", "", found("R05.9", "Cough")), "guideline"),
        (page("", "R05.9", None, found("R05.9", "Cough")), "named, not coded"),
    ],
)
def test_what_is_listed_in_vain_has_a_kind(one: Page, kind: str) -> None:
    told = [miss for miss in misses([one], lambda _: True, "here") if "listed" in miss.data]
    assert [miss.kind for miss in told] == list(WRONG)
    assert [miss.kind for miss in told if miss.codes] == [kind]
    assert sum(miss.share for miss in told) == 1


def test_no_miss_is_no_share() -> None:
    told: list[Miss] = list(misses([page("R05.9", "R05.9")], lambda _: True, "here"))
    assert {miss.share for miss in told} == {0.0}
