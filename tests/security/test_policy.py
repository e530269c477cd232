"""The policies that Wardround ships, row for row, and one that cannot be meant as it is."""

import re
from itertools import product
from pathlib import Path

import pytest

from wardround import security
from wardround.kernel import Actor, Forbidden, InvalidInput, Role, Work
from wardround.security import (
    Action,
    CareRelation,
    Policies,
    PurposeOfUse,
    load_policies,
    purpose_of,
)
from wardround.security.relation import EVERY_RELATION

CHART = {Action.READ_CHART, Action.ORDER, Action.READ_DRAFT}
PREPARE = CHART | {Action.EDIT, Action.ACKNOWLEDGE}
DECIDE = PREPARE | {Action.SIGN, Action.REJECT, Action.AMEND}
ON_DRAFTS = DECIDE - {Action.READ_CHART}
READS = {Action.SEE_MODELS, Action.REPORT_PROBLEM}
ALWAYS = {
    Role.CLINICIAN: {Action.BREAK_GLASS, Action.FIND_PATIENT} | READS,
    Role.RESIDENT: {Action.BREAK_GLASS, Action.FIND_PATIENT} | READS,
    Role.NURSE: {Action.BREAK_GLASS, Action.FIND_PATIENT} | READS,
    Role.CODER: READS,
    Role.BILLER: READS | {Action.KEEP_CLAIMS, Action.READ_CHART},
    Role.SCHEDULER: {Action.READ_CHART, Action.FIND_PATIENT},
    Role.RESEARCHER: {Action.DEIDENTIFY},
    Role.PRIVACY_OFFICER: {
        Action.DEIDENTIFY,
        Action.READ_AUDIT,
        Action.REVIEW_ACCESS,
        Action.KEEP_REGISTERS,
        Action.SEE_SAFEGUARDS,
        Action.SEE_MODELS,
    },
    Role.QUALITY_OFFICER: {
        Action.SEE_MODELS,
        Action.SWITCH_MODELS,
        Action.REPORT_PROBLEM,
        Action.KEEP_COMPLAINTS,
    },
    Role.ADMINISTRATOR: {
        Action.MANAGE_PEOPLE,
        Action.MANAGE_SYSTEM,
        Action.SEE_SAFEGUARDS,
        Action.SEE_MODELS,
    },
    Role.SERVICE: CHART
    | {Action.DEIDENTIFY, Action.READ_AUDIT, Action.SEE_SAFEGUARDS, Action.SEE_MODELS},
}
"""What each role may whoever the patient is."""

BY_RELATION = {
    Role.CLINICIAN: {"treats": DECIDE},
    Role.RESIDENT: {"treats": PREPARE, "expected": PREPARE},
    Role.NURSE: {"treats": CHART, "expected": CHART},
    Role.CODER: {"seen": {Action.READ_CHART}},
}
"""And what it may with a patient to whom it stands so."""

OF_OFFICE = {
    (Role.CODER, Work.CODING): ("seen", ON_DRAFTS),
    (Role.BILLER, Work.CODING): (None, {Action.READ_DRAFT}),
    (Role.BILLER, Work.BILLING): (None, ON_DRAFTS),
}
"""And with drafts that are codes or claims: how they must stand to the patient, and what then."""

IN_EMERGENCY = {Action.READ_CHART, Action.READ_DRAFT}
CARERS = {Role.CLINICIAN, Role.RESIDENT, Role.NURSE}
POLICIES = load_policies()


def actor(role: Role) -> Actor:
    return Actor(id="1", name="N", role=role, reference="Practitioner/1")


def expected(
    role: Role, action: Action, relation: CareRelation, purpose: PurposeOfUse, work: Work
) -> bool:
    """What the tables above say, put together by hand and not by Cedar."""
    needs, actions = OF_OFFICE.get((role, work), (None, set()))
    stands = needs is None or getattr(relation, needs)
    if action in actions and stands and purpose is purpose_of(role):
        return True
    if work is not Work.CARE and role in CARERS:
        return action in ALWAYS[role]
    by_relation = any(
        action in actions
        for name, actions in BY_RELATION.get(role, {}).items()
        if getattr(relation, name)
    )
    if purpose is PurposeOfUse.EMERGENCY:
        opened = role in CARERS and relation.emergency and action in IN_EMERGENCY
        office = role in {Role.SCHEDULER, Role.BILLER} and action is Action.READ_CHART
        return opened or (action in ALWAYS.get(role, set()) and not office)
    return by_relation or action in ALWAYS.get(role, set())


