"""Who asks faster than a hand is held back, and that is in the audit trail."""

import pytest

from tests.interfaces.web.house import House, listening
from wardround.interfaces.web import create_app
from wardround.interfaces.web.pace import Pace, TooFast


def test_a_burst_and_then_a_rate() -> None:
    now = [0.0]
    pace = Pace(burst=3, rate=0.5, clock=lambda: now[0])
    for _ in range(3):
        pace.spend("amara")
    for first in (True, False):
        with pytest.raises(TooFast) as told:
            pace.spend("amara")
        assert told.value.first is first
    pace.spend("ben")
    now[0] = 1.9
    with pytest.raises(TooFast):
        pace.spend("amara")
    now[0] = 2.0
    pace.spend("amara")
    now[0] = 1_000.0
    for _ in range(3):
        pace.spend("amara")
    with pytest.raises(TooFast):
        pace.spend("amara")


def test_a_session_that_reads_everything_is_held_back(house: House) -> None:
    app = create_app(house.wardround)
    app.state.pace = Pace(burst=5, rate=0.0)
    with listening(app) as address:
        person = house.at_a_client("amara.osei")
        answers = [person.get(f"{address}/patients").status_code for _ in range(8)]
        assert answers == [200] * 5 + [429] * 3
        assert person.get(f"{address}/static/css/base.css").status_code == 200
    noted = house.events(action="denied", actor="amara.osei")
    assert [event.detail["route"] for event in noted].count("patients.show") == 1
    assert person.get("/patients").status_code == 200
