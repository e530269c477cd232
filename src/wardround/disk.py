"""What the disk must have before a promise is made."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """See the names in a folder onto the disk: a file that was put there is there after a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
