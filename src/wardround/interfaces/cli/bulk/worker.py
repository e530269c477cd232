"""A process that answers lines: ``python -m wardround.interfaces.cli.bulk.worker NAME MODEL``.

It says on standard output that it is ready, or why it is not, as one line of JSON; then it writes
one line for every line it reads, until its input ends. Where it says that it takes blocks, a number
stands before so many lines, and their answers come together.
"""

import json
import os
import signal
import sys
from typing import BinaryIO

from wardround.kernel import Blocks, WardroundError

BLOCK = 128
"""Lines of a block, for what answers many at once quicker than one by one."""


def main() -> int:
    """Load the capability named on the command line and answer lines until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us decides when to stop
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nobody's print may land among the answers
    return serve(sys.argv[1], sys.stdin.buffer, answers, sys.argv[2])


def serve(name: str, lines: BinaryIO, answers: BinaryIO, model: str = "") -> int:
    """Answer ``lines`` with what is run under ``name``."""
    from wardround.batches import load_batch
    from wardround.interfaces.cli.bulk.answer import answer, answer_many

    try:
        work = load_batch(name, model)
    except WardroundError as error:
        _put(answers, json.dumps({"message": str(error)}).encode())
        return 1
    if isinstance(work, Blocks):
        _put(answers, json.dumps({"ready": True, "block": BLOCK}).encode())
        while number := lines.readline():
            block = [lines.readline().removesuffix(b"\n") for _ in range(int(number))]
            _put(answers, b"\n".join(answer_many(work, block)))
        return 0
    _put(answers, json.dumps({"ready": True}).encode())
    while line := lines.readline():
        _put(answers, answer(work, line.removesuffix(b"\n")))
    return 0


def _put(answers: BinaryIO, line: bytes) -> None:
    answers.write(line + b"\n")
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
