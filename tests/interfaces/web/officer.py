"""The privacy officer of the sample clinic."""

from tests.interfaces.web.house import House

OFFICER = "ruth.okafor"


def hire(house: House) -> str:
    """Return the username of the privacy officer."""
    assert house.person(OFFICER).role == "privacy officer"
    return OFFICER
