"""The run itself: lines go out to workers, a window of them at a time, and come back in order."""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from wardround.interfaces.cli.bulk.answer import failed
from wardround.interfaces.cli.bulk.lines import LONGEST
from wardround.interfaces.cli.bulk.workers import Answering

Counts = Counter[str]
"""How many records came out ``drafted``, ``abstained`` and ``error``, or just ``done``."""

_AHEAD = 4
"""Lines that wait for each worker; enough to keep it busy, few enough to hold in memory."""


def run(
    lines: Iterable[tuple[bytes | None, int]],
    workers: Answering,
    number: int,
    write: Callable[[bytes], None],
    progress: Callable[[int], None],
) -> Counts:
    """Write one record for each line, in order; ``progress`` is told the bytes that are done."""
    counts: Counts = Counter()
    for answer, size in _in_order(lines, workers, number):
        write(answer)
        counts[str(json.loads(answer).get("status", "done"))] += 1
        progress(size)
    return counts


def _in_order(
    lines: Iterable[tuple[bytes | None, int]], workers: Answering, number: int
) -> Iterator[tuple[bytes, int]]:
    waiting: deque[tuple[Future[bytes], int]] = deque()
    with ThreadPoolExecutor(number) as threads:
        try:
            for line, size in lines:
                waiting.append((threads.submit(_answer, workers, line), size))
                if len(waiting) >= number * _AHEAD:
                    first, done = waiting.popleft()
                    yield first.result(), done
            while waiting:
                first, done = waiting.popleft()
                yield first.result(), done
        finally:
            for future, _ in waiting:
                future.cancel()


def _answer(workers: Answering, line: bytes | None) -> bytes:
    if line is None:
        return failed(None, f"This line is longer than {LONGEST / 1e6:.0f} MB.")
    return workers.ask(line)
