"""What a coder does with codes: each deed is one edit, and the words stay with their code."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.capabilities.coding.words import NOTE_TEXT, ROOM, drafted, edited, rules
from wardround.capabilities.coding import Coded, State, deciding
from wardround.kernel import Draft, InvalidInput, Statement, TextSpan


def coded(draft: Draft) -> Coded:
    return Coded.model_validate(draft.content)


def named(draft: Draft, code: str) -> str:
    return next(one.id for one in coded(draft).codes if one.code == code)


def title(code: str) -> str:
    return ROOM.display(code, coded(drafted()).date)


def words(draft: Draft, code_id: str) -> list[str]:
    place = coded(draft).place(code_id)
    found = [one for one in draft.evidence if one.claim == f"/codes/{place}"]
    spans = [s for one in found for s in one.sources if isinstance(s, TextSpan)]
    return [NOTE_TEXT[s.start : s.end] for s in spans]


@pytest.mark.requirement("CODE-02")
def test_what_is_not_sure_is_on_the_claim_only_once_a_person_puts_it_there() -> None:
    draft = drafted()
    assert rules(draft)["not-taken"] == "note"
    assert "J02.9" not in [code.code for _, code in coded(draft).standing]
    after = edited(draft, deciding.accept(coded(draft), named(draft, "J02.9")))
    assert "not-taken" not in rules(after)
    assert coded(after).codes[1].state is State.ACCEPTED
    assert "J02.9" in [code.code for _, code in coded(after).standing]


@pytest.mark.requirement("CODE-06")
def test_a_replaced_code_remembers_what_was_suggested_and_keeps_its_words() -> None:
    draft = drafted()
    code_id = named(draft, "J02.9")
    edit = deciding.replace(coded(draft), code_id, "j02.0", "Rapid test positive", title)
    after = edited(draft, edit)
    code = coded(after).codes[1]
    assert (code.code, code.replaces, code.state) == ("J02.0", "J02.9", State.REPLACED)
    assert code.display == "Streptococcal pharyngitis"
    assert words(after, code_id) == ["Sore throat", "sore throat"]
    back = edited(after, deciding.restore(coded(after), code_id))
    assert coded(back).codes[1] == coded(draft).codes[1]


def test_replacing_a_code_by_itself_accepts_it() -> None:
    draft = drafted()
    edit = deciding.replace(coded(draft), named(draft, "J02.9"), "J02.9", "", title)
    assert coded(edited(draft, edit)).codes[1].state is State.ACCEPTED


def test_a_code_that_is_none_is_refused() -> None:
    draft = drafted()
    with pytest.raises(InvalidInput, match="no such code"):
        deciding.replace(coded(draft), named(draft, "J02.9"), "J02.77", "", title)


def test_a_code_is_rejected_with_a_reason_and_can_be_put_back() -> None:
    draft = drafted()
    code_id = named(draft, "I10")
    with pytest.raises(InvalidInput, match="reason"):
        deciding.reject(coded(draft), code_id, "  ")
    after = edited(draft, deciding.reject(coded(draft), code_id, "Not part of this visit"))
    assert code_id not in [code.id for _, code in coded(after).standing]
    assert coded(after).codes[0].why == "Not part of this visit"
    assert not coded(after).codes[0].principal
    assert coded(edited(after, deciding.restore(coded(after), code_id))).codes[0].stands


@pytest.mark.requirement("CODE-01")
def test_an_added_code_rests_on_the_marked_words_or_on_a_reason() -> None:
    draft = drafted()
    quote = [deciding.find_words(NOTE_TEXT, "fever of\n 38.5")]
    after = edited(draft, deciding.add("R50.9", "", quote, title))
    added = coded(after).codes[-1]
    assert (added.state, added.suggested) == (State.ADDED, "")
    assert words(after, added.id) == ["fever of 38.5"]
    bare = edited(draft, deciding.add("R50.9", "", [], title))
    assert rules(bare)["no-evidence"] == "block"
    said = edited(draft, deciding.add("R50.9", "On the triage sheet", [], title))
    assert rules(said)["no-evidence"] == "warn"


def test_an_added_code_is_removed_altogether() -> None:
    draft = drafted()
    after = edited(draft, deciding.add("R50.9", "x", [], title))
    gone = edited(after, deciding.reject(coded(after), coded(after).codes[-1].id, ""))
    assert coded(gone).codes == coded(draft).codes
    assert gone.evidence == draft.evidence


def test_marked_words_take_the_place_of_those_before() -> None:
    draft = drafted()
    code_id = named(draft, "I10")
    quote = [deciding.find_words(NOTE_TEXT, "hypertension, WELL controlled")]
    after = edited(draft, deciding.mark(coded(draft), code_id, quote))
    assert words(after, code_id) == ["Hypertension, well controlled"]
    kinds = [type(one) for one in after.evidence[0].sources]
    assert kinds == [TextSpan, Statement]


def test_words_are_looked_for_from_where_they_were_marked() -> None:
    begin = NOTE_TEXT.index("ASSESSMENT")
    assert deciding.find_words(NOTE_TEXT, "hypertension", begin).start > begin
    assert deciding.find_words(NOTE_TEXT, "metformin", begin).start < begin
    with pytest.raises(InvalidInput, match="not in the note"):
        deciding.find_words(NOTE_TEXT, "pneumonia")
    with pytest.raises(InvalidInput):
        deciding.find_words(NOTE_TEXT, "   ")


def test_the_first_listed_code_is_chosen() -> None:
    draft = drafted()
    code_id = named(draft, "E11.9")
    after = coded(edited(draft, deciding.move(coded(draft), code_id, 0)))
    assert after.standing[0][1].id == code_id
    assert [code.id for code in after.codes if code.principal] == [code_id]


def test_moving_a_code_leaves_what_is_not_taken_where_it_was_among_its_neighbours() -> None:
    draft = drafted()
    before = [code.code for _, code in coded(draft).ordered]
    assert coded(draft).codes[1].untaken
    last = coded(draft).standing[-1][1].id
    moved = edited(draft, deciding.move(coded(draft), last, 0))
    after = [code.code for _, code in coded(moved).ordered]
    assert after == [before[-1], *before[:-1]]
    accepted = edited(moved, deciding.accept(coded(moved), named(draft, "J02.9")))
    assert [code.code for _, code in coded(accepted).standing] == after


def test_there_is_nothing_to_do_with_a_code_that_is_not_there() -> None:
    with pytest.raises(InvalidInput, match="no such code"):
        deciding.accept(coded(drafted()), "c99")


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "restore", "replace", "add", "first", "up"]),
        st.integers(0, 5),
    ),
    max_size=8,
)


@pytest.mark.requirement("CODE-06")
@settings(max_examples=20, deadline=None)
@given(DEEDS)
def test_whatever_a_coder_does_words_and_order_stay_true(deeds: list[tuple[str, int]]) -> None:
    first = drafted()
    before = {code.id: words(first, code.id) for code in coded(first).codes}
    draft = first
    for deed, number in deeds:
        now = coded(draft)
        code_id = now.codes[number % len(now.codes)].id
        rank = [one.id for _, one in now.ordered].index(code_id)
        edit = {
            "accept": lambda: deciding.accept(now, code_id),  # noqa: B023 (called in this turn)
            "reject": lambda: deciding.reject(now, code_id, "Other"),  # noqa: B023
            "restore": lambda: deciding.restore(now, code_id),  # noqa: B023
            "replace": lambda: deciding.replace(now, code_id, "J02.0", "", title),  # noqa: B023
            "add": lambda: deciding.add("R50.9", "x", [], title),
            "first": lambda: deciding.move(now, code_id, 0),  # noqa: B023
            "up": lambda: deciding.move(now, code_id, rank - 1),  # noqa: B023
        }[deed]()
        draft = edited(draft, edit)
    after = coded(draft)
    assert sorted(after.order) == sorted(code.id for code in after.codes)
    assert sum(code.principal for code in after.codes) == (1 if after.standing else 0)
    for code in after.codes:
        if code.id in before:
            assert words(draft, code.id) == before[code.id]
            assert code.suggested == coded(first).codes[after.place(code.id) or 0].code
