"""``kill -9`` at any moment: nothing acknowledged is lost, nothing is half signed."""

import random
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.forked import forked
from tests.rounds import killed, poisoned
from wardround.kernel import Status, resource_id
from wardround.record import Chart
from wardround.rounds import State
from wardround.rounds.drafting import DEATHS
from wardround.security import AuditTrail

TIMES = 20


def run_and_kill(home: Path, after: float) -> list[str]:
    """Run the process, kill it ``after`` seconds of work, and return its promises."""
    promises, promising = forked().Pipe(duplex=False)
    process = forked().Process(target=killed.main, args=(home, promising))
    process.start()
    promising.close()
    said = [promises.recv()]
    timer = threading.Timer(after, process.kill)
    timer.start()
    with promises, suppress(EOFError, OSError):  # a word that was cut off is no promise
        while True:
            said.append(promises.recv())
    process.join()
    timer.join()
    assert process.exitcode == -signal.SIGKILL
    process.close()
    return said


@pytest.mark.requirement("ROUND-06")
@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(7)
    promised = [
        line for _ in range(TIMES) for line in run_and_kill(tmp_path, chance.uniform(0.05, 1.2))
    ]
    ordered = {line.split()[1] for line in promised if line.startswith("ordered")}
    signed = {line.split()[1] for line in promised if line.startswith("signed")}
    assert promised.count("ready") == TIMES
    assert len(ordered) > TIMES
    assert len(signed) > TIMES

    database, rounds = killed.opened(tmp_path)
    rounds.start()
    try:
        deadline = time.monotonic() + 60
        while rounds.orders(State.QUEUED, State.DRAFTED) and time.monotonic() < deadline:
            time.sleep(0.1)
        known = {state.order.id: state for state in rounds.orders()}
        assert ordered <= set(known)
        assert {state.state for state in known.values()} == {State.DONE}
        with database.read() as tx:
            events = [e.entity for e in AuditTrail(tx).list(action="sign", limit=1_000_000)]
            for order_id in known:
                draft = rounds.draft(order_id)
                is_signed = draft.status is Status.SIGNED
                assert is_signed or order_id not in signed
                for kind, part in (("Basic", "basic"), ("Provenance", "provenance")):
                    versions = Chart(tx).search(kind, {"_id": resource_id(order_id, part)})
                    assert len(versions) == is_signed
                assert events.count(f"draft/{order_id}") == is_signed
    finally:
        rounds.stop()
        database.dispose()


@pytest.mark.slow
def test_an_order_that_kills_its_process_is_given_up_and_no_other(tmp_path: Path) -> None:
    ended: list[int | None] = []
    while 0 not in ended and len(ended) <= 2 * DEATHS:
        process = forked().Process(target=poisoned.main, args=(tmp_path,))
        process.start()
        process.join(60)
        ended.append(process.exitcode)
        process.close()
    assert ended == [-signal.SIGKILL] * DEATHS + [0]

    database, rounds = poisoned.opened(tmp_path)
    states = {state.order.id: state.state for state in rounds.orders()}
    assert states.pop(poisoned.POISON) is State.FAILED
    assert states == dict.fromkeys(poisoned.INNOCENT, State.DONE)
    database.dispose()
