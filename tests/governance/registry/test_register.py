"""Registering, approving, switching, rolling back: each as a whole, each told."""

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from tests.conftest import opened
from tests.governance.registry.made import (
    QUINN,
    RAY,
    as_registered,
    candidate,
    digest,
)
from wardround.database import Database
from wardround.governance.registry import Cause, KeptSwitches, Registered, Registry, tables
from wardround.kernel import (
    Conflict,
    InvalidInput,
    Model,
    NotAllowed,
    NotFound,
    Stage,
    system_clock,
)
from wardround.security import AuditTrail, People

NEVER = Model(name="falls", version="1", digest=digest(99))


@pytest.fixture
def registry(tx: Connection) -> Registry:
    for one in (QUINN, RAY):
        People(tx).add(one.id, one.name, one.role, one.reference, None)
    return Registry(tx, as_registered)


def approved(registry: Registry, version: int = 1, **more: Any) -> Registered:
    made = registry.add(candidate(version, **more), RAY)
    registry.approve(made, "Looked at its report.", QUINN)
    return made


def test_what_is_registered_is_off(registry: Registry, tx: Connection) -> None:
    made = registry.add(candidate(), RAY)
    assert (made.stage, made.registered_by, made.code) == (Stage.OFF, "ray", None)
    assert registry.of("risk", made.model).stage is Stage.OFF
    [turn] = registry.history("falls")
    assert (turn.cause, turn.by) == (Cause.REGISTERED, "ray")
    [event] = AuditTrail(tx).list(action="register-model")
    assert (event.actor, event.entity) == ("ray", "model/falls")


def test_a_version_is_registered_once(registry: Registry) -> None:
    registry.add(candidate(), RAY)
    with pytest.raises(Conflict, match="registered already"):
        registry.add(candidate(), RAY)
    with pytest.raises(Conflict, match=r"registered with another file.*Raise the version"):
        registry.add(candidate(1, digest=digest(7)), RAY)
    with pytest.raises(Conflict, match="another capability, risk"):
        registry.add(candidate(2, capability="imaging"), RAY)
    assert len(registry.versions("falls")) == 1


def test_nothing_goes_on_without_anothers_approval(registry: Registry) -> None:
    made = registry.add(candidate(), RAY)
    for stage in (Stage.LIMITED, Stage.LIVE):
        with pytest.raises(NotAllowed, match="Nobody has approved"):
            registry.switch(made.id, stage, "Try it.", QUINN, people=["ray"])
    with pytest.raises(NotAllowed, match="Who registered a version does not approve it"):
        registry.approve(made, "Mine.", RAY)
    registry.switch(made.id, Stage.SHADOW, "Watch it first.", QUINN)
    registry.approve(made, "It did well in shadow.", QUINN)
    assert registry.switch(made.id, Stage.LIVE, "It did well.", QUINN).is_on
    [approval] = registry.approvals("falls")
    assert (approval.by, approval.words) == ("quinn", "It did well in shadow.")


def test_a_switch_says_who_when_why_and_from_what(registry: Registry, tx: Connection) -> None:
    made = approved(registry)
    registry.switch(made.id, Stage.LIMITED, "Two weeks.", QUINN, people=["ray", "ray"])
    registry.switch(made.id, Stage.LIVE, "Went  well.", QUINN)
    assert [
        (turn.before, turn.after, turn.people, turn.why, turn.by)
        for turn in registry.history("falls")[1:]
    ] == [
        (Stage.OFF, Stage.LIMITED, ("ray",), "Two weeks.", "quinn"),
        (Stage.LIMITED, Stage.LIVE, (), "Went well.", "quinn"),
    ]
    events = AuditTrail(tx).list(action="switch-model")
    assert [event.detail["to"] for event in events] == ["live", "limited"]
    assert {event.actor for event in events} == {"quinn"}
    now = registry.version("falls")
    assert (now.since_by, now.since >= made.since) == ("quinn", True)
    stored = tx.execute(tables.switches.select()).all()
    assert not [row for row in stored if b"weeks" in row.why]


