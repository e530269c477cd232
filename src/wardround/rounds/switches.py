"""The route's side of the model registry: how far the model of a draft is switched on.

The route asks; who keeps the registry answers. Where nobody does, every model is live.
"""

from typing import Protocol

from wardround.kernel import Model, NotAllowed, Stage, Switched


class Switches(Protocol):
    """What the route asks of whoever keeps the models."""

    def of(self, capability: str, model: Model) -> Switched:
        """Return how far this very model, by name, version and sha256, is switched on."""
        ...


class AllLive:
    """A route without a registry: one of tests, or of a capability tried by itself."""

    def of(self, capability: str, model: Model) -> Switched:
        """Return that the model is live."""
        del capability, model
        return Switched(stage=Stage.LIVE)


def require_on(found: Switched, model: Model, person: str | None) -> None:
    """Raise ``NotAllowed`` where a model does not draft, or not for this person if any asked."""
    name = f"{model.name} {model.version}"
    if found.stage is Stage.OFF:
        raise NotAllowed(
            f"{name} is switched off.",
            mend="Choose another, or ask the quality officer to switch it on.",
        )
    if found.stage is Stage.LIMITED and person is not None and not found.is_for(person):
        raise NotAllowed(
            f"{name} is being tried by a few people.",
            mend="The quality officer names them, on the page of the model.",
        )
