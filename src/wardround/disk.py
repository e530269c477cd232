"""What the disk must have before a promise is made."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from wardround.kernel import Conflict, Unavailable


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
