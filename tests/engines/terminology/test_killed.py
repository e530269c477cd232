"""``kill -9`` at any moment of a load: an edition is there as a whole or not at all."""

import random
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tests.engines.terminology.conftest import put
from tests.engines.terminology.killed import main
from tests.forked import forked
from wardround.engines.terminology import Asked, Shelf, load_terms

TIMES = 12
ROWS = 20_000


def run_and_kill(file: Path, home: Path, after: float) -> list[str]:
    promises, promising = forked().Pipe(duplex=False)
    process = forked().Process(target=main, args=(file, home, promising))
    process.start()
    promising.close()
    assert promises.recv() == "ready"
    timer = threading.Timer(after, process.kill)
    timer.start()
    promised: list[str] = []
    with promises, suppress(EOFError, OSError):
        while True:
            promised.append(promises.recv())
    process.join()
    timer.join()
    assert process.exitcode == -signal.SIGKILL
    process.close()
    return promised


@pytest.mark.requirement("TERM-05")
@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    rows = "".join(f"{number}-0,made-up words {number}\n" for number in range(1, ROWS))
    file = put(tmp_path, "loinc.csv", "code,display\n" + rows)
    chance = random.Random(5)
    kept = 0
    left: set[Path] = set()
    turn = 0
    # Where the machine is slow, more time is given until some loads end and some are cut off.
    while turn < TIMES or not kept or not left:
        assert turn < 10 * TIMES, "no load was ever cut off, or none ever ended"
        home = tmp_path / f"terms{turn}"
        promised = run_and_kill(file, home, chance.uniform(0.05, 0.8) * (1 + turn / TIMES))
        turn += 1
        shelf = Shelf(home)
        assert not shelf.broken
        there = {one.name: one for one in shelf.manifests}
        assert set(promised) <= there.keys()
        for one in there.values():
            assert shelf.whole(one)
            assert one.count == ROWS - 1
            assert shelf.rows(one).find("777-0") == [["777-0", "made-up words 777"]]
        kept += len(there)
        left.update(path for path in home.glob(".*/"))
        load_terms([file], home, Asked(kind="loinc"))
        assert not list(home.glob(".*/")), "what a killed load left is cleared by the next"
