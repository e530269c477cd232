import sys
from collections.abc import Iterator, Sequence

import pytest

from wardround.interfaces.cli.bulk.lines import read_lines
from wardround.interfaces.cli.bulk.run import run
from wardround.interfaces.cli.bulk.workers import Workers
from wardround.kernel import Unavailable

ECHO = """
import sys, time, os, signal
print('{"ready": true}', flush=True)
for line in sys.stdin:
    if "die" in line:
        os.kill(os.getpid(), signal.SIGKILL)
    if "slow" in line:
        time.sleep(0.3)
    print('{"id": 0, "status": "drafted", "note": %s}' % line.strip(), flush=True)
"""


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers([sys.executable, "-c", ECHO], 2)
    yield made
    made.stop()


def answers(workers: Workers, lines: Sequence[bytes | None]) -> list[bytes]:
    found: list[bytes] = []
    sizes: list[int] = []
    run([(line, 1) for line in lines], workers, 2, found.append, sizes.append)
    assert len(sizes) == len(lines)
    return found


def test_answers_come_in_order(workers: Workers) -> None:
    lines = [b'"slow"', b'"1"', b'"2"', b'"slow"'] * 3
    assert [answer.split(b": ")[-1][:-1] for answer in answers(workers, lines)] == lines


def test_a_worker_that_dies_costs_its_line_only(workers: Workers) -> None:
    lines = [b'"a"', b'{"id": "x", "transcript": "die"}', b'"b"', b'"die"', b'"c"']
    found = answers(workers, lines)
    assert [b"drafted" in answer for answer in found] == [True, False, True, False, True]
    assert b'"id": "x", "status": "error"' in found[1]
    assert b"died" in found[1]


def test_a_line_too_long_is_answered_too(workers: Workers) -> None:
    assert b"longer than" in answers(workers, [None])[0]


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ('print(\'{"message": "No model."}\')', "No model"),
        ("raise SystemExit(1)", "died while it started"),
    ],
)
def test_a_worker_that_does_not_come_up_is_named(program: str, said: str) -> None:
    workers = Workers([sys.executable, "-c", program], 1)
    with pytest.raises(Unavailable, match=said):
        workers.check()
    workers.stop()


def test_lines_are_read_with_their_sizes(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO

    from wardround.interfaces.cli.bulk import lines

    monkeypatch.setattr(lines, "LONGEST", 4)
    stream = BytesIO(b"abcd\nabcdefghij\n\nab")
    assert list(read_lines(stream)) == [(b"abcd", 5), (None, 11), (b"", 1), (b"ab", 2)]
