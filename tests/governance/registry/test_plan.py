"""The gate of a change control plan: what it allows goes on, anything else says why not."""

from typing import Any

import pytest
from sqlalchemy import Connection

from tests.governance.registry.made import (
    PLAN,
    QUINN,
    RAY,
    as_registered,
    candidate,
    figures,
    plan,
)
from wardround.governance.registry import Registered, Registry, read_plan
from wardround.kernel import InvalidInput, NotAllowed, Stage
from wardround.security import People

TEST_SET = "ab" * 32


@pytest.fixture
def registry(tx: Connection) -> Registry:
    People(tx).add(RAY.id, RAY.name, RAY.role, RAY.reference, None)
    registry = Registry(tx, as_registered)
    first = registry.add(candidate(1, files=(plan(),)), RAY)
    registry.approve(first, "Seen.", QUINN)
    registry.switch(first.id, Stage.LIVE, "The first needs no plan.", QUINN)
    return registry


def change(registry: Registry, kind: str | None = "recalibration", **more: Any) -> Registered:
    made = registry.add(candidate(2, change=kind, **more), RAY)
    registry.approve(made, "Seen.", QUINN)
    return made


def test_a_change_within_the_plan_goes_live(registry: Registry) -> None:
    made = change(registry)
    registry.enclose(made, figures(TEST_SET, slope=1.0, auroc=0.8), RAY)
    assert registry.switch(made.id, Stage.LIVE, "Recalibrated.", QUINN).stage is Stage.LIVE
    assert registry.roll_back("falls", "Wrong.", QUINN).version == "1"


@pytest.mark.parametrize("kind", ["new-input", None])
def test_a_kind_of_change_that_is_not_in_it(registry: Registry, kind: str | None) -> None:
    made = change(registry, kind)
    registry.enclose(made, figures(TEST_SET, slope=1.0, auroc=0.8), RAY)
    with pytest.raises(NotAllowed, match=r"does not allow this change.*allows: recalibration"):
        registry.switch(made.id, Stage.LIVE, "Better.", QUINN)
    assert registry.switch(made.id, Stage.SHADOW, "Watch it.", QUINN).stage is Stage.SHADOW


@pytest.mark.parametrize("data", [None, "cd" * 32])
def test_another_test_set(registry: Registry, data: str | None) -> None:
    made = change(registry)
    registry.enclose(made, figures(data, slope=1.0, auroc=0.8), RAY)
    with pytest.raises(NotAllowed, match=r"not measured on the plan's test set, Falls 2025"):
        registry.switch(made.id, Stage.LIVE, "Better.", QUINN)


@pytest.mark.parametrize(
    ("worse", "why"),
    [
        ({"auroc": 0.69, "slope": 1.0}, r"auroc is 0\.690; the plan asks for at least 0\.7"),
        ({"auroc": 0.8, "slope": 1.3}, r"slope is 1\.300.*at least 0\.8 and at most 1\.25"),
    ],
)
def test_a_threshold_that_is_missed(registry: Registry, worse: dict[str, float], why: str) -> None:
    made = change(registry)
    registry.enclose(made, figures(TEST_SET, "measured.json", **worse), RAY)
    with pytest.raises(NotAllowed, match=why):
        registry.switch(made.id, Stage.LIMITED, "Better.", QUINN, people=["ray"])
    assert [one.version for one in registry.live("risk")] == ["1"]


def test_a_figure_is_not_chosen_among_several(registry: Registry) -> None:
    made = change(registry)
    registry.enclose(made, figures(TEST_SET, "a.json", slope=1.0, auroc=0.8), RAY)
    registry.enclose(made, figures(TEST_SET, "b.json", slope=1.0, auroc=0.6), RAY)
    with pytest.raises(NotAllowed, match=r"auroc is 0\.600"):
        registry.switch(made.id, Stage.LIVE, "The first was good.", QUINN)


def test_a_figure_that_is_not_there(tx: Connection) -> None:
    registry = Registry(tx, as_registered)
    odd = PLAN.replace("auroc:", "c_index:").replace("model: falls", "model: odd")
    registry.add(candidate(1, name="odd", files=(plan(odd),)), RAY)
    made = registry.add(candidate(2, name="odd", change="recalibration"), RAY)
    registry.approve(made, "Seen.", QUINN)
    registry.enclose(made, figures(TEST_SET), RAY)
    with pytest.raises(NotAllowed, match="no c_index"):
        registry.switch(made.id, Stage.LIVE, "Better.", QUINN)


def test_a_later_version_brings_no_easier_plan(registry: Registry) -> None:
    easy = PLAN.replace("at_least: 0.7", "at_least: 0.1")
    made = change(registry, files=(plan(easy),))
    registry.enclose(made, figures(TEST_SET, slope=1.0, auroc=0.5), RAY)
    with pytest.raises(NotAllowed, match=r"at least 0\.7"):
        registry.switch(made.id, Stage.LIVE, "By our own plan.", QUINN)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("at_least: 0.7", "at_lest: 0.7", r"thresholds\.auroc\.at_lest"),
        ("{at_least: 0.7}", "{}", "at_least, at_most or both"),
        ("ab" * 32, "abc", r"test_set\.sha256"),
        ("  - kind: recalibration", "  - sort: recalibration", "modifications"),
        ("impact:", "effects:", "impact"),
        ("model: falls", "model: other", "another model than falls"),
        ("model: falls", "model: [", "no YAML"),
        ("model: falls", "!!python/object/apply:os.system [ls]", "no YAML"),
    ],
)
def test_a_plan_that_cannot_be_used(old: str, new: str, why: str) -> None:
    assert old in PLAN
    with pytest.raises(InvalidInput, match=why):
        read_plan(PLAN.replace(old, new), "falls")


def test_a_plan_that_is_too_long() -> None:
    with pytest.raises(InvalidInput, match="too long"):
        read_plan(PLAN + " " * 200_000, "falls")
