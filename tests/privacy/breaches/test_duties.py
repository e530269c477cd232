"""The clocks, at their boundaries: counts, years, leap days, and delays."""

from datetime import timedelta

import pytest

from tests.privacy.breaches.incidents import NOW, TODAY, day, incident
from wardround.privacy.breaches import Conclusion, Duty, Incident, Stage, duties_of, stage_of
from wardround.privacy.breaches.duties import secretary_by
from wardround.privacy.breaches.incident import Associate, Given
from wardround.privacy.disclosures import OfficialRequest


def duties(one: Incident) -> dict[str, Duty]:
    return {duty.key: duty for duty in duties_of(one, TODAY)}


def put_off(begins: str, until: str) -> OfficialRequest:
    return OfficialRequest(official="Det. Bo", day=day(begins), written=True, until=day(until))


@pytest.mark.parametrize(
    ("discovered", "due"),
    [
        ("2026-03-02", "2026-05-01"),
        ("2027-12-31", "2028-02-29"),
        ("2028-01-01", "2028-03-01"),
        ("2027-01-01", "2027-03-02"),
    ],
)
def test_individuals_are_told_within_sixty_days(discovered: str, due: str) -> None:
    assert duties(incident(discovered=day(discovered)))["individuals"].due == day(due)


@pytest.mark.parametrize(
    ("residents", "media"),
    [
        ({"CA": 500}, set()),
        ({"CA": 501}, {"media:CA"}),
        ({"CA": 400, "NV": 400}, set()),
        ({"CA": 501, "NV": 502, "??": 900}, {"media:CA", "media:NV"}),
        ({"??": 501}, set()),
    ],
)
def test_media_are_told_of_more_than_500_of_one_state(
    residents: dict[str, int], media: set[str]
) -> None:
    found = duties(incident(residents=residents))
    assert {key for key in found if key.startswith("media")} == media
    assert all(found[key].due == found["individuals"].due for key in media)


@pytest.mark.parametrize(
    ("discovered", "individuals", "due"),
    [
        ("2026-03-02", 499, "2027-03-01"),
        ("2026-03-02", 500, "2026-05-01"),
        ("2026-12-31", 499, "2027-03-01"),
        ("2027-01-01", 499, "2028-02-29"),  # 60 days into a leap year
        ("2027-12-31", 499, "2028-02-29"),
        ("2028-01-01", 499, "2029-03-01"),
        ("2027-12-31", 500, "2028-02-29"),
    ],
)
def test_the_secretary_is_told_at_once_or_after_the_year(
    discovered: str, individuals: int, due: str
) -> None:
    assert secretary_by(day(discovered), individuals) == day(due)
    found = duties(incident(discovered=day(discovered), residents={"CA": individuals}))
    assert found["secretary"].due == day(due)


@pytest.mark.parametrize(
    ("unreachable", "key"),
    [(0, None), (1, "substitute"), (9, "substitute"), (10, "substitute:posting")],
)
def test_whom_letters_do_not_reach_is_told_otherwise(unreachable: int, key: str | None) -> None:
    found = duties(incident(unreachable=unreachable))
    assert [one for one in found if one.startswith("substitute")] == ([key] if key else [])


def test_a_posting_stands_for_ninety_days() -> None:
    given = Given(duty="substitute:posting", day=TODAY, by="ruth", at=NOW)
    found = duties(incident(unreachable=10, given=(given,)))
    assert found["substitute:posting"].stands_until == TODAY + timedelta(days=90)
    assert found["individuals"].stands_until is None


@pytest.mark.parametrize(
    ("delays", "due"),
    [
        ((), "2026-05-01"),
        ((put_off("2026-03-05", "2026-04-30"),), "2026-05-01"),
        ((put_off("2026-03-05", "2026-05-01"),), "2026-05-02"),
        ((put_off("2026-03-05", "2026-07-31"),), "2026-08-01"),
        ((put_off("2026-05-01", "2026-05-31"),), "2026-06-01"),
        ((put_off("2026-05-02", "2026-05-31"),), "2026-05-01"),  # it was overdue by then
        ((put_off("2026-06-01", "2026-07-31"), put_off("2026-04-20", "2026-06-10")), "2026-08-01"),
    ],
)
def test_a_delay_stops_the_clock(delays: tuple[OfficialRequest, ...], due: str) -> None:
    assert duties(incident(delays=delays))["individuals"].due == day(due)


def test_while_a_delay_stands_it_is_said() -> None:
    standing = put_off("2026-03-01", "2026-03-02")
    assert duties(incident(delays=(standing,)))["individuals"].held_until == TODAY
    over = put_off("2026-02-01", "2026-03-01")
    assert duties(incident(delays=(over,)))["individuals"].held_until is None


def test_an_incident_is_presumed_a_breach_until_it_is_shown_to_be_none() -> None:
    assert duties(incident()).keys() == duties(incident(Conclusion.BREACH)).keys() != set()
    for conclusion in set(Conclusion) - {Conclusion.BREACH}:
        assert duties(incident(conclusion)) == {}, conclusion


def test_what_is_due_soonest_comes_first() -> None:
    found = duties_of(incident(discovered=TODAY, residents={"CA": 501}), TODAY)
    assert [duty.due for duty in found] == sorted(duty.due for duty in found)
    assert len(found) == 3


def test_stages() -> None:
    assert stage_of(incident()) is Stage.OPEN
    assert stage_of(incident(Conclusion.LOW)) is Stage.NOT_A_BREACH
    assert stage_of(incident(Conclusion.BREACH)) is Stage.BREACH
    given = tuple(
        Given(duty=key, day=TODAY, by="ruth", at=NOW) for key in ("individuals", "secretary")
    )
    assert stage_of(incident(Conclusion.BREACH, given=given[:1])) is Stage.BREACH
    assert stage_of(incident(Conclusion.BREACH, given=given)) is Stage.NOTIFIED


def test_the_days_that_are_left_and_that_were_too_many() -> None:
    given = Given(duty="individuals", day=day("2026-05-03"), by="ruth", at=NOW)
    duty = duties(incident(given=(given,)))["individuals"]
    assert duty.days_late == 2
    assert duty.days_left(day("2026-05-01")) == 0
    assert duty.days_left(day("2026-05-02")) == -1
    assert duties(incident())["individuals"].days_late == 0


def test_a_business_associate_tells_within_its_days() -> None:
    def due(days: int | None) -> object:
        return Associate(agreement="1", party="V", days=days, discovered=day("2026-01-01")).due

    assert due(None) == day("2026-03-02")
    assert due(10) == day("2026-01-11")
    assert due(0) == day("2026-01-01")
