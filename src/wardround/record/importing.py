"""Taking in files of FHIR transaction bundles."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from wardround.database import Database
from wardround.kernel import Clock, InvalidInput, Noun, TooLarge, system_clock
from wardround.record.bundles import LIMIT
from wardround.record.chart import Chart
from wardround.record.shelf import Shelf

_FIRST = ("hospitalInformation", "practitionerInformation")
"""Synthea's files that the bundles of its patients refer to."""


class Imported(Noun):
    """What an import did: bundles read, and resources now in the record from them."""

    bundles: int = 0
    resources: int = 0


def bundle_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to import: those named, and every ``.json`` in the folders named.

    Of a folder, what Synthea exports for others to refer to comes first.
    """
    return [file for path in paths for file in _files(path)]


def import_bundles(
    database: Database,
    files: Sequence[Path],
    progress: Callable[[int, int], None] | None = None,
    clock: Clock = system_clock,
) -> Imported:
    """Take in each file as one transaction: it is there as a whole, or not at all.

    The same file again changes nothing, so an import that was cut off is simply run again.
    ``progress`` is told how many of how many files are done. Errors name file, line and entry; the
    files before the one at fault stay.
    """
    done = Imported()
    for number, file in enumerate(files, start=1):
        data = _read(file)
        with database.begin() as tx:
            kept = Chart(tx, clock).transaction(data, file=file.name)
        done = Imported(bundles=number, resources=done.resources + len(kept))
        if progress is not None:
            progress(number, len(files))
    with database.begin() as tx:
        Shelf(tx).count_rows()
    return done


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LIMIT:
            raise TooLarge(f"A bundle is at most {LIMIT // 2**20} MB.", where=file.name)
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput(
            f"This file cannot be read: {error.strerror}.",
            where=file.name,
            mend="Check the path and its rights.",
        ) from None


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        found = sorted(path.glob("*.json"), key=lambda f: (not f.name.startswith(_FIRST), f.name))
        if not found:
            raise InvalidInput(
                "There is no .json file in this folder.", where=path.name, mend="Name the files."
            )
        yield from found
    elif path.is_file():
        yield path
    else:
        raise InvalidInput("There is no such file.", where=path.name, mend="Check the path.")