def test_a_reason_and_people_are_asked_for(registry: Registry) -> None:
    made = approved(registry)
    with pytest.raises(InvalidInput, match="few words"):
        registry.switch(made.id, Stage.LIVE, "  ", QUINN)
    with pytest.raises(InvalidInput, match="people who are named"):
        registry.switch(made.id, Stage.LIMITED, "Try it.", QUINN, people=[" "])
    with pytest.raises(InvalidInput, match="no such person"):
        registry.switch(made.id, Stage.LIMITED, "Try it.", QUINN, people=["nobody"])
    with pytest.raises(Conflict, match="off already"):
        registry.switch(made.id, Stage.OFF, "Again.", QUINN)
    assert len(registry.history("falls")) == 1


def test_one_version_of_a_name_is_on(registry: Registry, tx: Connection) -> None:
    first, second, third = (approved(registry, version) for version in (1, 2, 3))
    registry.switch(first.id, Stage.LIVE, "Good.", QUINN)
    registry.switch(third.id, Stage.SHADOW, "Watch.", QUINN)
    registry.switch(second.id, Stage.LIMITED, "Better.", QUINN, people=["ray"])
    stages = {one.version: one.stage for one in registry.versions("falls")}
    assert stages == {"1": Stage.OFF, "2": Stage.LIMITED, "3": Stage.SHADOW}
    assert [turn.cause for turn in registry.history("falls")][-2:] == [
        Cause.REPLACED,
        Cause.SWITCHED,
    ]
    assert [one.version for one in registry.in_shadow("risk")] == ["3"]
    taken = {
        column.name: getattr(tx.execute(tables.models.select()).first(), column.name)
        for column in tables.models.c
    }
    taken |= {"id": "other", "version": "9", "on_name": "falls"}
    with pytest.raises(IntegrityError), tx.begin_nested():
        tx.execute(insert(tables.models).values(**taken))


def test_a_file_that_changed_is_not_switched_on(tx: Connection, registry: Registry) -> None:
    made = approved(registry)
    changed = Registry(tx, lambda one: digest(5))
    for stage in (Stage.SHADOW, Stage.LIVE):
        with pytest.raises(NotAllowed, match="not the one that was registered, or is gone"):
            changed.switch(made.id, stage, "Try it.", QUINN)
    registry.switch(made.id, Stage.LIVE, "Good.", QUINN)
    assert changed.switch(made.id, Stage.OFF, "Broken.", QUINN).stage is Stage.OFF
    assert registry.of("risk", NEVER).stage is Stage.OFF


def test_rolling_back(registry: Registry, tx: Connection) -> None:
    versions = [approved(registry, number) for number in (1, 2, 3)]
    with pytest.raises(NotAllowed, match="No other version was live"):
        registry.roll_back("falls", "Wrong.", QUINN)
    for one in versions:
        registry.switch(one.id, Stage.LIVE, "Good.", QUINN)
    assert registry.roll_back("falls", "Too many alerts.", QUINN).version == "2"
    assert [one.version for one in registry.live("risk")] == ["2"]
    # Not to the version that was just left, but to the one before.
    assert registry.roll_back("falls", "Still.", QUINN).version == "1"
    with pytest.raises(NotAllowed, match="No other version was live"):
        registry.roll_back("falls", "Still.", QUINN)
    registry.switch(versions[2].id, Stage.LIVE, "Mended by its threshold.", QUINN)
    before = registry.before("falls")
    assert before is not None
    assert before.version == "1"
    assert len(AuditTrail(tx).list(action="roll-back-model")) == 4
    with pytest.raises(NotAllowed, match="or is gone"):
        Registry(tx, lambda one: "").roll_back("falls", "Wrong.", QUINN)
    assert [one.version for one in registry.live("risk")] == ["3"]


