"""The privacy officer of the house."""

from tests.interfaces.web.house import PASSWORD, House
from wardround.kernel import Role
from wardround.security import People

OFFICER = "rosalind.achebe"


def hire(house: House) -> str:
    """Return the username of a privacy officer, who is added where there is none yet."""
    with house.wardround.database.begin() as tx:
        people = People(tx)
        if people.actor(OFFICER) is None:
            role = Role.PRIVACY_OFFICER
            people.add(OFFICER, "Rosalind Achebe", role, "Practitioner/rosalind-achebe", PASSWORD)
    return OFFICER
