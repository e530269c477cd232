"""What the server sees to by itself: checkpoints, and the daily review of access."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.interfaces.web.house import assemble
from wardround import bootstrap
from wardround.bootstrap import Wardround, review_is_due
from wardround.interfaces.cli import keeping
from wardround.kernel import Actor, Role, system_clock
from wardround.privacy.oversight import Cases, Look, Looks
from wardround.security import AuditTrail

TOM = Actor(id="tom", name="Tom", role=Role.NURSE, reference="Practitioner/tom")


@pytest.fixture
def wardround(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wardround]:
    monkeypatch.setattr(keeping, "SECONDS", 0.05)
    house = assemble(tmp_path / "home")
    yield house
    house.database.dispose()


def refuse(wardround: Wardround) -> None:
    with wardround.database.begin() as tx:
        for _ in range(2):
            AuditTrail(tx).record("denied", "failure", actor=TOM, subject="Patient/ada")


def last(wardround: Wardround) -> Look | None:
    with wardround.database.read() as tx:
        return Looks(tx).last()


def awaited(met: Callable[[], object]) -> None:
    for _ in range(1200):
        if met():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def test_access_is_reviewed_once_a_day(wardround: Wardround) -> None:
    assert not review_is_due(wardround), "there is nothing yet"
    refuse(wardround)
    assert review_is_due(wardround)
    with keeping.keeping(wardround):
        awaited(lambda: last(wardround))
    look = last(wardround)
    assert look is not None
    assert (look.by, look.days, look.new) == (None, 30, 1)
    with wardround.database.read() as tx:
        assert [case.person for case in Cases(tx).waiting(10)] == ["tom"]
    assert wardround.settings.checkpoints.is_file()
    assert not review_is_due(wardround)
    with wardround.database.begin() as tx:
        Looks(tx, lambda: system_clock() + timedelta(hours=1)).keep(7, 0, 0, TOM)
    assert not review_is_due(wardround), "somebody looked"


def test_a_review_that_fails_is_told_and_tried_again(
    wardround: Wardround, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[int] = []

    def broken(_: Wardround, days: int) -> None:
        tried.append(days)
        raise RuntimeError("Marisol Vega")

    refuse(wardround)
    monkeypatch.setattr(bootstrap, "review_access", broken)
    with caplog.at_level(logging.ERROR), keeping.keeping(wardround):
        awaited(lambda: len(tried) > 1)
    assert "access could not be reviewed: RuntimeError" in caplog.text
    assert "Marisol" not in caplog.text
