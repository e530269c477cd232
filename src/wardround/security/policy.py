"""Who may do what: one table, and what is not in it is forbidden."""

from enum import StrEnum

from wardround.kernel import Actor, Forbidden, Role


class Action(StrEnum):
    """What a person may ask Wardround to do."""

    READ_CHART = "read the chart"
    ORDER = "order a draft"
    READ_DRAFT = "read a draft"
    EDIT = "edit a draft"
    ACKNOWLEDGE = "acknowledge a finding"
    SIGN = "sign a draft"
    REJECT = "reject a draft"
    AMEND = "amend a signed draft"
    BREAK_GLASS = "open a chart in an emergency"
    DEIDENTIFY = "remove PHI from text and files"
    READ_AUDIT = "read the audit trail"
    REVIEW_ACCESS = "review who opened which chart"
    KEEP_REGISTERS = "keep the privacy registers"
    SEE_SAFEGUARDS = "see the safeguards"
    MANAGE_PEOPLE = "manage the people of the clinic"
    MANAGE_SYSTEM = "manage keys, backups and settings"


POLICY: dict[Role, frozenset[Action]] = {
    Role.CLINICIAN: frozenset(
        {
            Action.READ_CHART,
            Action.ORDER,
            Action.READ_DRAFT,
            Action.EDIT,
            Action.ACKNOWLEDGE,
            Action.SIGN,
            Action.REJECT,
            Action.AMEND,
        }
    ),
    Role.NURSE: frozenset({Action.READ_CHART, Action.ORDER, Action.READ_DRAFT}),
    Role.PRIVACY_OFFICER: frozenset(
        {
            Action.DEIDENTIFY,
            Action.READ_AUDIT,
            Action.REVIEW_ACCESS,
            Action.KEEP_REGISTERS,
            Action.SEE_SAFEGUARDS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {Action.MANAGE_PEOPLE, Action.MANAGE_SYSTEM, Action.SEE_SAFEGUARDS}
    ),
}
"""The actions of each role."""


def allow(actor: Actor, action: Action) -> bool:
    """Return whether ``actor`` may do ``action``."""
    return action in POLICY.get(actor.role, frozenset())


def require(actor: Actor, action: Action) -> None:
    """Raise ``Forbidden`` unless ``actor`` may do ``action``."""
    if allow(actor, action):
        return
    others = " or ".join(role for role, actions in POLICY.items() if action in actions)
    raise Forbidden(f"Your role may not {action}.", mend=f"Ask: {others}.")
