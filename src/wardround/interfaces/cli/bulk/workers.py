"""Worker processes, and what becomes of a line whose worker dies."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from typing import IO, Protocol

from wardround.interfaces.cli.bulk.answer import failed, parse
from wardround.kernel import Unavailable, WardroundError


class Answering(Protocol):
    """Where lines are answered: processes here, or a cluster elsewhere."""

    @property
    def block(self) -> int:
        """How many lines are best asked at once."""
        ...

    def ask(self, lines: Sequence[bytes]) -> list[bytes]:
        """Return the record for each line."""
        ...


class Workers:
    """Up to a number of worker processes, started as lines need them; as many threads may ask."""

    def __init__(self, command: Sequence[str], number: int) -> None:
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._all = [Worker(command) for _ in range(number)]
        for worker in self._all:
            self._idle.put(worker)

    def check(self) -> None:
        """Raise ``Unavailable`` where the first worker does not come up."""
        self._all[0].ready()

    @property
    def block(self) -> int:
        """How many lines a worker takes at once."""
        return self._all[0].block

    def ask(self, lines: Sequence[bytes]) -> list[bytes]:
        """Return the record for each line, by the next worker that is free."""
        worker = self._idle.get()
        try:
            return worker.ask(lines)
        finally:
            self._idle.put(worker)

    def stop(self) -> None:
        """End every worker, in the middle of its line if need be."""
        for worker in self._all:
            worker.stop()


class Worker:
    """One worker process; when it dies the line at hand is answered with an error."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self.block = 1

    def ask(self, lines: Sequence[bytes]) -> list[bytes]:
        """Return the record for each line; raise ``Unavailable`` where no worker can be started.

        Where the process dies of a block, the block's lines are asked again, one by one.
        """
        self.ready()
        if self.block > 1 and len(lines) > 1:
            found = self._exchange(lines)
            if found is not None:
                return found
            self.stop()
        return [self._one(line) for line in lines]

    def _one(self, line: bytes) -> bytes:
        found = self._exchange([line])
        if found is not None:
            return found[0]
        self.stop()
        return failed(_identity(line), "The process that worked on this record died.")

    def _exchange(self, lines: Sequence[bytes]) -> list[bytes] | None:
        """Return the process's answers, or nothing where it died."""
        out, answers = self.ready()
        try:
            if self.block > 1:
                out.write(b"%d\n" % len(lines))
            out.write(b"\n".join(lines) + b"\n")
            out.flush()
            found = [answers.readline() for _ in lines]
        except BrokenPipeError:
            return None
        if not all(answer.endswith(b"\n") for answer in found):
            return None
        return [answer.removesuffix(b"\n") for answer in found]

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in self._pipes():
                _close(pipe)
            self._process = None

    def launch(self) -> None:
        """Start the process, without waiting until it is ready."""
        one_core = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        self._ready = False
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | one_core
        )

    def ready(self) -> tuple[IO[bytes], IO[bytes]]:
        """Return where lines go and answers come; raise ``Unavailable`` where it does not start."""
        if self._process is None:
            self.launch()
        lines, answers = self._pipes()
        if not self._ready:
            first = answers.readline()
            said = json.loads(first) if first else {"message": "A worker died while it started."}
            if "message" in said:
                self.stop()
                raise Unavailable(str(said["message"]))
            self._ready = True
            self.block = int(said.get("block", 1))
        return lines, answers

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise Unavailable("A worker could not be started.")
        return process.stdin, process.stdout


@contextmanager
def local(capability: str, number: int, model: str = "") -> Iterator[Workers]:
    """Have ``number`` worker processes of ``capability``, or of one of its models, here."""
    module = "wardround.interfaces.cli.bulk.worker"
    workers = Workers([sys.executable, "-m", module, capability, model], number)
    try:
        workers.check()
        yield workers
    finally:
        workers.stop()


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return  # what was not yet sent to a dead process is lost on purpose


def _identity(line: bytes) -> object:
    try:
        return parse(line).get("id")
    except WardroundError:
        return None
