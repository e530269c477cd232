"""Files of a backup: the archive appears whole, and what is put back stays under its folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO

from wardround.disk import sync_folder
from wardround.kernel import Conflict, InvalidInput, Unavailable


@contextmanager
def appearing(out: Path) -> Iterator[IO[bytes]]:
    """Give a stream whose file is ``out`` once it was written to its end, and until then is none.

    Only its owner may read it. Raise ``Conflict`` where ``out`` is there already.
    """
    if out.exists():
        raise Conflict("There is a file of this name.", where=str(out), mend="Name another.")
    try:
        with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as part:
            try:
                yield part.file
                part.file.flush()
                os.fsync(part.fileno())
                os.link(part.name, out)
            finally:
                with suppress(FileNotFoundError):
                    Path(part.name).unlink()
        sync_folder(out.parent)
    except FileExistsError:
        raise Conflict(
            "There is a file of this name.", where=str(out), mend="Name another."
        ) from None
    except OSError as error:
        raise _cannot(out, error) from None


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
                file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")
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
        raise _cannot(path, error) from None


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


def _cannot(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        f"This file cannot be written: {error.strerror or 'the disk refuses'}.",
        where=str(path),
        mend="Check the disk and the rights of the folder; nothing was half-written.",
    )
