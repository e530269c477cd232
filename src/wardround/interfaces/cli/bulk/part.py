"""The unfinished output of a bulk run: beside the output until all is there, then in its place.

``OUT.part`` holds whole lines, flushed to disk as they come; ``OUT.part.json`` says what run they
are of. After a kill the next run takes up behind the last whole line, if it is the same run.
"""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from wardround.disk import sync_folder
from wardround.kernel import Conflict, Unavailable

FLUSH_SECONDS = 1.0
"""How much work a power cut may cost."""


class Part:
    """The unfinished output beside ``out``; a context manager that holds it alone."""

    def __init__(self, out: Path, of: dict[str, str], *, anew: bool = False) -> None:
        self._anew = anew
        self._out = out
        self._path = out.with_name(out.name + ".part")
        self._about = out.with_name(out.name + ".part.json")
        self._of = of
        self._flushed = time.monotonic()
        self.lines = 0

    def __enter__(self) -> Self:
        with _spoken(self._path):
            self._file = self._alone()
            try:
                self._take_up()
            except BaseException:
                self._file.close()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._file.close()
        except OSError:
            if error is None:
                raise

    def write(self, line: bytes) -> None:
        """Add a line; within a second or so it is on disk."""
        with _spoken(self._path):
            self._file.write(line + b"\n")
        self.lines += 1
        if time.monotonic() - self._flushed > FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Bring every line so far to disk."""
        with _spoken(self._path):
            self._file.flush()
            os.fsync(self._file.fileno())
        self._flushed = time.monotonic()

    def finish(self) -> None:
        """Put the whole output in its place, over the one before if there is one."""
        self.flush()
        with _spoken(self._out):
            self._path.replace(self._out)
            self._about.unlink(missing_ok=True)
            sync_folder(self._out.parent)

    def _alone(self) -> BinaryIO:
        """Return the file, locked; one that another run finished meanwhile is no longer ours."""
        while True:
            file = self._path.open("ab+")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _is_at(file, self._path):
                    return file
            except BlockingIOError:
                file.close()
                raise Conflict(
                    "Another run is writing this output.",
                    where=str(self._out),
                    mend="Wait for it, or name another file.",
                ) from None
            file.close()

    def _take_up(self) -> None:
        size = self._path.stat().st_size
        if size and self._about.exists() and not self._anew:
            if self._was() != self._of:
                raise Conflict(
                    "What is unfinished here is of another input, capability or version.",
                    where=str(self._path),
                    mend="Begin anew with --restart, or name another output.",
                )
            self.lines = self._cut(size)
        else:
            self._file.truncate(0)
            self._say()

    def _was(self) -> object:
        try:
            return json.loads(self._about.read_bytes())
        except ValueError:
            return None

    def _say(self) -> None:
        with self._about.open("w", encoding="utf-8") as file:
            json.dump(self._of, file)
            file.flush()
            os.fsync(file.fileno())

    def _cut(self, size: int) -> int:
        """Drop what stands behind the last whole line, and return how many lines there are."""
        lines = whole = 0
        self._file.seek(0)
        for line in self._file:
            if not line.endswith(b"\n"):
                break
            lines += 1
            whole += len(line)
        if whole < size:
            self._file.truncate(whole)
        self._file.seek(0, os.SEEK_END)
        return lines


def _is_at(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def _spoken(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into words, with the way on."""
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"The output cannot be written: {error.strerror}.",
            where=str(path),
            mend="Make room; the same command then goes on from here.",
        ) from error


def digest(path: Path) -> str:
    """Return the sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
