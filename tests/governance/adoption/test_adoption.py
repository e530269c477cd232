"""Whether drafts help, counted for groups; what would tell of one person is not told."""

from datetime import datetime, timedelta

import pytest

from tests.governance.adoption.made import AT, course, note
from wardround.governance.adoption import Adoption, Changed, Course, adoption, changes
from wardround.governance.adoption.metrics import FEWEST, FEWEST_PEOPLE
from wardround.kernel import Json, Status


def measured(*courses: Course, closed: datetime | None = None) -> Adoption:
    (found,) = adoption(courses, lambda at: closed is None or at < closed)
    return found


def rate(found: Adoption, name: str) -> tuple[int, int]:
    (one,) = [rate for rate in found.rates if rate.name == name]
    return one.hits, one.n


def test_what_was_signed_as_it_was_is_told_from_what_was_changed() -> None:
    found = measured(
        *[course() for _ in range(3)], course(changed=note("rest and water")), course()
    )
    assert rate(found, "unedited") == (4, 5)
    assert next(r for r in found.rates if r.name == "unedited").share is None
    many = measured(*[course() for _ in range(FEWEST)])
    share = next(r for r in many.rates if r.name == "unedited").share
    assert share is not None
    assert share.low is not None
    assert 0.8 < share.low < share.value == 1.0


def test_the_words_that_were_touched_are_counted_by_section_and_kind() -> None:
    first = note("Take aspirin twice a day", "with food")
    now = note("Take ibuprofen twice a day with food now")
    assert changes(first, now) == [
        Changed("History", 2, 0, 0, 0),
        Changed("Plan", 7, 0, 1, 1),
    ]
    assert changes(note("a b c"), note("c"))[1] == Changed("Plan", 3, 2, 0, 0)
    assert changes({}, {"answers": {"oxygen": "no"}}) == [Changed("Answers", 0, 0, 2, 0)]


def test_what_follows_from_answers_is_nobodys_edit() -> None:
    first: dict[str, Json] = {"headline": "NEWS2: 7 to 14", "answers": {}, "result": {"low": 7}}
    now: dict[str, Json] = {
        "headline": "NEWS2: 9",
        "answers": {"oxygen": "no"},
        "result": {"value": 9},
    }
    assert [one.section for one in changes(first, now)] == ["Answers"]


def test_sections_are_added_up() -> None:
    found = measured(course(words=4, changed=note("rest rest")), course(words=4))
    (history, plan) = found.sections
    assert (history.name, history.per_100) == ("History", 0.0)
    assert (plan.drafts, plan.words, plan.removed, plan.per_100) == (2, 8, 2, 25.0)


def test_rejections_abstentions_and_second_tries() -> None:
    found = measured(
        course(status=Status.REJECTED, reason="Not accurate: Mrs Vega takes none"),
        course(status=Status.REJECTED, reason="Not accurate"),
        course(status=Status.REJECTED, reason="Mrs Vega: another visit"),
        course(status=Status.ABSTAINED),
        course(retries=2),
        course(status=Status.SUPERSEDED),
    )
    assert rate(found, "rejected") == (3, 5)
    assert rate(found, "abstained") == (1, 6)
    assert rate(found, "again") == (1, 6)
    assert found.rejected == {"Not accurate": 2, "In words alone": 1}
    assert "Vega" not in found.model_dump_json()


def test_warnings_signed_over_are_told_by_rule() -> None:
    found = measured(
        course(warned=True, over=True),
        course(warned=True, over=True),
        course(warned=True),
        course(),
    )
    assert rate(found, "overridden") == (2, 3)
    assert [(r.name, r.hits, r.n) for r in found.rules] == [("dose", 2, 3)]
    assert found.alerts_per_100 == 75.0


def test_of_few_people_no_habits_are_told() -> None:
    few = [course(by=f"p{n % (FEWEST_PEOPLE - 1)}") for n in range(60)]
    found = measured(*few)
    assert {one.name for one in found.rates} & {"after-hours", "unread"} == set()
    assert found.times == ()
    assert found.kept_back != ""


def test_of_enough_people_times_hours_and_reading_are() -> None:
    people = [f"p{n % FEWEST_PEOPLE}" for n in range(100)]
    read = [course(by=by, words=240, minutes=5) for by in people[:70]]
    unread = [course(by=by, words=240, minutes=0.2) for by in people[70:]]
    found = measured(*read, *unread, closed=AT + timedelta(minutes=1))
    assert rate(found, "unread") == (30, 100)
    assert rate(found, "after-hours") == (70, 100)
    (time,) = found.times
    assert (time.words, time.n, time.half) == ("100 to 299", 100, 5.0)
    assert found.kept_back == ""


def test_what_was_drafted_in_shadow_was_taken_up_by_nobody() -> None:
    assert adoption([course(shadow=True)], lambda at: True) == []


@pytest.mark.parametrize("status", [Status.DRAFTED, Status.ABSTAINED])
def test_what_nobody_decided_on_is_no_rate(status: Status) -> None:
    found = measured(course(status=status))
    assert rate(found, "unedited") == (0, 0)
    assert found.people == 0
