"""The card of a model that the clinic trained and registered, as it stands here."""

from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from tests.engines.tabular.test_tabular import spec, table
from tests.governance.made import validation
from wardround.bootstrap import Wardround, card_here, card_named, open_database
from wardround.engines.tabular import train
from wardround.governance.cards import State, attributes_of, counted, read_card
from wardround.governance.determination import Result
from wardround.governance.registry import Candidate, Enclosed, FileKind, Origin
from wardround.kernel import Actor, InvalidInput, NotFound, Role, Stage, system_clock
from wardround.learning.card import HEAD, card
from wardround.record import Blobs
from wardround.rounds import Rounds
from wardround.settings import Settings

NOAH = Actor(id="noah", name="N", role=Role.ADMINISTRATOR, reference="Practitioner/noah")
OURS = "name: ours\nversion: '1'\nlicence: MIT\nperformance:\n  validity_like_data: AUROC .8.\n"


@pytest.fixture
def wardround(tmp_path: Path) -> Wardround:
    settings = Settings(home=tmp_path / "home")
    database = open_database(settings)
    blobs = Blobs(settings.blobs, database)
    rounds = Rounds(database, blobs, {}, settings.workflows_url)
    return Wardround(settings, system_clock, database, blobs, {}, rounds)


def register(wardround: Wardround, text: str | None, *more: Enclosed, version: str = "1") -> None:
    data = () if text is None else (text.encode(),)
    files = [
        Enclosed(name="card.yaml", kind=FileKind.CARD, media_type="application/yaml", content=one)
        for one in data
    ]
    candidate = Candidate(
        capability="risk",
        name="ours",
        version=version,
        digest=version * 64,
        title="Ours",
        origin=Origin.SITE,
        learned=True,
        files=(*files, *more),
    )
    with wardround.database.begin() as tx:
        wardround.registry(tx).add(candidate, NOAH)


def test_what_is_packaged_and_not_registered(wardround: Wardround) -> None:
    found = card_here(wardround, "published-scores")
    assert found.card.name == "published-scores"
    assert found.stage is None
    assert len(found.functions) == 2
    with pytest.raises(NotFound):
        card_here(wardround, "ours")


def test_a_registered_version_has_its_own_card_and_what_was_measured(wardround: Wardround) -> None:
    measured = validation()
    kept = Enclosed(
        name="measured.json",
        kind=FileKind.MEASURED,
        media_type="application/json",
        content=measured.model_dump_json().encode(),
        data_sha256="ab" * 32,
    )
    register(wardround, OURS, kept)
    found = card_here(wardround, "ours")
    said = {one.number: one.answer for one in attributes_of(found.card)}
    assert said[21].says == "AUROC .8."
    assert said[21].measured == ""
    assert said[27].by_software
    assert f"{measured.overall['auroc'].value:.3f}" in said[27].says
    assert found.stage is Stage.OFF
    (function,) = found.functions
    assert (function.name, function.result) == ("learned-models", Result.DEVICE)


def test_the_newest_speaks_until_one_is_on(wardround: Wardround) -> None:
    register(wardround, OURS)
    register(wardround, OURS.replace("'1'", "'2'"), version="2")
    assert card_here(wardround, "ours").card.version == "2"


def test_a_card_that_is_none_or_wrong_says_so(wardround: Wardround) -> None:
    register(wardround, None)
    with pytest.raises(NotFound, match="without a card"):
        card_here(wardround, "ours")
    register(wardround, OURS + "colour: red\n", version="2")
    with pytest.raises(InvalidInput, match="card of ours: colour"):
        card_here(wardround, "ours")


def test_the_card_that_training_writes_is_one() -> None:
    model, found = train(spec(), table()).model, validation()
    for outside in (False, True):
        content = card(model, "0" * 64, "ours.csv", table(), found, outside=outside)
        read = read_card(HEAD + yaml.safe_dump(content, sort_keys=False))
        said = {one.number: one.answer for one in attributes_of(read)}
        assert said[23 if outside else 21].state is State.ANSWERED
        assert said[21 if outside else 23].state is State.BLANK
        assert counted(read).blank >= 10


def test_a_packaged_card_is_asked_for_by_each_of_its_names() -> None:
    assert card_named("wardround-phi-words") is card_named("wardround-phi")
    assert card_named("news2").name == "published-scores"
