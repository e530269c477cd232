"""Which of the codes that were found are worth a coder's look."""

from wardround.capabilities.coding.found import Found, likely


def listed(least: float, **scores: float) -> list[str]:
    ranked = sorted(scores.items(), key=lambda one: -one[1])
    found = [Found(code, score, ()) for code, score in ranked]
    return [one.code for one in likely(found, least)]


def test_a_code_is_listed_from_the_threshold_on() -> None:
    assert listed(0.3, A00=0.3, B00=0.29) == ["A00"]


def test_the_best_code_of_a_category_that_is_likely_is_listed_alone() -> None:
    # 1 - .8 * .85 = .32: that it is one of them is likely, though neither is.
    assert listed(0.3, S620=0.2, S621=0.15) == ["S620"]
    assert listed(0.3, S620=0.2, S721=0.15) == []


def test_a_category_lists_each_code_that_is_likely_itself() -> None:
    assert listed(0.3, S620=0.9, S621=0.4, S622=0.25) == ["S620", "S621"]


def test_the_order_stays() -> None:
    assert listed(0.3, A00=0.8, S620=0.25, S621=0.2, B00=0.3) == ["A00", "B00", "S620"]
