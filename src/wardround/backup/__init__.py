"""Backups: everything there is in one sealed file, and back."""

from wardround.backup.locks import Lock, MasterLock, PassphraseLock
from wardround.backup.service import Belongs, Contents, back_up, restore, verify

__all__ = [
    "Belongs",
    "Contents",
    "Lock",
    "MasterLock",
    "PassphraseLock",
    "back_up",
    "restore",
    "verify",
]
