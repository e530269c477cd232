"""Who may do what: Cedar policies in files, and what none of them permits is refused."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from wardround.kernel import Actor, Forbidden, InvalidInput, Role

_ROLE = re.compile(r'Role::"([^"]*)"')


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


class Policies:
    """Cedar policies, as a privacy officer reads them: what none permits is refused."""

    def __init__(self, texts: Mapping[str, str], schema: str) -> None:
        """Take policies by their files; raise ``InvalidInput`` for one that cannot be meant so.

        That is one that Cedar cannot read, or that names a role or an action there is none of.
        """
        import cedarpy

        for name, text in sorted(texts.items()):
            found = cedarpy.validate_policies(text, schema)
            if not found.validation_passed:
                said = "; ".join(str(error.error) for error in found.errors)
                raise InvalidInput(f"This policy is not valid: {said}.", where=name)
            for role in _ROLE.findall(text):
                if role not in set(Role):
                    raise InvalidInput(f"There is no role {role!r}.", where=name)
        self._policies = cedarpy.PolicySet.from_str("\n".join(texts.values()))
        self._known: dict[tuple[Role, Action], bool] = {}

    def permit(self, role: Role, action: Action) -> bool:
        """Return whether a policy permits ``action`` to ``role``."""
        known = self._known.get((role, action))
        if known is None:
            known = self._known[role, action] = self._decided(role, action)
        return known

    def _decided(self, role: Role, action: Action) -> bool:
        import cedarpy

        person, part = {"type": "Person", "id": "-"}, {"type": "Role", "id": str(role)}
        entities: list[dict[str, object]] = [
            {"uid": person, "attrs": {}, "parents": [part]},
            {"uid": part, "attrs": {}, "parents": []},
        ]
        request = {
            "principal": person,
            "action": {"type": "Action", "id": str(action)},
            "resource": {"type": "Clinic", "id": "-"},
            "context": {},
        }
        answer = cedarpy.is_authorized(request, self._policies, entities)
        return answer.decision is cedarpy.Decision.Allow and not answer.diagnostics.errors


@cache
def load_policies() -> Policies:
    """Return the policies that Wardround ships, in ``security/policies``."""
    folder = files("wardround.security") / "policies"
    texts = {one.name: one.read_text("utf-8") for one in folder.iterdir()}
    schema = texts.pop("wardround.cedarschema")
    return Policies({n: text for n, text in texts.items() if n.endswith(".cedar")}, schema)


def allow(actor: Actor, action: Action) -> bool:
    """Return whether ``actor`` may do ``action``."""
    return load_policies().permit(actor.role, action)


def require(actor: Actor, action: Action) -> None:
    """Raise ``Forbidden`` unless ``actor`` may do ``action``."""
    if allow(actor, action):
        return
    others = " or ".join(role for role in Role if load_policies().permit(role, action))
    mend = f"Ask: {others}." if others else "Nobody may."
    raise Forbidden(f"Your role may not {action}.", mend=mend)
