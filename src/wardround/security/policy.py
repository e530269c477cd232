"""Who may do what: Cedar policies in files, and what none of them permits is refused."""

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from wardround.kernel import Actor, Forbidden, InvalidInput, Role, Work
from wardround.security.action import Action, PurposeOfUse, purpose_of
from wardround.security.relation import EVERY_RELATION, CareRelation

_ROLE = re.compile(r'Role::"([^"]*)"')
_SCHEMA = "wardround.cedarschema"

_Asked = tuple[Role, Action, CareRelation, PurposeOfUse, Work]


class Policies:
    """Cedar policies, as a privacy officer reads them: what none permits is refused."""

    def __init__(self, texts: Mapping[str, str], schema: str) -> None:
        """Take policies by their files; raise ``InvalidInput`` for one that cannot be meant so.

        That is one that Cedar cannot read, or that names a role, an action, a purpose or a fact
        there is none of.
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
        # What a decision hangs on has few values, so each is taken once by Cedar and remembered.
        self._known: dict[_Asked, bool] = {}

    def permit(
        self,
        role: Role,
        action: Action,
        relation: CareRelation | None = None,
        purpose: PurposeOfUse | None = None,
        work: Work = Work.CARE,
    ) -> bool:
        """Return whether a policy permits ``action`` to ``role``.

        ``relation`` is how they stand to the patient; without one it is asked whether there may be
        any patient they are permitted it for. ``purpose`` is that of the role where none is given,
        and that of emergencies beside it where no relation is. ``work`` is whose work a draft is;
        without a relation it may be anybody's.
        """
        own = purpose or purpose_of(role)
        if relation is not None or not action.of_patient:
            return self._decided((role, action, relation or CareRelation(), own, work))
        return any(
            self._decided((role, action, one, why, what))
            for one in EVERY_RELATION
            for why in (own, PurposeOfUse.EMERGENCY)
            for what in Work
        )

    def allow(self, actor: Actor, action: Action) -> bool:
        """Return whether ``actor`` may do ``action``, with some patient where it is about one."""
        return self.permit(actor.role, action)

    def require(self, actor: Actor, action: Action) -> None:
        """Raise ``Forbidden`` unless ``actor`` may do ``action``, with some patient at least."""
        if self.allow(actor, action):
            return
        others = " or ".join(role for role in Role if self.permit(role, action))
        mend = f"Ask: {others}." if others else "Nobody may."
        raise Forbidden(f"Your role may not {action}.", mend=mend)

    def _decided(self, asked: _Asked) -> bool:
        known = self._known.get(asked)
        if known is None:
            known = self._known[asked] = self._ask_cedar(*asked)
        return known

    def _ask_cedar(
        self,
        role: Role,
        action: Action,
        relation: CareRelation,
        purpose: PurposeOfUse,
        work: Work,
    ) -> bool:
        import cedarpy

        person, part = {"type": "Person", "id": "-"}, {"type": "Role", "id": str(role)}
        place = {"type": "Patient" if action.of_patient else "Clinic", "id": "-"}
        facts = relation._asdict() if action.of_patient else {}
        entities: list[dict[str, object]] = [
            {"uid": person, "attrs": {}, "parents": [part]},
            {"uid": part, "attrs": {}, "parents": []},
            {"uid": place, "attrs": facts, "parents": []},
        ]
        request = {
            "principal": person,
            "action": {"type": "Action", "id": str(action)},
            "resource": place,
            "context": {
                "purpose": {"__entity": {"type": "Purpose", "id": str(purpose)}},
                "work": {"__entity": {"type": "Work", "id": str(work)}},
            },
        }
        answer = cedarpy.is_authorized(request, self._policies, entities)
        return answer.decision is cedarpy.Decision.Allow and not answer.diagnostics.errors


def load_policies(folder: Path | None = None) -> Policies:
    """Return the policies that Wardround ships, in ``security/policies``, and those of ``folder``.

    A file there takes the place of ours that has its name. Raise ``InvalidInput`` where there is
    no such folder, or nothing in it.
    """
    ours = files("wardround.security") / "policies"
    texts = {one.name: one.read_text("utf-8") for one in ours.iterdir()}
    schema = texts.pop(_SCHEMA)
    return Policies(texts | ({} if folder is None else _texts_of(folder)), schema)


def _texts_of(folder: Path) -> dict[str, str]:
    where = "WARDROUND_POLICIES"
    try:
        texts = {one.name: one.read_text("utf-8") for one in sorted(folder.glob("*.cedar"))}
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("The policies cannot be read.", where=where) from error
    if not texts:
        raise InvalidInput(
            "There are no policies in this folder.",
            where=where,
            mend="Put files that end in .cedar there, or unset it.",
        )
    return texts
