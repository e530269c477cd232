"""The guard: what one person may do with which patients, within one transaction."""

from collections.abc import Iterable

from sqlalchemy import Connection

from wardround.kernel import Actor, Clock, Forbidden, Role, Work, system_clock
from wardround.security.action import Action, PurposeOfUse, purpose_of
from wardround.security.emergencies import Emergencies
from wardround.security.policy import Policies
from wardround.security.relation import STRANGERS, Care, Relations


class OutsideCare(Forbidden):
    """The patient is not in this person's care; ``subject`` is whose chart was asked for.

    ``may_break_glass`` says whether they may open it in an emergency.
    """

    def __init__(self, action: Action, subject: str, *, may_break_glass: bool) -> None:
        mend = "If it is an emergency, open the chart with a reason." if may_break_glass else None
        super().__init__(
            "This patient is not in your care."
            if action is Action.READ_CHART
            else f"You may not {action} of this patient.",
            mend=mend or "Ask somebody who treats the patient.",
        )
        self.subject = subject
        self.may_break_glass = may_break_glass


class Guard:
    """Decides by the policies and how a person stands to each patient, which it asks for once."""

    def __init__(
        self,
        tx: Connection,
        actor: Actor,
        policies: Policies,
        care: Care,
        clock: Clock = system_clock,
        known: Relations | None = None,
    ) -> None:
        """Decide for ``actor``; ``known`` is filled, for other guards of the same request."""
        self.actor = actor
        self._tx = tx
        self._policies = policies
        self._care = care
        self._clock = clock
        self._relations: Relations = {} if known is None else known

    def purpose(self, action: Action, patient: str, work: Work = Work.CARE) -> PurposeOfUse | None:
        """Return what for the person may do ``action`` with a patient's data, or ``None``.

        ``work`` is whose work it is, where it is done with a draft.
        """
        self._know([patient])
        relation = self._relations[patient]
        purposes = [purpose_of(self.actor.role)]
        if relation.emergency:
            purposes.append(PurposeOfUse.EMERGENCY)
        role = self.actor.role
        return next(
            (why for why in purposes if self._policies.permit(role, action, relation, why, work)),
            None,
        )

    def permitted(
        self, action: Action, patients: Iterable[str], work: Work = Work.CARE
    ) -> frozenset[str]:
        """Return those of the patients whom the person may do ``action`` with."""
        asked = frozenset(patients)
        self._know(asked)
        return frozenset(one for one in asked if self.purpose(action, one, work) is not None)

    def panel(self, most: int) -> list[str]:
        """Return the patients this person has to do with these days, as the record has it."""
        opened = Emergencies(self._tx, self._clock).open_to(self.actor.id)
        return [*sorted(opened), *self._care.panel(self.actor.reference, most)][:most]

    def require(
        self, action: Action, patient: str | None = None, work: Work = Work.CARE
    ) -> PurposeOfUse:
        """Return what for, or raise ``Forbidden``: ``OutsideCare`` where it is the patient's sake.

        Without a patient it is asked whether they may do it at all.
        """
        self._policies.require(self.actor, action)
        if patient is None:
            return purpose_of(self.actor.role)
        purpose = self.purpose(action, patient, work)
        if purpose is None:
            may = self._policies.allow(self.actor, Action.BREAK_GLASS)
            reading = action in {Action.READ_CHART, Action.READ_DRAFT}
            raise OutsideCare(action, patient, may_break_glass=may and reading)
        return purpose

    def _know(self, patients: Iterable[str]) -> None:
        fresh = [one for one in patients if one not in self._relations]
        if not fresh:
            return
        if self.actor.role is Role.SERVICE:
            # A program is nobody's carer, and asking would cost every read.
            self._relations |= dict.fromkeys(fresh, STRANGERS)
            return
        found = self._care.relations(self.actor.reference, fresh)
        opened = Emergencies(self._tx, self._clock).open_to(self.actor.id)
        for one in fresh:
            relation = found.get(one, STRANGERS)
            self._relations[one] = relation._replace(emergency=one in opened)
