"""Looking at a Wardround as it is, was, or will be."""

from dataclasses import replace
from datetime import date, timedelta

from wardround.bootstrap import (
    Wardround,
    probe_safeguards,
)
from wardround.kernel import Actor, Role, system_clock
from wardround.privacy.safeguards import Fact
from wardround.security import (
    AuditTrail,
)
from wardround.security.people import People

RUTH = Actor(id="ruth", name="Ruth O", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")
ADA = Actor(id="ada", name="Ada L", role=Role.NURSE, reference="Practitioner/ada")
PASSWORD = "a quiet morning"
DAY = timedelta(days=1)


def later(house: Wardround, time: timedelta) -> Wardround:
    return replace(house, clock=lambda: system_clock() + time)


def settled(house: Wardround, **settings: object) -> Wardround:
    return replace(house, settings=house.settings.model_copy(update=settings))


def facts(house: Wardround, name: str) -> tuple[Fact, ...]:
    return probe_safeguards(house, [name])[name]


def today() -> date:
    return system_clock().astimezone().date()


def wrong(house: Wardround, name: str) -> str:
    """What is wrong, in one text; empty where all is in order."""
    return " ".join(fact.says for fact in facts(house, name) if fact.state == "wrong")


def hire(house: Wardround, *actors: Actor, once: bool = False) -> None:
    with house.database.begin() as tx:
        for one in actors:
            People(tx).add(one.id, one.name, one.role, one.reference, PASSWORD, once=once)


def told(house: Wardround, action: str, outcome: str = "success", ago: timedelta = DAY) -> None:
    with house.database.begin() as tx:
        AuditTrail(tx, lambda: system_clock() - ago).record(action, outcome, actor=RUTH)  # type: ignore[arg-type]
