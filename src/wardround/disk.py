"""What the disk must have before a promise is made."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile, TemporaryDirectory, mkdtemp
from typing import IO

from wardround.kernel import Conflict, Unavailable

PASSING = ".passing-"
"""How the folders begin whose files are there for a while only."""
YOUNG = 60
"""Seconds in which a folder may not have its lock yet."""


@contextmanager
def passing(home: Path) -> Iterator[Path]:
    """Give a folder for files in clear that only we may read; it is gone afterwards.

    What a process that was killed left goes first: who lives holds the lock of its folder.
    """
    for left in home.glob(f"{PASSING}*"):
        _remove_unheld(left)
    with TemporaryDirectory(prefix=PASSING, dir=home) as made:
        handle = os.open(made, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield Path(made)
        finally:
            os.close(handle)


def _remove_unheld(folder: Path) -> None:
    with suppress(OSError):
        if folder.stat().st_mtime > time.time() - YOUNG:
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)


def sync_folder(folder: Path) -> None:
    """See the names in a folder onto the disk: a file that was put there is there after a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
        raise unwritable(out, error) from None


def unwritable(path: Path, error: OSError) -> Unavailable:
    """Return what is said where a file cannot be written."""
    return Unavailable(
        f"This file cannot be written: {error.strerror or 'the disk refuses'}.",
        where=str(path),
        mend="Check the disk and the rights of the folder; nothing was half-written.",
    )


@contextmanager
def folder_appearing(out: Path, *, instead: bool = False) -> Iterator[Path]:
    """Give an empty folder that becomes ``out`` once all of it was written, and until then is none.

    Raise ``Conflict`` where ``out`` is there already; ``instead`` puts the new one in its place.
    """
    taken = Conflict("There is a folder of this name.", where=str(out), mend="Name another.")
    if out.exists() and not (instead and out.is_dir()):
        raise taken
    if not out.absolute().parent.is_dir():
        raise Unavailable("No folder can be made there.", where=str(out), mend="Check the path.")
    made = Path(mkdtemp(dir=out.absolute().parent, prefix=f".{out.name}."))
    try:
        yield made
        for path in made.iterdir():
            _sync_file(path)
        sync_folder(made)
        if out.exists():
            _swap(made, out)
        else:
            made.rename(out)
        sync_folder(out.absolute().parent)
    except FileExistsError:
        raise taken from None
    except OSError as error:
        raise unwritable(out, error) from None
    finally:
        rmtree(made, ignore_errors=True)


def _swap(made: Path, out: Path) -> None:
    """Put ``made`` in the place of ``out``; what was there goes away last."""
    old = made.with_name(f"{made.name}.old")
    out.rename(old)
    made.rename(out)
    rmtree(old, ignore_errors=True)


def _sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
