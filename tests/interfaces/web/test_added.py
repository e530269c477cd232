"""A model that the site added: switched on, it reads a study on its pages, and is signed for."""

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cheap import cheaply_hashed
from tests.engines.vision.made import CODES, classifier, folder
from tests.governance.registry.made import QUINN, RAY, figures
from tests.interfaces.web.house import PASSWORD, House, Person, listening
from tests.interfaces.web.images import IMAGES, drafted, hand_in, of, settled
from wardround import bootstrap
from wardround.bootstrap import add_model, measure_images
from wardround.capabilities.radiology import Report
from wardround.clinic import load_sample
from wardround.governance.registry import Registered
from wardround.interfaces.web import create_app
from wardround.kernel import Draft, Stage, Status, system_clock
from wardround.record import Chart
from wardround.rounds import State
from wardround.rounds.orders import Orders
from wardround.security import People
from wardround.settings import Settings

CODE = "233604007"
MADE = "bright-lungs"
STATEMENT = "Used as a device; the medical officer answers for it."
STEPS = [{"window": [0, 4095]}, {"resize": {"size": [8, 8]}}]
WANTED = {"modality": ["DX"], "body_part": ["CHEST"], "size": [8, 8], "steps": STEPS}


class Clinic(House):
    """A clinic in this process, put together as it is in use, with the registry on its route."""

    def __init__(self, home: Path) -> None:
        self.wardround = bootstrap.assemble(Settings(home=home, second_factor_for=""))
        clinic = load_sample(system_clock().astimezone().date())
        with self.wardround.database.begin() as tx:
            Chart(tx).transaction(clinic.bundle)
            for one in clinic.people:
                People(tx).add(one.username, one.name, one.role, one.reference, PASSWORD)
        self._people = {}

    @property
    def home(self) -> Path:
        return self.wardround.settings.home

    def add(self, given: Path, table: Path | None = None) -> Registered:
        """Add a model, have it measured on a table or by its report, and approved; it is off."""
        with self.wardround.database.begin() as tx:
            registry = self.wardround.registry(tx)
            one, _ = add_model(registry, self.home, given, RAY)
            if table is None:
                registry.enclose(one, figures(), RAY)
            else:
                measure_images(registry, self.home, one, table, RAY)
            registry.approve(one, "Its images were looked at.", QUINN)
        return one

    def switch(self, one: Registered, stage: Stage) -> None:
        with self.wardround.database.begin() as tx:
            registry = self.wardround.registry(tx)
            registry.switch(one.id, stage, "For the test.", QUINN, statement=STATEMENT)

    def shadows(self) -> list[Draft]:
        """Return what was drafted in shadow, once all of it is."""
        with self.wardround.database.read() as tx:
            kept = [one.order for one in Orders(tx).list() if one.order.shadow]
        assert {settled(self, one.id).state for one in kept} <= {State.DONE}
        return [self.rounds.draft(one.id) for one in kept]


def labelled(where: Path) -> Path:
    """Images whose brightness tells, not surely, what is on them."""
    where.mkdir()
    chance = np.random.default_rng(3)
    with (where / "ours.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", CODE])
        for at in range(120):
            there = at % 2
            level = np.clip(0.4 + 0.2 * there + 0.1 * chance.normal(), 0, 1)
            np.save(where / f"{at}.npy", np.full((16, 16), level * 4095))
            writer.writerow([f"{at}.npy", there])
    return where / "ours.csv"


def made(where: Path, **changed: Any) -> Path:
    one = folder(where, **{"name": MADE, "input": WANTED, **changed})
    (one / "card.yaml").write_text(f"name: {changed.get('name', MADE)}\nversion: '1'\n")
    return one


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    with cheaply_hashed():
        clinic = Clinic(tmp_path / "home")
        try:
            with listening(create_app(clinic.wardround)) as address:
                clinic.address = address
                yield clinic
        finally:
            clinic.wardround.stop()


@pytest.fixture
def osei(clinic: Clinic) -> Iterator[Person]:
    with closing(Person(clinic)) as person:
        yield person


