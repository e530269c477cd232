"""Files from their publishers, through the egress gate, checked by digest."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from wardround.kernel import InvalidInput, NotAllowed, Unavailable
from wardround.privacy.egress import Carries, Gate, Purpose, Recipient, Service

SECONDS = 600
_CHUNK = 1 << 16


def publisher(url: str, size: int) -> Recipient:
    """Return whoever publishes ``url``, to whom nothing is handed."""
    return Recipient(
        name="publisher",
        address=url,
        service=Service.PUBLISHED_DATA,
        purpose=Purpose.INFRASTRUCTURE,
        carries=Carries.NOTHING,
        data=frozenset(),
        seconds=SECONDS,
        most=size + _CHUNK,
    )


def fetch(url: str, target: Path, sha256: str, size: int, told: Callable[[int], None]) -> None:
    """Download ``url`` to ``target``; it is there as a whole and with this digest, or not at all.

    ``told`` hears of every bytes that arrived. Raise ``Unavailable`` where the publisher cannot
    be reached, ``InvalidInput`` where what came is not what was published.
    """
    with Gate().client(publisher(url, size)) as client, client.stream("GET", url) as answer:
        if answer.is_redirect:
            raise NotAllowed("The publisher leads elsewhere.", where=url)
        if not answer.is_success:
            raise Unavailable(
                f"The publisher answers {answer.status_code}.", where=url, mend="Try again later."
            )
        _place(answer.iter_raw(), target, sha256, size, told)


def copy(source: Path, target: Path, sha256: str, size: int, told: Callable[[int], None]) -> None:
    """Copy ``source`` to ``target`` under the same conditions."""
    with source.open("rb") as file:
        _place(iter(lambda: file.read(_CHUNK), b""), target, sha256, size, told)


def holds(path: Path, sha256: str) -> bool:
    """Return whether ``path`` is a file with this digest."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _place(
    parts: Iterable[bytes], target: Path, sha256: str, size: int, told: Callable[[int], None]
) -> None:
    found = hashlib.sha256()
    with _beside(target) as (file, place):
        came = 0
        for part in parts:
            came += len(part)
            if came > size:
                break
            found.update(part)
            file.write(part)
            told(len(part))
        if came != size or found.hexdigest() != sha256:
            raise InvalidInput(
                "This is not the file that was published: its digest differs.",
                where=target.name,
                mend="Nothing was kept. Try again, or tell the publisher.",
            )
        file.close()
        place.replace(target)


@contextmanager
def _beside(target: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Open a file in a folder of its own beside ``target``; what is left of it goes away."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=target.parent))
    try:
        with (folder / target.name).open("wb") as file:
            yield file, folder / target.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
