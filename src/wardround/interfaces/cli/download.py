"""The one place that reaches out: files from their publishers, over https, checked by digest."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from wardround import __version__
from wardround.kernel import InvalidInput, Unavailable

SECONDS = 60
_CHUNK = 1 << 16
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def client() -> OpenerDirector:
    """Return what opens addresses: nothing but https, or the machine itself, redirects included."""
    return build_opener(_Checked())


def fetch(url: str, target: Path, sha256: str, size: int, told: Callable[[int], None]) -> None:
    """Download ``url`` to ``target``; it is there as a whole and with this digest, or not at all.

    ``told`` hears of every bytes that arrived. Raise ``Unavailable`` where the publisher cannot
    be reached, ``InvalidInput`` where what came is not what was published.
    """
    _require(url)
    request = Request(url, headers={"User-Agent": f"wardround/{__version__}"})  # noqa: S310 - checked
    try:
        with client().open(request, timeout=SECONDS) as answer:
            _place(answer, target, sha256, size, told)
    except HTTPError as error:
        with error:
            raise Unavailable(
                f"The publisher answers {error.code}.", where=url, mend="Try again later."
            ) from None
    except (URLError, TimeoutError, ConnectionError) as error:
        raise Unavailable(
            "The publisher cannot be reached.",
            where=url,
            mend=f"Check the network, or use --from with a copy. ({type(error).__name__})",
        ) from None


def copy(source: Path, target: Path, sha256: str, size: int, told: Callable[[int], None]) -> None:
    """Copy ``source`` to ``target`` under the same conditions."""
    with source.open("rb") as file:
        _place(file, target, sha256, size, told)


def holds(path: Path, sha256: str) -> bool:
    """Return whether ``path`` is a file with this digest."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _place(
    source: IO[bytes], target: Path, sha256: str, size: int, told: Callable[[int], None]
) -> None:
    found = hashlib.sha256()
    with _beside(target) as (file, place):
        came = 0
        while chunk := source.read(_CHUNK):
            came += len(chunk)
            if came > size:
                break
            found.update(chunk)
            file.write(chunk)
            told(len(chunk))
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


def _require(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
        raise InvalidInput("Files are only fetched over https.", where=url)


class _Checked(HTTPRedirectHandler):
    def redirect_request(  # type: ignore[no-untyped-def] # the signature is urllib's
        self, req, fp, code, msg, headers, newurl
    ):
        _require(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
