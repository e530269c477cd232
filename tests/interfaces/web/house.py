"""A whole Wardround for the tests of the workspace: sample clinic, people, a scripted pen."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from uuid import uuid4

import httpx
import orjson
import uvicorn
from fastapi import FastAPI

from tests.capabilities.coding.words import FewTerms
from tests.capabilities.radiology.studies import PLACED, RESTED, room
from tests.interfaces.web.capability import Scripted
from wardround.bootstrap import Wardround, keep_models, open_database
from wardround.bootstrap.following import Following
from wardround.bootstrap.terms import fees_of, scrubbing_tables, tabular_of
from wardround.bootstrap.trading import beside_of
from wardround.capabilities.appeal import load_appeal
from wardround.capabilities.billing import load_billing
from wardround.capabilities.coding import Coding
from wardround.capabilities.pathology import load_pathology
from wardround.capabilities.radiology import Reading, Region
from wardround.capabilities.risk import load_risk
from wardround.kernel import Actor, Capability, Draft, system_clock
from wardround.record import Blobs, Chart
from wardround.rounds import OrderState, Rounds, Rules, State
from wardround.security import AuditTrail, Event, People
from wardround.settings import Settings

PASSWORD = "a quiet morning"
OSEI, HALVORSEN, NURSE = "amara.osei", "ingrid.halvorsen", "tom.adeyemi"

VISIT = """[doctor] Good morning.
[patient] I have had a sore throat since Monday.
[doctor] Any fever with it?
[patient] Yes, I had a fever of 38.5 last night.
[doctor] Take aspirin twice a day with food.
[doctor] Come back in one week if it is not better.
[patient] Thank you."""
"""Five sentences, one of them with a warning."""


OF_AP = Reading(
    findings=(RESTED,), unlike=0.3, limit=1.0, covered=Region(x=0, y=16, width=160, height=128)
)
"""Of an image taken from the front: where the answer rests, and that not all of it was given."""


def assemble(home: Path) -> Wardround:
    """Put a Wardround with the scripted pen together; its rounds are not started."""
    settings = Settings(
        home=home,
        second_factor_for="",
        claims_sender="WARDROUND, Wardround Clinic, Rosa Delgado, 2175550100",
        claims_receiver="CLEARING, Clearing House",
    )
    database = open_database(settings)
    blobs = Blobs(settings.blobs, database)
    billing = load_billing(
        partial(scrubbing_tables, None), fees_of(home), beside_of(database, home)
    )
    rooms: dict[str, Capability] = {
        "documentation": Scripted(),
        "risk": load_risk(),
        "billing": billing,
        "appeal": load_appeal(),
        "coding": Coding(FewTerms(), tabular_of(None)),
        "radiology": room(PLACED, of_ap=OF_AP),
        "pathology": load_pathology(home / "slides"),
    }
    keep_models(database, settings.home, rooms, system_clock)  # the route here asks none of it
    rules = Rules(follows=Following(rooms, system_clock))
    rounds = Rounds(database, blobs, rooms, settings.workflows_url, rules=rules)
    return Wardround(settings, system_clock, database, blobs, rooms, rounds)


class House:
    """A Wardround that serves from another process, and what a test does behind its back."""

    def __init__(self, home: Path, pen: str = "scripted") -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.interfaces.web.serve", str(home), pen],
            stdin=subprocess.PIPE,
        )
        self.address = self._answered(home / "address")
        self.wardround = assemble(home)
        self.today: date = system_clock().astimezone().date()
        self._numbers = count(1)
        self._people: dict[str, Person] = {}

    def _answered(self, address: Path) -> str:
        for _ in range(1200):
            if address.is_file():
                return address.read_text(encoding="utf-8")
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        self._process.kill()
        self._process.communicate()
        self._process.kill()
        self._process.communicate()
        raise AssertionError("the house never answered")

    def close(self) -> None:
        for person in self._people.values():
            person.close()
        self.wardround.database.dispose()
        self._process.communicate()
        assert self._process.returncode == 0

    def at_a_client(self, username: str) -> "Person":
        """Return somebody who is signed in, always the same for the same name."""
        if username not in self._people:
            self._people[username] = Person(self, username)
        return self._people[username]

    @property
    def rounds(self) -> Rounds:
        return self.wardround.rounds

    def person(self, username: str) -> Actor:
        with self.wardround.database.read() as tx:
            found = People(tx).actor(username)
        assert found is not None
        return found

    def encounter(self, by: str = OSEI, patient: str = "marisol-vega") -> str:
        """Add a visit of this hour and return its id."""
        visit_id = f"test-{next(self._numbers)}"
        who = self.person(by)
        start = datetime.now(UTC).astimezone().replace(minute=0, second=0, microsecond=0)
        if start.date() != self.today:
            start -= timedelta(hours=1)
        resource = {
            "resourceType": "Encounter",
            "id": visit_id,
            "status": "finished",
            "class": {"code": "AMB"},
            "subject": {"reference": f"Patient/{patient}"},
            "participant": [{"individual": {"reference": who.reference, "display": who.name}}],
            "period": {"start": start.isoformat(), "end": start.isoformat()},
            "reasonCode": [{"text": f"Sore throat {visit_id}"}],
        }
        with self.wardround.database.begin() as tx:
            Chart(tx).update(orjson.dumps(resource))
        return visit_id

    def order(self, text: str = VISIT, by: str = OSEI, patient: str = "marisol-vega") -> OrderState:
        """Hand in a visit and wait until it is drafted, or cannot be."""
        visit_id = self.encounter(by, patient)
        form = {"capability": "documentation", "order": str(uuid4()), "pasted": text}
        answer = self.at_a_client(by).submit(f"/visits/{visit_id}/orders", **form)
        assert answer.status_code == 303, answer.text
        return self.settled(visit_id)

    def settled(self, visit_id: str) -> OrderState:
        """Wait until the latest order of a visit is done or failed."""
        for _ in range(1200):
            states = self.rounds.orders(encounter=f"Encounter/{visit_id}")
            if states and states[-1].state in {State.DONE, State.FAILED}:
                return states[-1]
            time.sleep(0.05)
        raise AssertionError("the order was never drafted")

    def draft(self, text: str = VISIT, by: str = OSEI, patient: str = "marisol-vega") -> Draft:
        """Hand in a visit and return its draft."""
        return self.rounds.draft(self.order(text, by, patient).order.id)

    def assessment(
        self, model: str = "ckd-epi", by: str = OSEI, patient: str = "marisol-vega"
    ) -> Draft:
        """Ask for a score on its page and return its draft."""
        order_id = str(uuid4())
        page = f"/patients/{patient}/assessments"
        answer = self.at_a_client(by).submit(page, model=model, order=order_id)
        assert answer.headers.get("location") == f"{page}/{order_id}", answer.text
        for _ in range(1200):
            if self.rounds.ordered(order_id).state in {State.DONE, State.FAILED}:
                break
            time.sleep(0.05)
        return self.rounds.draft(order_id)

    def events(self, **which: str) -> list[Event]:
        with self.wardround.database.read() as tx:
            return AuditTrail(tx).list(**which)  # type: ignore[arg-type]


class Person(httpx.Client):
    """Somebody at a client that follows no redirects and sends forms as a browser does."""

    def __init__(self, house: House, username: str | None = OSEI) -> None:
        # The server closes a connection after five idle seconds: none is used that is near that.
        limits = httpx.Limits(keepalive_expiry=2)
        super().__init__(base_url=house.address, timeout=30, limits=limits)
        self.house = house
        if username is not None:
            self.sign_in(username)

    def sign_in(self, username: str, password: str = PASSWORD, back: str = "/visits") -> None:
        page = self.get("/sign-in")
        ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
        assert ticket is not None
        form = {"ticket": ticket[1], "username": username, "password": password, "back": back}
        self.answer = self.post("/sign-in", data=form)

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/account").text)
        assert found is not None
        return found[1]

    def submit(self, path: str, /, **fields: str) -> httpx.Response:
        return self.post(path, data={"csrf": self.csrf, **fields})

    def submit_by_htmx(self, path: str, /, **fields: str) -> httpx.Response:
        form = {"csrf": self.csrf, **fields}
        return self.post(path, data=form, headers={"HX-Request": "true"})


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Serve ``app`` on a free port of this machine; give its address."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