@pytest.mark.requirement("RAD-21", "RAD-24")
def test_added_measured_switched_on_read_and_signed(
    clinic: Clinic, osei: Person, tmp_path: Path
) -> None:
    one = clinic.add(made(tmp_path / "given"), labelled(tmp_path / "ours"))
    off = hand_in(osei, of(clinic))
    assert off.status_code == 422
    assert "is switched off" in off.text
    clinic.switch(one, Stage.LIVE)
    draft = drafted(clinic, osei, of(clinic), of(clinic, ViewPosition="LL", Rows=80, Columns=320))
    assert draft.model == one.model
    report = Report.model_validate(draft.content)
    assert [picture.read for picture in report.study.pictures] == [True, False]
    assert report.study.pictures[1].why.startswith("It would do, but")
    page = osei.get(f"/drafts/{draft.id}").text
    assert f"{MADE} 1" in page
    assert "This model has no check for images unlike those it learned from." in page
    form = {"revision": "1", "deed": "confirm", "finding": "read-0"}
    assert osei.submit(f"/drafts/{draft.id}/findings", **form).status_code == 303
    now = clinic.rounds.draft(draft.id)
    for finding in now.open_findings:
        form = {"revision": str(now.revision), "finding": finding.key}
        osei.submit(f"/drafts/{draft.id}/acknowledgements", **form)
        now = clinic.rounds.draft(draft.id)
    signed = osei.submit(f"/drafts/{draft.id}/signature", revision=str(now.revision))
    assert signed.headers["location"] == f"/drafts/{draft.id}/signed"
    with clinic.wardround.database.read() as tx:
        devices = [each.json() for each in Chart(tx).search("Device", {})]
    assert MADE in str(devices)


FULL = {"input": {**WANTED, "steps": [{"window": [0, 10]}, STEPS[1]]}}
"""Every pixel of a chest is then 1: more than the slope has that a model is tried out on."""
SCORE = {"name": "score", "codes": CODES}


@pytest.mark.requirement("RAD-23")
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({**FULL, "files": {"m.onnx": classifier(weight=np.full(64, 8e36))}}, "is no number"),
        (
            {
                **FULL,
                "files": {"m.onnx": classifier(weight=np.full(64, 1 / 40))},
                "outputs": [SCORE],
            },
            "lies outside 0 to 1",
        ),
        ({}, "not those that were registered"),
    ],
)
def test_a_model_that_fails_or_was_changed_leaves_the_study_to_people(
    clinic: Clinic, osei: Person, tmp_path: Path, changed: dict[str, Any], why: str
) -> None:
    one = clinic.add(made(tmp_path / "given", **changed))
    clinic.switch(one, Stage.LIVE)
    if not changed:
        assert drafted(clinic, osei, of(clinic)).status is Status.DRAFTED  # it is loaded by now
        (file,) = (clinic.home / "models" / one.digest).glob("*.onnx")
        file.write_bytes(file.read_bytes() + b"\0")
    draft = drafted(clinic, osei, of(clinic))
    assert draft.status is Status.ABSTAINED
    assert draft.reason is not None
    assert f"{MADE} 1 did not answer." in draft.reason
    assert why in draft.reason
    assert draft.model == one.model
    assert "The image was not read" in osei.get(f"/drafts/{draft.id}").text
    assert osei.get(f"/drafts/{draft.id}/images/0/frames/0").status_code == 200


@pytest.mark.requirement("RAD-24")
def test_what_is_in_shadow_reads_beside_and_nobody_is_shown_it(
    clinic: Clinic, osei: Person, tmp_path: Path
) -> None:
    live = clinic.add(made(tmp_path / "live"))
    beside = clinic.add(made(tmp_path / "beside", name="beside"))
    hand = {**WANTED, "body_part": ["HAND"]}
    other = clinic.add(made(tmp_path / "hand", name="hand", input=hand))
    clinic.switch(live, Stage.LIVE)
    for one in (beside, other):
        clinic.switch(one, Stage.SHADOW)
    draft = drafted(clinic, osei, of(clinic))
    assert draft.model == live.model
    assert "beside" not in str(draft.content)
    (shadow,) = clinic.shadows()
    assert (shadow.model, shadow.status) == (beside.model, Status.DRAFTED)
    assert shadow.content["findings"] == draft.content["findings"]
    assert osei.get(IMAGES).text.count(f"/drafts/{draft.id}") >= 1
    assert shadow.id not in osei.get(IMAGES).text
