from collections.abc import Callable

import pytest

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.officer import hire
from tests.privacy.egress.parties import recipient
from wardround.kernel import NotAllowed
from wardround.privacy.egress import Carries, carrying

Somebody = Callable[[str | None], Person]


def test_what_was_refused_is_shown_with_the_reason(
    house: House, somebody: Somebody, osei: Person
) -> None:
    gate = house.wardround.gate
    metadata = recipient("http://[::ffff:169.254.169.254]/", name="metadata")
    mirror = recipient("http://127.0.0.1:9/", name="mirror", carries=Carries.DEIDENTIFIED)
    phi = carrying(Carries.PHI, "Patient/kofi-brandt", house.person("amara.osei"))
    for to in (metadata, mirror):
        with gate.client(to) as client, pytest.raises(NotAllowed):
            client.post("notes", json={"text": "well"}, extensions=phi)
    officer = somebody(hire(house))
    shown = officer.get("/privacy/calls").text
    assert "mirror" in shown
    assert "More than it may be handed" in shown
    assert "leads where no call may go" in shown
    assert "Dr Amara Osei" in shown
    assert "kofi-brandt" not in shown
    assert "Refused: mirror" in officer.get("/privacy").text
    assert osei.get("/privacy/calls").status_code == 403