def test_rolling_back_from_a_version_that_was_switched_off(registry: Registry) -> None:
    first, second = approved(registry, 1), approved(registry, 2)
    registry.switch(first.id, Stage.LIVE, "Good.", QUINN)
    registry.switch(second.id, Stage.LIVE, "Better.", QUINN)
    registry.switch(second.id, Stage.OFF, "At once: it is wrong.", QUINN)
    assert registry.roll_back("falls", "The one before was good.", QUINN).id == first.id


def test_who_is_offered_what(registry: Registry) -> None:
    registry.switch(approved(registry).id, Stage.LIVE, "Good.", QUINN)
    other = approved(registry, name="sepsis")
    registry.switch(other.id, Stage.LIMITED, "Try it.", QUINN, people=["ray"])
    assert [one.name for one in registry.offered("risk", QUINN)] == ["falls"]
    assert [one.name for one in registry.offered("risk", RAY)] == ["falls", "sepsis"]
    assert registry.offered("imaging", RAY) == []
    assert [one.name for one in registry.live("risk")] == ["falls"]
    with pytest.raises(NotFound, match="no such model"):
        registry.versions("nothing")


def test_two_people_switch_at_once(database: Database) -> None:
    with database.begin() as tx:
        made = approved(Registry(tx, as_registered))
    done: list[str] = []
    ready = threading.Barrier(2)

    def switch(stage: Stage) -> None:
        ready.wait()
        try:
            with database.begin() as tx:
                registry = Registry(tx, as_registered)
                registry.switch(made.id, stage, "Now.", QUINN, seen=Stage.OFF)
            done.append(stage.value)
        except Conflict as error:
            done.append(error.what)

    threads = [threading.Thread(target=switch, args=(s,)) for s in (Stage.LIVE, Stage.SHADOW)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as tx:
        now = Registry(tx, as_registered).version("falls").stage
        turns = Registry(tx, as_registered).history("falls")
    assert now.value in done
    assert f"Meanwhile it was switched to {now}." in done
    assert len(turns) == 2


def test_two_versions_are_switched_on_at_once(database: Database) -> None:
    with database.begin() as tx:
        versions = [approved(Registry(tx, as_registered), number) for number in (1, 2)]
    ready, faults = threading.Barrier(2), []

    def switch(one: Registered) -> None:
        ready.wait()
        try:
            with database.begin() as tx:
                Registry(tx, as_registered).switch(one.id, Stage.LIVE, "Now.", QUINN)
        except Exception as error:  # noqa: BLE001 (told by the assertion below)
            faults.append(error)

    threads = [threading.Thread(target=switch, args=(one,)) for one in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with database.read() as tx:
        assert len(Registry(tx, as_registered).live("risk")) == 1


def test_the_route_asks_as_it_stands(database: Database) -> None:
    switches = KeptSwitches(database)
    assert switches.of("risk", NEVER).stage is Stage.OFF
    with database.begin() as tx:
        registry = Registry(tx, as_registered)
        made = approved(registry)
        registry.switch(made.id, Stage.LIVE, "Good.", QUINN)
    assert switches.of("risk", made.model).stage is Stage.LIVE
    assert switches.of("documentation", made.model).stage is Stage.OFF


def test_a_switch_that_fails_leaves_nothing(database: Database) -> None:
    with database.begin() as tx:
        first, second = (approved(Registry(tx, as_registered), number) for number in (1, 2))
        Registry(tx, as_registered).switch(first.id, Stage.LIVE, "Good.", QUINN)

    def fail() -> None:
        with database.begin() as tx:
            Registry(tx, as_registered).switch(second.id, Stage.LIVE, "Better.", QUINN)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.read() as tx:
        assert [one.version for one in Registry(tx, as_registered).live("risk")] == ["1"]
        assert len(AuditTrail(tx).list(action="switch-model")) == 1


def test_a_registry_kept_is_there_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    with opened(url, tmp_path) as database, database.begin() as tx:
        made = Registry(tx, as_registered).add(candidate(code="4f2a"), RAY)
    database = Database(url)
    with database.read() as tx:
        assert Registry(tx, as_registered).stages() == [made]
    database.dispose()
    assert made.registered <= system_clock()
