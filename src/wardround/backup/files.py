"""Files of a backup: read from its archive, and put back under its folder and nowhere else."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO

from wardround.disk import sync_folder, unwritable
from wardround.kernel import Conflict, InvalidInput, Unavailable


@contextmanager
def reading(archive: Path) -> Iterator[IO[bytes]]:
    """Give the stream of an archive; raise ``InvalidInput`` where there is none."""
    try:
        stream = archive.open("rb")
    except OSError as error:
        raise InvalidInput(
            f"This file cannot be read: {error.strerror}.",
            where=str(archive),
            mend="Check the path.",
        ) from None
    with stream:
        yield stream


def belonging(home: Path, names: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files under ``home`` that belong to a backup, in a steady order."""
    for name in names:
        path = home / name
        if path.is_file():
            yield path
        else:
            yield from sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )


def keep(home: Path, name: str, data: bytes) -> None:
    """Put a file back under ``home``; the same again changes nothing.

    Raise ``InvalidInput`` for a name that leads elsewhere, ``Conflict`` where another is there.
    """
    parts = PurePosixPath(name).parts
    if not parts or any(part in {"..", "/"} or "\0" in part for part in parts):
        raise InvalidInput("This backup names a file outside of its folder.", where=name[:80])
    path = home.joinpath(*parts)
    if path.exists():
        if path.read_bytes() == data:
            return
        raise Conflict("There is another file of this name.", where=str(path))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".restored.", delete=False) as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from None


def require_room(home: Path, number: int) -> None:
    """Raise ``Unavailable`` where the disk has fewer than ``number`` bytes left."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free
    if free < number:
        raise Unavailable(
            f"The disk has {free:,} bytes left; the files of this backup are {number:,}.",
            where=str(home),
            mend="Make room; nothing was put back yet.",
        )
