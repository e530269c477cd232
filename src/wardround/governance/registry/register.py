"""The registry: what versions there are, who approved them, how far each is switched on."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from wardround.governance.registry.gate import (
    require_approved,
    require_planned,
    require_statement,
    require_validated,
)
from wardround.governance.registry.model import (
    ON,
    Candidate,
    Cause,
    Change,
    Enclosed,
    Origin,
    Registered,
)
from wardround.governance.registry.reading import Models
from wardround.kernel import (
    Actor,
    Clock,
    Conflict,
    InvalidInput,
    NotAllowed,
    Stage,
    system_clock,
    worded,
)
from wardround.security import AuditTrail, People, PurposeOfUse

Digest = Callable[[Registered], str]
"""Returns the sha256 of a version's file as it is now; empty where there is none."""

_MISSING = "Say it in a few words."


class Registry(Models):
    """The registry to change; every change is in the history and in the audit trail."""

    def __init__(self, tx: Connection, digest: Digest, clock: Clock = system_clock) -> None:
        super().__init__(tx)
        self._digest = digest
        self._clock = clock

    def add(self, one: Candidate, by: Actor) -> Registered:
        """Register a version; it is off. Raise ``Conflict`` where name and version are taken."""
        self._shelf.lock()
        for known in self._shelf.all(name=one.name):
            if known.capability != one.capability:
                raise Conflict(
                    f"This is the name of a model of another capability, {known.capability}.",
                    where=one.name,
                    mend="Give it another name.",
                )
            if (known.version, known.digest) == (one.version, one.digest):
                raise Conflict("This version is registered already.", where=one.name)
            if known.version == one.version:
                raise Conflict(
                    f"Version {one.version} is registered with another file.",
                    where=one.name,
                    mend="Raise the version in the spec and train again.",
                )
        made = self._shelf.add(one, by.id, self._clock())
        change = Change(after=Stage.OFF, cause=Cause.REGISTERED, why="Registered.")
        self._shelf.turn(made, change, by.id, self._clock())
        self._audit("register-model", by, made)
        return self._shelf.find(made.id)

    def enclose(self, model: Registered, file: Enclosed, by: Actor) -> None:
        """Add a file, such as a validation, to a version."""
        if file.name in {one.name for one in self.files(model.name) if one.model == model.id}:
            raise Conflict("There is a file of this name.", where=file.name, mend="Rename it.")
        self._shelf.add_file(model.id, file, by.id, self._clock())
        self._audit("add-model-file", by, model, kind=file.kind.value)

    def approve(self, model: Registered, words: str, by: Actor) -> None:
        """Approve a version; raise ``NotAllowed`` to who registered it."""
        said = worded(words, "words", _MISSING)
        if by.id == model.registered_by:
            raise NotAllowed(
                "Who registered a version does not approve it.",
                where=f"{model.name} {model.version}",
                mend="Ask somebody else to look at it.",
            )
        self._shelf.approve(model.id, said, by.id, self._clock())
        self._audit("approve-model", by, model)

    def switch(
        self,
        model_id: str,
        stage: Stage,
        why: str,
        by: Actor,
        *,
        people: Sequence[str] = (),
        statement: str = "",
        seen: Stage | None = None,
    ) -> Registered:
        """Put a version into a stage; another version of the name that is on is switched off.

        ``people`` are the usernames a limited model is for. ``seen`` is the stage that the person
        saw: raise ``Conflict`` where somebody else was first. Raise ``NotAllowed`` where the gate
        does not let it through.
        """
        said, stated = worded(why, "why", _MISSING), worded(statement, "statement")
        self._shelf.lock()
        model = self._shelf.find(model_id)
        if seen not in {None, model.stage}:
            raise Conflict(
                f"Meanwhile it was switched to {model.stage}.",
                where=model.name,
                mend="Reload the page and look again.",
            )
        named = self._named(people) if stage is Stage.LIMITED else ()
        if (stage, named) == (model.stage, model.people):
            raise Conflict(f"It is {stage} already.", where=model.name, mend="Reload the page.")
        if stage is not Stage.OFF:
            self._require_file(model)
        if stage in ON:
            self._require_gate(model, stated)
            self._clear(model, Cause.REPLACED, f"Version {model.version} was switched on.", by)
        self._turn(
            model,
            Change(after=stage, cause=Cause.SWITCHED, why=said, people=named, statement=stated),
            by,
        )
        return self._shelf.find(model.id)

    def roll_back(self, name: str, why: str, by: Actor) -> Registered:
        """Make the version live that was live before; raise ``NotAllowed`` where there is none."""
        said = worded(why, "why", _MISSING)
        self._shelf.lock()
        before = self.before(name)
        if before is None:
            raise NotAllowed(
                "No other version was live before.", where=name, mend="Switch it off instead."
            )
        self._require_file(before)
        self._clear(before, Cause.ROLLED_BACK, said, by)
        back = Change(after=Stage.LIVE, cause=Cause.ROLLED_BACK, why=said)
        if before.stage is not Stage.LIVE:
            self._turn(before, back, by)
        return self._shelf.find(before.id)

    def release(self, candidates: Sequence[Candidate]) -> list[Registered]:
        """Register what comes with Wardround and is not known yet; return what is new.

        A version that follows another takes its stage over, and the other is switched off. A
        learned one goes to shadow instead: it has no validation at this site.
        """
        if not self._unknown(candidates):
            return []
        self._shelf.lock()
        return [self._release(one) for one in self._unknown(candidates)]

    def demonstrate(self, capabilities: Sequence[str]) -> None:
        """Switch on what comes with Wardround and reads images, where every patient is invented.

        The sample clinic alone asks for this: it passes no gate, and says so in the history.
        """
        self._shelf.lock()
        why = "Switched on with the sample clinic, whose patients are invented."
        for one in self._shelf.all():
            packaged = one.origin is Origin.PACKAGED and one.stage is Stage.OFF
            if packaged and one.capability in capabilities:
                change = Change(after=Stage.LIVE, cause=Cause.RELEASED, why=why)
                self._shelf.turn(one, change, None, self._clock())

    def _unknown(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        known = {(one.name, one.version, one.digest) for one in self._shelf.all()}
        return [one for one in candidates if (one.name, one.version, one.digest) not in known]

    def _release(self, one: Candidate) -> Registered:
        earlier = self._shelf.all(name=one.name)
        at = self._clock()
        made = self._shelf.add(one, None, at)
        why = f"Came with Wardround as version {one.version}."
        stage = Stage.OFF if earlier else one.stage
        people: tuple[str, ...] = ()
        last = next((other for other in earlier if other.is_on), None) or (
            earlier[-1] if earlier else None
        )
        if last is not None and last.origin is Origin.PACKAGED and last.stage is not Stage.OFF:
            stage = Stage.SHADOW if one.learned else last.stage
            people = last.people if stage is Stage.LIMITED else ()
            gone = Change(after=Stage.OFF, cause=Cause.REPLACED, why=why)
            self._shelf.turn(last, gone, None, at)
        begun = Change(after=stage, cause=Cause.RELEASED, why=why, people=people)
        self._shelf.turn(made, begun, None, at)
        return self._shelf.find(made.id)

    def _require_file(self, model: Registered) -> None:
        if self._digest(model) != model.digest:
            raise NotAllowed(
                "The file of this version is not the one that was registered, or is gone.",
                where=f"{model.name} {model.version}",
                mend="Bring the registered file back, or register the new one as a new version.",
            )

    def _require_gate(self, model: Registered, statement: str) -> None:
        require_approved(model, self._shelf.approvals([model.id]))
        if not model.is_on:
            require_statement(model, statement)
        found = self.validations(model)
        require_validated(model, [one for _, one in found])
        planned = self.planned(model.name)
        if planned is not None and planned[0].id != model.id:
            plan = planned[1]
            test = plan.test_set.sha256
            require_planned(model, plan, [one for data, one in found if data == test])

    def _named(self, people: Sequence[str]) -> tuple[str, ...]:
        found = []
        for username in dict.fromkeys(one.strip() for one in people if one.strip()):
            actor = People(self._tx).actor(username)
            if actor is None:
                raise InvalidInput(
                    "There is no such person.", where="people", mend="Write their usernames."
                )
            found.append(actor.id)
        if not found:
            raise InvalidInput(
                "A limited model is for people who are named.",
                where="people",
                mend="Write their usernames.",
            )
        return tuple(dict.fromkeys(found))

    def _clear(self, model: Registered, cause: Cause, why: str, by: Actor) -> None:
        """Switch off whatever other version of the name is on."""
        for other in self._shelf.all(name=model.name):
            if other.is_on and other.id != model.id:
                self._turn(other, Change(after=Stage.OFF, cause=cause, why=why), by)

    def _turn(self, model: Registered, change: Change, by: Actor) -> None:
        self._shelf.turn(model, change, by.id, self._clock())
        action = "roll-back-model" if change.cause is Cause.ROLLED_BACK else "switch-model"
        told = {"from": model.stage.value, "to": change.after.value}
        self._audit(action, by, model, **told)

    def _audit(self, action: str, by: Actor | None, model: Registered, **detail: str) -> None:
        AuditTrail(self._tx, self._clock).record(
            action,
            "success",
            actor=by,
            entity=f"model/{model.name}",
            detail={"digest": model.digest[:16], **detail},
            purpose=PurposeOfUse.OPERATIONS,
        )
