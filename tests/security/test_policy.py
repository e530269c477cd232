import re
from pathlib import Path

import pytest

from wardround import security
from wardround.kernel import Actor, Forbidden, InvalidInput, Role
from wardround.security import Action, Policies, allow, require

CHART = {Action.READ_CHART, Action.ORDER, Action.READ_DRAFT}
DECIDE = {Action.EDIT, Action.ACKNOWLEDGE, Action.SIGN, Action.REJECT, Action.AMEND}
MAY = {
    Role.CLINICIAN: CHART | DECIDE,
    Role.RESIDENT: CHART | {Action.EDIT, Action.ACKNOWLEDGE},
    Role.NURSE: CHART,
    Role.RESEARCHER: {Action.DEIDENTIFY},
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


def test_what_nobody_may_is_said_so() -> None:
    with pytest.raises(Forbidden, match="Nobody may"):
        require(actor(Role.CLINICIAN), Action.BREAK_GLASS)


FOLDER = Path(security.__file__).parent / "policies"
SCHEMA = (FOLDER / "wardround.cedarschema").read_text()


def test_no_policies_permit_nothing() -> None:
    nothing = Policies({}, SCHEMA)
    assert not any(nothing.permit(role, action) for role in Role for action in Action)


def test_the_schema_knows_every_action_and_no_other() -> None:
    assert set(re.findall(r'"([^"]+)"', SCHEMA)) == set(Action)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("permit (principal, action, resource)", "care.cedar"),
        ('permit (principal in Role::"janitor", action, resource);', "no role 'janitor'"),
        (
            'permit (principal in Role::"nurse", action == Action::"sing", resource);',
            "care.cedar: This policy is not valid",
        ),
        ('permit (principal == Patient::"x", action, resource);', "not valid"),
    ],
)
def test_a_policy_that_cannot_be_meant_so_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        Policies({"care.cedar": text}, SCHEMA)


def test_a_policy_that_forbids_wins() -> None:
    texts = {
        "a.cedar": 'permit (principal in Role::"nurse", action, resource);',
        "b.cedar": 'forbid (principal, action == Action::"sign a draft", resource);',
    }
    policies = Policies(texts, SCHEMA)
    assert policies.permit(Role.NURSE, Action.READ_CHART)
    assert not policies.permit(Role.NURSE, Action.SIGN)
    assert not policies.permit(Role.CODER, Action.READ_CHART)


def test_each_policy_has_a_name_and_a_comment_above_it() -> None:
    for path in FOLDER.glob("*.cedar"):
        blocks = path.read_text().split("\n\n")[1:]
        for block in blocks:
            assert re.match(r"(// .+\n)+@id\(\"[a-z-]+\"\)\n(permit|forbid) \(", block), block
