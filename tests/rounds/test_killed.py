"""``kill -9`` at any moment: nothing acknowledged is lost, nothing is half signed."""

import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.rounds.killed import opened
from wardround.kernel import Status, resource_id
from wardround.record import Chart
from wardround.rounds import State
from wardround.security import AuditTrail

TIMES = 20


def run_and_kill(home: Path, after: float) -> list[str]:
    """Run the process, kill it ``after`` seconds of work, and return its promises."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.rounds.killed", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    timer = threading.Timer(after, process.send_signal, [signal.SIGKILL])
    timer.start()
    lines.extend(process.stdout)
    process.wait()
    process.stdout.close()
    timer.join()
    assert process.returncode == -signal.SIGKILL
    return [line.strip() for line in lines if line.endswith("\n")]


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

    database, rounds = opened(tmp_path)
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
