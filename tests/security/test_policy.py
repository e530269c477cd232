import pytest

from wardround.kernel import Actor, Forbidden, Role
from wardround.security import POLICY, Action, allow, require

CHART = {Action.READ_CHART, Action.ORDER, Action.READ_DRAFT}
DECIDE = {Action.EDIT, Action.ACKNOWLEDGE, Action.SIGN, Action.REJECT, Action.AMEND}
MAY = {
    Role.CLINICIAN: CHART | DECIDE,
    Role.NURSE: CHART,
    Role.PRIVACY_OFFICER: {
        Action.DEIDENTIFY,
        Action.READ_AUDIT,
        Action.REVIEW_ACCESS,
        Action.KEEP_REGISTERS,
        Action.SEE_SAFEGUARDS,
    },
    Role.ADMINISTRATOR: {Action.MANAGE_PEOPLE, Action.MANAGE_SYSTEM, Action.SEE_SAFEGUARDS},
}


def actor(role: Role) -> Actor:
    return Actor(id="1", name="N", role=role, reference="Practitioner/1")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_is_listed_and_nothing_else(role: Role, action: Action) -> None:
    assert allow(actor(role), action) == (action in MAY.get(role, set()))
    if action in MAY.get(role, set()):
        require(actor(role), action)
    else:
        with pytest.raises(Forbidden):
            require(actor(role), action)


def test_a_refusal_says_whom_to_ask() -> None:
    with pytest.raises(Forbidden, match=r"may not sign a draft\. Ask: clinician\."):
        require(actor(Role.NURSE), Action.SIGN)


def test_a_role_without_a_line_may_do_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(POLICY, Role.CLINICIAN)
    assert not any(allow(actor(Role.CLINICIAN), action) for action in Action)
    with pytest.raises(Forbidden):
        require(actor(Role.CLINICIAN), Action.SIGN)
