"""A folder that is there as a whole, or not at all."""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from wardround.disk import sync_folder, unwritable
from wardround.kernel import Conflict, InvalidInput

MANIFEST = "dossier.json"
"""The file by which a folder is known to be a dossier, and may be replaced."""


def appear(out: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write files to the folder ``out``, which appears once all of them are on the disk.

    Raise ``Conflict`` where there is something of this name. With ``force`` an older dossier is
    replaced; anything else is left alone, so that no mistyped name empties a folder.
    """
    out = out.absolute()
    if not out.parent.is_dir():
        raise InvalidInput("There is no such folder.", where=str(out.parent), mend="Make it first.")
    _refuse(out, force=force)
    try:
        part = Path(mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise unwritable(out, error) from None
    try:
        for name, data in files.items():
            _write(part / name, data)
        for folder in {part, *(path for path in part.rglob("*") if path.is_dir())}:
            sync_folder(folder)
        part.chmod(0o755)
        _put(part, out)
    except OSError as error:
        if out.exists() and not force:
            raise _taken(out) from None
        raise unwritable(out, error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    sync_folder(out.parent)


def _refuse(out: Path, *, force: bool) -> None:
    if not (out.exists() or out.is_symlink()):
        return
    if not force:
        raise _taken(out)
    if out.is_symlink() or not (out / MANIFEST).is_file():
        raise Conflict(
            "What is there is no dossier, so it is not replaced.",
            where=str(out),
            mend="Name another folder.",
        )


def _taken(out: Path) -> Conflict:
    return Conflict(
        "There is something of this name.",
        where=str(out),
        mend="Name another folder, or replace an older dossier with --force.",
    )


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(part: Path, out: Path) -> None:
    """Rename the new folder to its name; an older one is moved aside first, and back if need be."""
    if not out.exists():
        part.rename(out)
        return
    aside = Path(mkdtemp(dir=out.parent, prefix=f".{out.name}.old."))
    older = aside / out.name
    out.rename(older)
    try:
        part.rename(out)
    except OSError:
        with suppress(OSError):
            older.rename(out)
        raise
    finally:
        if out.exists():
            shutil.rmtree(aside, ignore_errors=True)
