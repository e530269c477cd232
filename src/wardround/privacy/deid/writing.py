"""Files read one by one, and written as a whole or not at all, never over another."""

import os
import tempfile
from pathlib import Path

from wardround.kernel import Conflict, InvalidInput


def files_of(source: Path) -> list[Path]:
    """Return a file, or all files below a folder, in the order of their names."""
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise InvalidInput("There is no such file or folder.", where=str(source))
    return sorted(path for path in source.rglob("*") if path.is_file())


def write_new(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all, never over another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-") as part:
        part.write(data)
        part.flush()
        os.fsync(part.fileno())
        try:
            os.link(part.name, path)
        except FileExistsError:
            raise Conflict(
                "There is such a file already.", where=str(path), mend="Choose another place."
            ) from None
