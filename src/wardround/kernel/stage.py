"""How far a model is switched on."""

from enum import StrEnum


class Stage(StrEnum):
    """How far a model is switched on; what it drafts in shadow nobody is shown or signs."""

    OFF = "off"
    SHADOW = "shadow"
    """It drafts, and is watched; its drafts are compared with what happens."""
    LIMITED = "limited"
    """Named people are shown its drafts."""
    LIVE = "live"
