"""The page of retention: what the clinic set, what is past its time, what a hold keeps."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.interfaces.web.house import House, Person, listening
from tests.interfaces.web.officer import hire
from wardround.interfaces.web import create_app
from wardround.kernel import system_clock
from wardround.privacy.holds import LegalHolds
from wardround.privacy.retention import Retention

PAGE = "/privacy/retention"
DAYS = 30
LATE = timedelta(days=DAYS + 1)


@pytest.fixture
def month(tmp_path: Path) -> Iterator[tuple[House, Person]]:
    """A house of its own, and its privacy officer a month from now, with an end set.

    A clock that is ahead ends the sessions of everybody else.
    """
    house = House(tmp_path / "home")
    settings = house.wardround.settings.model_copy(update={"keep_unsigned_days": DAYS})
    ahead = replace(house.wardround, settings=settings, clock=lambda: system_clock() + LATE)
    with listening(create_app(ahead)) as address:
        person = Person(SimpleNamespace(address=address), None)  # type: ignore[arg-type]
        yield house, person
        person.close()
    house.close()


def run(house: House, ago: timedelta) -> None:
    """Say that a run ended, some time before what is a month from now."""
    retention = Retention((), (), lambda: system_clock() + LATE - ago)
    retention.note_done(house.wardround.database, {"unsigned": 4})


def test_nothing_ends_unless_the_clinic_says_so(house: House) -> None:
    officer = house.at_a_client(hire(house))
    page = officer.get(PAGE).text
    assert "No end is set: everything is kept for good" in page
    assert "WARDROUND_KEEP_RECORDINGS_DAYS" in page
    assert "164.316(b)(2)(i)" in page
    assert "Everything is kept for good" in officer.get("/privacy").text


def test_what_is_past_its_time_is_counted(month: tuple[House, Person]) -> None:
    house, later = month
    draft = house.draft()
    house.rounds.reject(draft.id, draft.revision, "Wrong patient.", house.person("amara.osei"))
    later.sign_in(hire(house))
    page = later.get(PAGE).text
    assert "30 days after they were rejected" in page
    assert "to go" in page
    assert "wardround retain --apply" in page
    assert "Vega" not in page
    assert draft.id not in page
    assert "is the nightly run set up?" in later.get("/privacy").text
    with house.wardround.database.begin() as tx:
        hold = LegalHolds(tx).place(None, "Claim", house.person("amara.osei"))
    page = later.get(PAGE).text
    assert "to go" not in page
    assert "kept by a legal hold" in page
    with house.wardround.database.begin() as tx:
        LegalHolds(tx).lift(hold, "Settled", house.person("amara.osei"))
    assert house.wardround.rounds.draft(draft.id) is not None  # the page destroys nothing
    for ago, said in ((10, "The last run was on"), (0, "Last run on")):
        run(house, timedelta(days=ago))
        assert said in later.get("/privacy").text
    assert "4 destroyed" in later.get(PAGE).text


def test_it_is_the_privacy_officers(osei: Person) -> None:
    assert osei.get(PAGE).status_code == 403
