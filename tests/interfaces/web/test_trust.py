"""Why should I trust this? What became of patients with the like of one prediction, here."""

import orjson

from tests.interfaces.web.house import House, Person
from wardround.bootstrap import take_outcomes


def outcome(house: House, draft: str, value: int) -> None:
    line = orjson.dumps(
        {"draft": draft, "outcome": value, "at": house.wardround.clock().isoformat()}
    )
    take_outcomes(house.wardround, [line], "outcomes.jsonl")


def test_where_nothing_is_known_it_says_so(house: House, osei: Person) -> None:
    draft = house.assessment("qsofa")
    page = osei.get(f"/drafts/{draft.id}/trust").text
    assert "Nothing is known yet" in page
    assert "They are not your patients." in page


def test_few_outcomes_are_counted_and_the_drafts_own_is_none_of_them(
    house: House, osei: Person
) -> None:
    first, second = house.assessment("ckd-epi"), house.assessment("ckd-epi")
    before = osei.get(f"/drafts/{second.id}/trust").text
    outcome(house, first.id, 1)
    outcome(house, second.id, 1)
    page = osei.get(f"/drafts/{second.id}/trust").text
    assert page != before
    assert "too few to say how often; 50 are needed" in page
    assert "1 of 1" in page


def test_a_note_makes_no_prediction(house: House, osei: Person) -> None:
    assert osei.get(f"/drafts/{house.draft().id}/trust").status_code == 404