@pytest.mark.requirement("SEC-01")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_is_listed_and_nothing_else(role: Role, action: Action) -> None:
    """Role by action by relation by purpose by whose work it is: some 23,000 decisions."""
    for relation, work in product(EVERY_RELATION, Work):
        for purpose in (purpose_of(role), PurposeOfUse.EMERGENCY):
            permitted = POLICIES.permit(role, action, relation, purpose, work)
            wanted = expected(role, action, relation, purpose, work)
            assert permitted == wanted, (relation, purpose, work)


@pytest.mark.parametrize("role", sorted(CARERS | {Role.CODER, Role.SCHEDULER}))
@pytest.mark.parametrize("purpose", PurposeOfUse)
def test_a_chart_is_read_for_the_purpose_of_the_role_alone(
    role: Role, purpose: PurposeOfUse
) -> None:
    best = CareRelation(treats=True, expected=True, seen=True)
    permitted = POLICIES.permit(role, Action.READ_CHART, best, purpose)
    assert permitted == (purpose is purpose_of(role))


@pytest.mark.parametrize("role", Role)
def test_without_a_patient_it_is_asked_whether_there_may_be_one(role: Role) -> None:
    office = [actions for (one, _), (_, actions) in OF_OFFICE.items() if one is role]
    anything = ALWAYS.get(role, set()).union(*BY_RELATION.get(role, {}).values(), *office)
    allowed = {action for action in Action if POLICIES.allow(actor(role), action)}
    assert allowed == anything


def test_a_refusal_says_whom_to_ask() -> None:
    with pytest.raises(
        Forbidden, match=r"may not sign a draft\. Ask: clinician or coder or biller\."
    ):
        POLICIES.require(actor(Role.NURSE), Action.SIGN)
    POLICIES.require(actor(Role.CLINICIAN), Action.SIGN)


FOLDER = Path(security.__file__).parent / "policies"
SCHEMA = (FOLDER / "wardround.cedarschema").read_text()


def test_no_policies_permit_nothing() -> None:
    nothing = Policies({}, SCHEMA)
    assert not any(nothing.permit(role, action) for role in Role for action in Action)
    with pytest.raises(Forbidden, match="Nobody may"):
        nothing.require(actor(Role.CLINICIAN), Action.SIGN)


def test_the_schema_knows_every_action_purpose_and_fact_and_no_other() -> None:
    plain = re.sub(r"//.*", "", SCHEMA)
    named = set(re.findall(r'"([a-z][^"]+)"', plain, re.IGNORECASE))
    assert named == {*Action, *PurposeOfUse, *Work}
    assert tuple(re.findall(r"(\w+): Bool", plain)) == CareRelation._fields


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
        (
            'permit (principal, action == Action::"sign a draft", resource) '
            "when { resource.treets };",
            "treets",
        ),
        (
            'permit (principal, action, resource) when { context.purpose == Purpose::"FUN" };',
            "FUN",
        ),
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
        blocks = [block for block in path.read_text().split("\n\n") if "resource" in block]
        for block in blocks:
            assert re.match(r"(// .+\n)+@id\(\"[a-z-]+\"\)\n(permit|forbid) \(", block), block


def test_the_policies_of_a_clinic_come_beside_ours_or_take_their_place(tmp_path: Path) -> None:
    stranger = CareRelation(expected=True)
    assert not POLICIES.permit(Role.CLINICIAN, Action.READ_CHART, stranger)
    (tmp_path / "cover.cedar").write_text(
        'permit (principal in Role::"clinician", action == Action::"read the chart", resource)'
        "\nwhen { resource.expected };"
    )
    wider = load_policies(tmp_path)
    assert wider.permit(Role.CLINICIAN, Action.READ_CHART, stranger)
    assert wider.permit(Role.NURSE, Action.READ_CHART, stranger)
    (tmp_path / "care.cedar").write_text("")
    assert not load_policies(tmp_path).permit(Role.NURSE, Action.READ_CHART, stranger)


def test_a_folder_of_policies_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no policies"):
        load_policies(tmp_path / "nowhere")
