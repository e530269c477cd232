"""What the registry is asked: which versions there are, and how far each is switched on."""

from sqlalchemy import Connection

from wardround.governance.registry.model import Approval, Cause, FileKind, Kept, Registered, Turn
from wardround.governance.registry.plan import Plan, read_plan
from wardround.governance.registry.shelf import Shelf
from wardround.governance.validation import Validation
from wardround.kernel import Actor, Model, NotFound, Stage, Switched


class Models:
    """The registry to read, within one transaction."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._shelf = Shelf(tx)

    def stages(self) -> list[Registered]:
        """Return every version, by capability and name, each with its stage."""
        return self._shelf.all()

    def live(self, capability: str) -> list[Registered]:
        """Return the versions of a capability that are live."""
        return self._shelf.all(capability=capability, stage=Stage.LIVE)

    def in_shadow(self, capability: str) -> list[Registered]:
        """Return the versions of a capability that draft in shadow."""
        return self._shelf.all(capability=capability, stage=Stage.SHADOW)

    def offered(self, capability: str, by: Actor) -> list[Registered]:
        """Return the versions of a capability that this person may order a draft of."""
        found = self._shelf.all(capability=capability)
        return [one for one in found if one.switched.is_for(by.id)]

    def of(self, capability: str, model: Model) -> Switched:
        """Return how far a model is switched on; one that is not registered is off."""
        found = self._shelf.all(
            capability=capability, name=model.name, version=model.version, digest=model.digest
        )
        return found[0].switched if found else Switched(stage=Stage.OFF)

    def versions(self, name: str) -> list[Registered]:
        """Return the versions of a name, first to last; raise ``NotFound``."""
        found = self._shelf.all(name=name)
        if not found:
            raise NotFound("There is no such model.", where=name, mend="wardround models list")
        return found

    def version(self, name: str, version: str | None = None) -> Registered:
        """Return a version of a name, the newest where none is named; raise ``NotFound``."""
        found = [one for one in self.versions(name) if version in {None, one.version, one.id}]
        if not found:
            raise NotFound("There is no such version.", where=name, mend="wardround models show")
        return found[-1]

    def history(self, name: str) -> list[Turn]:
        """Return every switch of a name, first to last."""
        return self._shelf.turns(name)

    def approvals(self, name: str) -> list[Approval]:
        """Return the approvals of all versions of a name, first to last."""
        return self._shelf.approvals(one.id for one in self.versions(name))

    def files(self, name: str) -> list[Kept]:
        """Return the files of all versions of a name, without their contents."""
        return self._shelf.files(one.id for one in self.versions(name))

    def content(self, name: str, file_id: str) -> tuple[Kept, bytes]:
        """Return a file of a model and what is in it; raise ``NotFound``."""
        found = next((one for one in self.files(name) if one.id == file_id), None)
        if found is None:
            raise NotFound("There is no such file of a model.", where=name)
        return found, self._shelf.content(file_id)

    def before(self, name: str) -> Registered | None:
        """Return the version that was live before the one that is, or that was last, live.

        A version that was rolled back from is not returned to until it is switched on again.
        """
        line: list[str] = []
        for turn in self._shelf.turns(name):
            if turn.after is not Stage.LIVE:
                if turn.cause is Cause.ROLLED_BACK and turn.model in line:
                    line.remove(turn.model)
                continue
            if turn.model in line:
                line.remove(turn.model)
            line.append(turn.model)
        return self._shelf.find(line[-2]) if len(line) > 1 else None

    def planned(self, name: str) -> tuple[Registered, Plan] | None:
        """Return the plan in force with the version it came with: the first that has one."""
        models = {one.id: one for one in self._shelf.all(name=name)}
        kept = [one for one in self._shelf.files(models) if one.kind is FileKind.PLAN]
        first = next((one for m in models for one in kept if one.model == m), None)
        if first is None:
            return None
        text = self._shelf.content(first.id).decode("utf-8", errors="replace")
        return models[first.model], read_plan(text, name, first.name)

    def validations(self, model: Registered) -> list[tuple[str | None, Validation]]:
        """Return the validations of a version, each with its test set's sha256 if measured here."""
        figures = {FileKind.VALIDATION, FileKind.MEASURED}
        return [
            (one.data_sha256, Validation.model_validate_json(self._shelf.content(one.id)))
            for one in self._shelf.files([model.id])
            if one.kind in figures
        ]
