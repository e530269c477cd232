"""How far a model is switched on, and whom it is for."""

from enum import StrEnum

from wardround.kernel.base import Noun


class Stage(StrEnum):
    """How far a model is switched on; what it drafts in shadow nobody is shown or signs."""

    OFF = "off"
    SHADOW = "shadow"
    """It drafts, and is watched; its drafts are compared with what happens."""
    LIMITED = "limited"
    """Named people are shown its drafts."""
    LIVE = "live"


class Switched(Noun):
    """The stage that one version of a model is in."""

    stage: Stage
    people: tuple[str, ...] = ()
    """By their ids: who is shown what it drafts while it is limited."""

    def is_for(self, person: str) -> bool:
        """Whether this person may order a draft of it and is shown it."""
        named = self.stage is Stage.LIMITED and person in self.people
        return named or self.stage is Stage.LIVE
