"""The pages of the models: what there is, how far it is switched on, and the switches."""

import re
from pathlib import Path

import pytest

from tests.governance.registry.made import candidate
from tests.interfaces.web.house import House, Person
from wardround.bootstrap import keep_models
from wardround.bootstrap.models import carried_models
from wardround.governance.registry import Enclosed, FileKind
from wardround.kernel import Stage
from wardround.rounds.drafts import Drafts

OFFICER = "mei.tanaka"


def register(house: House) -> None:
    """Put into the registry what comes with Wardround."""
    wardround = house.wardround
    home: Path = wardround.settings.home
    keep_models(wardround.database, home, wardround.capabilities, wardround.clock)


@pytest.fixture
def officer(house: House) -> Person:
    register(house)
    return house.at_a_client(OFFICER)


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_the_models_by_capability(officer: Person, osei: Person) -> None:
    for person in (officer, osei):
        page = person.get("/models").text
        assert "Risk assessment" in page
        assert "CKD-EPI" in page
        assert page.index("stage--live") < page.index("stage--off")
        assert "Device function" in page


def test_a_model_says_what_it_is(officer: Person) -> None:
    (digest,) = [one.digest for one in carried_models() if one.name == "support2-hospital-death"]
    page = officer.get("/models/support2-hospital-death").text
    assert digest in page
    assert "by its release" in page
    assert "By nobody yet" in page
    assert "None at this site" in page
    assert officer.get("/models/nothing").status_code == 404


def test_a_device_is_switched_on_with_a_statement(house: House, officer: Person) -> None:
    one = version_of(officer.get("/models/qsofa").text)
    asked = {"version": one, "seen": "off", "stage": "live", "why": "The wards use it."}
    refused = officer.submit("/models/qsofa/stage", **asked)
    assert refused.status_code == 422
    assert "This is a device function" in refused.text
    assert "The wards use it." in refused.text
    stated = "Used as a device; Dr Osei answers for it."
    assert officer.submit("/models/qsofa/stage", **asked, statement=stated).status_code == 303
    page = officer.get("/models/qsofa").text
    assert "off to live" in page
    assert stated in page
    late = officer.submit("/models/qsofa/stage", **{**asked, "stage": "shadow"})
    assert late.status_code == 409
    assert "Meanwhile it was switched to live" in late.text
    [event] = [e for e in house.events(action="switch-model") if e.entity == "model/qsofa"]
    assert event.actor == OFFICER


def test_a_limited_model_names_its_people(officer: Person) -> None:
    one = version_of(officer.get("/models/rcri").text)
    asked = {"version": one, "seen": "live", "stage": "limited", "why": "Try it first."}
    assert officer.submit("/models/rcri/stage", **asked).status_code == 400
    assert officer.submit("/models/rcri/stage", **asked, people="no.one").status_code == 400
    sent = officer.submit("/models/rcri/stage", **asked, people="amara.osei, mateo.reyes")
    assert sent.status_code == 303
    page = officer.get("/models/rcri").text
    assert re.search(r"For the people named here: [^<]*Osei, [^<]*Reyes", page)
    assert "for 2 people" in officer.get("/models").text
    wrong = officer.submit("/models/rcri/stage", **{**asked, "stage": "on"})
    assert wrong.status_code == 400


def test_approving_and_rolling_back(house: House, officer: Person) -> None:
    ray = house.person("noah.lindqvist")
    report = Enclosed(
        name="report.html",
        kind=FileKind.REPORT,
        media_type="text/html",
        content=b"<!doctype html><title>Falls</title>",
    )
    with house.wardround.database.begin() as tx:
        registry = house.wardround.registry(tx)
        registry._digest = lambda one: one.digest  # the files are somewhere else
        for number in (1, 2):
            made = registry.add(candidate(number, "page-falls", files=(report,)), ray)
            registry.approve(made, "Seen.", house.person(OFFICER))
            registry.switch(made.id, Stage.LIVE, "Good.", house.person(OFFICER))
        third = registry.add(candidate(3, "page-falls"), ray)
    page = officer.get("/models/page-falls").text
    assert "Roll back to version 1" in page
    link = re.search(r'href="(/models/page-falls/files/[^"]+)"', page)
    assert link is not None
    handed = officer.get(link[1])
    assert handed.content == report.content
    assert handed.headers["content-disposition"].startswith("attachment")
    said = officer.submit("/models/page-falls/approval", version=third.id, words="Read it all.")
    assert said.status_code == 303
    assert "Read it all." in officer.get("/models/page-falls").text
    # Its file is not where it was registered, so it cannot come back.
    refused = officer.submit("/models/page-falls/roll-back", why="Too many alerts.")
    assert refused.status_code == 422
    assert "is gone" in refused.text


def test_who_may_switch(officer: Person, osei: Person, house: House) -> None:
    one = version_of(officer.get("/models/lace").text)
    page = osei.get("/models/lace").text
    assert "Switch" not in page
    asked = {"version": one, "seen": "live", "stage": "off", "why": "x"}
    for person in (osei, house.at_a_client("noah.lindqvist")):
        assert person.submit("/models/lace/stage", **asked).status_code == 403
        assert person.submit("/models/lace/approval", version=one, words="x").status_code == 403
        assert person.submit("/models/lace/roll-back", why="x").status_code == 403
    assert "Live" in osei.get("/models/lace").text


def test_a_draft_in_shadow_is_shown_to_nobody(house: House, osei: Person) -> None:
    draft = house.draft()
    with house.wardround.database.begin() as tx:
        Drafts(tx).save(draft, draft.model_copy(update={"shadow": True}))
    page = osei.get(f"/drafts/{draft.id}")
    assert page.status_code == 403
    assert "in shadow" in page.text
    assert osei.submit(f"/drafts/{draft.id}/signature", revision="1").status_code == 403
    assert draft.id not in osei.get("/inbox?of=everyone").text
    assert draft.id not in osei.get("/visits?of=everyone").text
    assert draft.id not in osei.get("/patients/marisol-vega").text


def test_a_draft_for_a_few_is_not_shown_to_others(house: House, osei: Person) -> None:
    draft = house.draft()
    with house.wardround.database.begin() as tx:
        Drafts(tx).save(draft, draft.model_copy(update={"shown_to": ("tom.adeyemi",)}))
    assert osei.get(f"/drafts/{draft.id}").status_code == 403
    assert draft.id not in osei.get("/inbox?of=everyone").text
    other = house.at_a_client("tom.adeyemi")
    assert draft.id in other.get("/inbox?of=everyone").text
    kept = house.rounds.draft(draft.id)
    with house.wardround.database.begin() as tx:
        Drafts(tx).save(kept, kept.model_copy(update={"shown_to": ("amara.osei",)}))
    assert osei.get(f"/drafts/{draft.id}").status_code == 200
    assert draft.id in osei.get("/inbox?of=everyone").text
