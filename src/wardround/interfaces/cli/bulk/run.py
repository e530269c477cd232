"""The run itself: lines go out to workers, a window of them at a time, and come back in order."""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from wardround.interfaces.cli.bulk.answer import failed
from wardround.interfaces.cli.bulk.lines import LONGEST
from wardround.interfaces.cli.bulk.workers import Answering

Line = tuple[bytes | None, int]
"""A line, or nothing for one too long, and its bytes on disk."""

Counts = Counter[str]
"""How many records came out ``drafted``, ``abstained`` and ``error``, or just ``done``."""

_AHEAD = 4
"""Blocks that wait for each worker; enough to keep it busy, few enough to hold in memory."""

_LARGEST = 1_000_000
"""Bytes of a block that has more than one line."""


def run(
    lines: Iterable[Line],
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
    lines: Iterable[Line], workers: Answering, number: int
) -> Iterator[tuple[bytes, int]]:
    waiting: deque[tuple[Future[list[bytes]], list[Line]]] = deque()
    with ThreadPoolExecutor(number) as threads:
        try:
            for block in _blocks(lines, workers.block):
                waiting.append((threads.submit(_answer, workers, block), block))
                if len(waiting) >= number * _AHEAD:
                    yield from _done(*waiting.popleft())
            while waiting:
                yield from _done(*waiting.popleft())
        finally:
            for future, _ in waiting:
                future.cancel()


def _done(future: Future[list[bytes]], block: list[Line]) -> Iterator[tuple[bytes, int]]:
    for answer, (_, size) in zip(future.result(), block, strict=True):
        yield answer, size


def _blocks(lines: Iterable[Line], most: int) -> Iterator[list[Line]]:
    """Yield lines in blocks of up to ``most``; what is large goes in smaller ones."""
    block: list[Line] = []
    held = 0
    for line in lines:
        block.append(line)
        held += line[1]
        if len(block) >= most or held >= _LARGEST:
            yield block
            block, held = [], 0
    if block:
        yield block


def _answer(workers: Answering, block: list[Line]) -> list[bytes]:
    whole = [line for line, _ in block if line is not None]
    found = iter(workers.ask(whole) if whole else [])
    long = failed(None, f"This line is longer than {LONGEST / 1e6:.0f} MB.")
    return [long if line is None else next(found) for line, _ in block]
