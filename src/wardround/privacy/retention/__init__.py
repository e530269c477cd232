"""Retention: how long each kind of thing is kept, and destroying what is past its time."""

from wardround.privacy.retention.keeper import Item, Keeper
from wardround.privacy.retention.registers import Registers
from wardround.privacy.retention.retention import Due, Retention
from wardround.privacy.retention.schedule import Kept, read_schedule

__all__ = [
    "Due",
    "Item",
    "Keeper",
    "Kept",
    "Registers",
    "Retention",
    "read_schedule",
]
