"""What comes with Wardround: its stage at first, and what the next release takes over."""

from typing import Any

import pytest
from sqlalchemy import Connection

from tests.governance.registry.made import QUINN, RAY, as_registered, candidate, figures
from wardround.governance.registry import Cause, Origin, Registered, Registry
from wardround.kernel import Conflict, NotAllowed, Stage
from wardround.security import People


@pytest.fixture
def registry(tx: Connection) -> Registry:
    for one in (QUINN, RAY):
        People(tx).add(one.id, one.name, one.role, one.reference, None)
    return Registry(tx, as_registered)


def approved(registry: Registry, version: int = 1, **more: Any) -> Registered:
    made = registry.add(candidate(version, **more), RAY)
    registry.approve(made, "Looked at its report.", QUINN)
    return made


def released(version: int, **more: Any) -> object:
    return candidate(version, origin=Origin.PACKAGED, **more)


def test_a_release_begins_as_it_says_and_changes_nothing_twice(registry: Registry) -> None:
    both = [released(1, stage=Stage.LIVE), released(1, name="sepsis")]
    assert len(registry.release(both)) == 2  # type: ignore[arg-type]
    assert registry.release(both) == []  # type: ignore[arg-type]
    assert registry.version("falls").stage is Stage.LIVE
    assert registry.version("falls").registered_by is None
    assert registry.version("sepsis").stage is Stage.OFF
    assert [turn.cause for turn in registry.history("falls")] == [Cause.RELEASED]


@pytest.mark.parametrize(
    ("before", "learned", "after"),
    [
        (Stage.LIVE, False, Stage.LIVE),
        (Stage.LIMITED, False, Stage.LIMITED),
        (Stage.SHADOW, False, Stage.SHADOW),
        (Stage.OFF, False, Stage.OFF),
        (Stage.LIVE, True, Stage.SHADOW),
    ],
)
def test_the_next_release_takes_the_stage_over(
    registry: Registry, before: Stage, after: Stage, *, learned: bool
) -> None:
    registry.release([released(1, stage=Stage.LIVE, learned=learned)])  # type: ignore[list-item]
    first = registry.version("falls")
    if before is not Stage.LIVE:
        registry.switch(first.id, before, "As we do it.", QUINN, people=["ray"])
    registry.release([released(2, stage=Stage.LIVE, learned=learned)])  # type: ignore[list-item]
    old, new = registry.versions("falls")
    assert (old.stage, new.stage) == (Stage.OFF, after)
    assert new.people == (("ray",) if after is Stage.LIMITED else ())


def test_a_release_leaves_the_sites_own_version_alone(registry: Registry) -> None:
    registry.release([released(1, stage=Stage.LIVE)])  # type: ignore[list-item]
    own = approved(registry, 2)
    registry.switch(own.id, Stage.LIVE, "Ours is better here.", QUINN)
    registry.release([released(3, stage=Stage.LIVE)])  # type: ignore[list-item]
    assert [one.version for one in registry.live("risk")] == ["2"]


def test_a_device_goes_on_with_a_statement(registry: Registry) -> None:
    registry.release([released(1, device=True)])  # type: ignore[list-item]
    made = registry.version("falls")
    with pytest.raises(NotAllowed, match="device function"):
        registry.switch(made.id, Stage.LIVE, "We want it.", QUINN)
    registry.switch(made.id, Stage.SHADOW, "Watch it.", QUINN)
    stated = "Used as a device; the chief medical officer answers for it."
    registry.switch(made.id, Stage.LIVE, "Wards want it.", QUINN, statement=stated)
    assert registry.history("falls")[-1].statement == stated


def test_a_learned_model_goes_on_with_a_validation(registry: Registry) -> None:
    registry.release([released(1, learned=True)])  # type: ignore[list-item]
    made = registry.version("falls")
    with pytest.raises(NotAllowed, match="Nobody has approved"):
        registry.switch(made.id, Stage.LIVE, "We want it.", QUINN)
    registry.approve(made, "Seen.", QUINN)
    with pytest.raises(NotAllowed, match="validation at this site alone"):
        registry.switch(made.id, Stage.LIVE, "We want it.", QUINN)
    registry.enclose(made, figures("cd" * 32), RAY)
    with pytest.raises(Conflict, match="file of this name"):
        registry.enclose(made, figures("cd" * 32), RAY)
    assert registry.switch(made.id, Stage.LIVE, "It holds here.", QUINN).is_on
