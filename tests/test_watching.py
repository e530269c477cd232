"""The watch over models through the whole house: drafts on the route, outcomes, looks kept."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from tests.governance.watch.made import START, cohort, draft_of, plant
from tests.interfaces.cli.running import call, surroundings
from wardround.bootstrap import Wardround, at_rest, take_outcomes, watch_is_due, watch_models
from wardround.governance.watch import FIRST, Outcomes, Prediction, Watched
from wardround.kernel import InvalidInput
from wardround.record import Chart
from wardround.security import AuditTrail
from wardround.settings import Settings

NOW = START + timedelta(days=365)
KILLED = """
import os, signal, sys
from pathlib import Path
from wardround.bootstrap import at_rest, take_outcomes
from wardround.security import AuditTrail
from wardround.settings import Settings

AuditTrail.record = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
with at_rest(Settings(home=Path(sys.argv[1]))) as wardround:
    take_outcomes(wardround, sys.stdin.buffer.read().splitlines(), "made.jsonl")
"""
"""Takes outcomes in, and dies when all rows are written and before they are kept."""


@contextmanager
def house(home: Path) -> Iterator[Wardround]:
    with at_rest(Settings(home=home), lambda: NOW) as opened:
        yield opened


def after(first: list[Prediction], more: list[Prediction]) -> list[Prediction]:
    """Return predictions with others that were made after them."""
    start = len(first)
    return first + [
        replace(one, draft=f"made-{start + n}", at=START + timedelta(hours=start + n))
        for n, one in enumerate(more)
    ]


def fill(wardround: Wardround, made: list[Prediction]) -> None:
    with wardround.database.begin() as tx:
        for number in range(40):
            sex = "female" if number % 2 else "male"
            patient = {"resourceType": "Patient", "id": f"made-{number}", "gender": sex}
            patient["birthDate"] = f"19{30 + number}-05"
            Chart(tx).update(orjson.dumps(patient))
        plant(tx, [draft_of(one, shadow=number % 3 == 0) for number, one in enumerate(made)])


def lines(made: list[Prediction]) -> list[bytes]:
    return [
        orjson.dumps(
            {"draft": one.draft, "outcome": int(bool(one.outcome)), "at": one.at.isoformat()}
        )
        for one in made
    ]


def looked(wardround: Wardround) -> Watched:
    (look,) = watch_models(wardround)
    return look.found


def test_a_planted_shift_fires_through_the_whole_job(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The model came without a reference, so the first predictions here are it."""
    made = cohort(21, FIRST)
    with house(tmp_path) as wardround:
        assert not watch_is_due(wardround)
        assert watch_models(wardround) == []
        fill(wardround, made[:-1])
        found = looked(wardround)
        assert found.reference.startswith("nothing yet")
        assert found.fired == ()
        more = after(made, cohort(22, 300))
        with wardround.database.begin() as tx:
            plant(tx, [draft_of(one) for one in more[FIRST - 1 :]])
        found = looked(wardround)
        assert found.reference.startswith("the first 1,500 predictions here")
        assert found.fired == ()
        assert caplog.records == []
        moved = after(more, cohort(23, 400, shift=0.5))
        with wardround.database.begin() as tx, caplog.at_level(logging.WARNING):
            plant(tx, [draft_of(one) for one in moved[len(more) :]])
        found = looked(wardround)
        assert "Lactate" in {one.subject for one in found.fired if one.kind == "input shift"}
        assert "Age" not in {one.subject for one in found.fired}
        (said,) = caplog.messages
        assert said.startswith("the watch over a model fires: made-death 1, ")
        assert {one.subject for one in found.checks if one.kind == "gap between groups"} == {
            "Abstentions: 65 and older and under 65",
            "Abstentions: men and women",
        }
        with wardround.database.read() as tx:
            assert len(AuditTrail(tx).list(action="watch-models")) == 4
        assert not watch_is_due(wardround)


def test_outcomes_show_that_calibration_drifted_and_the_command_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARDROUND_HOME", str(tmp_path))
    made = cohort(24, 900, odds=2.5)
    with house(tmp_path) as wardround:
        fill(wardround, made)
    assert call("governance", "watch").returncode == 0, "no outcome is known yet"
    file = tmp_path / "made.jsonl"
    file.write_bytes(b"\n".join(lines(made)))
    assert call("governance", "outcomes", str(file)).stdout == b"900 new, 0 changed.\n"
    assert call("governance", "outcomes", str(file)).stdout == b"0 new, 0 changed.\n"
    ended = call("governance", "watch")
    assert ended.returncode == 1
    assert b"made-death 1\t900 drafts, 900 outcomes\t" in ended.stdout
    assert b"More patients have the outcome than predicted" in ended.stdout
    told = orjson.loads(call("governance", "watch", "--json").stdout)
    assert told[0]["predictions"] == 900
    assert told[0]["new"] == []
    file.write_bytes(b"\n".join([*lines(made[:3]), b"{", *lines(made[4:5])]))
    refused = call("governance", "outcomes", str(file))
    assert refused.returncode == 1
    assert b"line 4: this is no JSON" in refused.stderr


def test_of_a_file_that_is_cut_off_nothing_is_kept(tmp_path: Path) -> None:
    made = cohort(25, 60)
    with house(tmp_path) as wardround:
        fill(wardround, made)
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        check=False,
        input=b"\n".join(lines(made)),
        env=surroundings(tmp_path),
        timeout=120,
    )
    assert died.returncode == -9
    with house(tmp_path) as wardround:
        with wardround.database.read() as tx:
            assert Outcomes(tx).of(one.draft for one in made) == {}
        assert take_outcomes(wardround, lines(made), "made.jsonl").new == 60
        assert looked(wardround).outcomes == 60


def test_an_outcome_of_no_prediction_here_is_refused_by_its_line(tmp_path: Path) -> None:
    made = cohort(26, 5)
    with house(tmp_path) as wardround:
        fill(wardround, made[:4])
        with pytest.raises(InvalidInput, match="line 5: there is no such prediction here"):
            take_outcomes(wardround, lines(made), "made.jsonl")
        with wardround.database.read() as tx:
            assert Outcomes(tx).of(one.draft for one in made) == {}
