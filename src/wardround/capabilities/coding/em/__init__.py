"""E/M: the level of a visit's evaluation and management, as a worksheet with its evidence."""

from wardround.capabilities.coding.em.minutes import written_minutes
from wardround.capabilities.coding.em.model import LEVELS, Element, Level, Part, Setting, Worksheet
from wardround.capabilities.coding.em.worksheet import level

__all__ = [
    "LEVELS",
    "Element",
    "Level",
    "Part",
    "Setting",
    "Worksheet",
    "level",
    "written_minutes",
]
