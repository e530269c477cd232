"""Retention: how long each kind of thing is kept, and destroying what is past its time."""

from wardround.privacy.retention.keeper import Item, Keeper
from wardround.privacy.retention.retention import Due, Retention
from wardround.privacy.retention.schedule import SIX_YEARS, Kept, read_schedule

__all__ = ["SIX_YEARS", "Due", "Item", "Keeper", "Kept", "Retention", "read_schedule"]
