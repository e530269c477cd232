"""A language model chooses among codes, through the gate: asked, answered, and when it is not."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request

from tests.capabilities.coding.words import FewTerms, drafted
from tests.conftest import opened
from tests.interfaces.web.house import listening
from wardround.bootstrap import Wardround
from wardround.bootstrap.choosing import LanguageChooser, let_choose
from wardround.capabilities.coding import Coding, Option
from wardround.engines.terminology import load_icd10cm
from wardround.kernel import InvalidInput, NotAllowed, Unavailable, system_clock
from wardround.record import Blobs
from wardround.rounds import Rounds
from wardround.security import AuditTrail
from wardround.settings import Settings

OPTIONS = [Option("I10", "Essential hypertension", ()), Option("E11.9", "Type 2 diabetes", ())]


class Endpoint:
    """An endpoint of a chat model that answers what it was told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer: Any = {"codes": ["E11.9", "I10"]}
        self.status = 200
        self.asked: list[dict[str, Any]] = []
        self.token = ""
        self.app = FastAPI()

        @self.app.post("/v1/chat/completions")
        async def chat(request: Request) -> Any:
            from fastapi.responses import JSONResponse

            self.asked.append(await request.json())
            self.token = request.headers.get("authorization", "")
            said = self.answer if isinstance(self.answer, str) else json.dumps(self.answer)
            return JSONResponse({"choices": [{"message": {"content": said}}]}, self.status)


@pytest.fixture
def model() -> Iterator[tuple[Endpoint, str]]:
    endpoint = Endpoint()
    with listening(endpoint.app) as address:
        yield endpoint, f"{address}/v1/"


@pytest.fixture
def wardround(tmp_path: Path) -> Iterator[Wardround]:
    settings = Settings(home=tmp_path, language_model="small", language_token="secret")
    with opened(settings.database_url, tmp_path) as database:
        blobs = Blobs(settings.blobs, database)
        rooms = {"coding": Coding(FewTerms(), load_icd10cm())}
        rounds = Rounds(database, blobs, rooms, settings.workflows_url)
        yield Wardround(settings, system_clock, database, blobs, rooms, rounds)


def at(wardround: Wardround, address: str, **more: object) -> Wardround:
    changed = wardround.settings.model_copy(update={"language": address, **more})
    return replace(wardround, settings=changed)


def test_it_is_asked_through_the_gate_about_one_patient(
    wardround: Wardround, model: tuple[Endpoint, str]
) -> None:
    endpoint, address = model
    here = at(wardround, address)
    chooser = LanguageChooser(here).about("Patient/ada")
    assert chooser.choose("She has hypertension.", OPTIONS) == ["E11.9", "I10"]
    (asked,) = endpoint.asked
    assert asked["model"] == "small"
    assert "I10 Essential hypertension" in asked["messages"][1]["content"]
    assert endpoint.token == "Bearer secret"
    with here.database.read() as tx:
        (call,) = AuditTrail(tx).list(action="egress")
    assert call.subject == "Patient/ada"
    assert "hypertension" not in str(call)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("I would say I10.", 200),
        ({"codes": "I10"}, 200),
        ({"codes": [1]}, 200),
        ({}, 200),
        ({"codes": []}, 500),
    ],
)
def test_an_answer_that_is_none_is_no_choice(
    wardround: Wardround, model: tuple[Endpoint, str], answer: Any, status: int
) -> None:
    endpoint, address = model
    endpoint.answer, endpoint.status = answer, status
    with pytest.raises(Unavailable, match="language model"):
        LanguageChooser(at(wardround, address)).about("Patient/ada").choose("x", OPTIONS)


def test_it_goes_nowhere_without_an_agreement(wardround: Wardround) -> None:
    here = at(wardround, "https://203.0.113.5/v1/")
    with pytest.raises(NotAllowed):
        LanguageChooser(here).about("Patient/ada").choose("x", OPTIONS)


def test_an_endpoint_that_is_not_there_is_told(wardround: Wardround) -> None:
    here = at(wardround, "http://127.0.0.1:9/v1/")
    with pytest.raises(Unavailable):
        LanguageChooser(here).about("Patient/ada").choose("x", OPTIONS)


def test_codes_are_drafted_from_what_it_chose(
    wardround: Wardround, model: tuple[Endpoint, str]
) -> None:
    endpoint, address = model
    endpoint.answer = {"codes": ["E11.9", "Z99.99"]}
    here = at(wardround, address)
    let_choose(here)
    room = here.capabilities["coding"]
    assert isinstance(room, Coding)
    content: Any = drafted(room=room).content
    codes = {one["code"] for one in content["codes"]}
    assert "E11.9" in codes
    assert not codes & {"I10", "Z99.99"}  # what was not chosen, and what it invented


def test_an_endpoint_without_a_model_is_told_at_the_start(wardround: Wardround) -> None:
    with pytest.raises(InvalidInput) as caught:
        let_choose(at(wardround, "http://127.0.0.1:9/v1/", language_model=""))
    assert caught.value.where == "WARDROUND_LANGUAGE_MODEL"
    let_choose(at(wardround, ""))
