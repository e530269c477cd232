"""A language model chooses among codes with words; what it invents is dropped and counted."""

from collections.abc import Sequence

from wardround.capabilities.coding.coder import load_coder
from wardround.capabilities.coding.ranking.chosen import ChosenCoder, Option

TEXT = "COPD, gout and psoriasis. Type 2 diabetes."


class Reversing:
    """Keeps every second option, the last first, and adds a code of its own and a repetition."""

    def __init__(self) -> None:
        self.asked: list[Option] = []

    def choose(self, text: str, options: Sequence[Option]) -> Sequence[str]:
        assert text == TEXT
        self.asked = list(options)
        kept = [option.code for option in options][::-2]
        return [*kept, "Z99.999", kept[0]]


def test_only_codes_with_words_are_given_in_the_order_that_was_chosen() -> None:
    beneath, chooser = load_coder(), Reversing()
    coder = ChosenCoder(beneath, beneath, chooser)
    before = {one.code: one for one in beneath.find(TEXT)}
    after = coder.find(TEXT)
    assert [one.code for one in after] == list(before)[::-2]
    assert all(before[one.code] == one for one in after)
    assert coder.dropped.total() == 1
    assert all(option.spans for option in chooser.asked)
    assert next(o.display for o in chooser.asked if o.code == "J44.9").startswith("Chronic")


def test_where_nothing_is_found_the_model_is_not_asked() -> None:
    beneath, chooser = load_coder(), Reversing()
    assert ChosenCoder(beneath, beneath, chooser).find_many(["Nothing."]) == [[]]
    assert chooser.asked == []
