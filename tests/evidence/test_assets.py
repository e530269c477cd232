"""What is told of the inventory and the models."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from tests.evidence.looking import DAY, RUTH, facts, later, wrong
from wardround.bootstrap import (
    Wardround,
    take_inventory,
)
from wardround.privacy.assets import AssetKind, Assets, Described
from wardround.settings import Settings


def test_the_inventory_is_looked_through(house: Wardround) -> None:
    assert "not looked through" in wrong(house, "inventory")
    assert [fact.state for fact in facts(house, "workstations")] == ["nothing"]
    said = Described(name="PC 2", kind=AssetKind.WORKSTATION, owner="Desk", phi=True)
    with house.database.begin() as tx:
        one = Assets(tx).add(said, RUTH)
        Assets(tx).review(RUTH)
    assert wrong(house, "inventory") == ""
    assert "PC 2" in wrong(house, "workstations")
    assert "PC 2" in wrong(later(house, 366 * DAY), "inventory")
    with house.database.begin() as tx:
        Assets(tx).change(one.id, 1, said.model_copy(update={"place": "Hall"}), RUTH)
    assert wrong(house, "workstations") == ""


def test_models_are_those_that_their_cards_describe(
    house: Wardround, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wrong(house, "software") == ""
    models = [one for one in take_inventory(house).found if one.kind == "Model"]
    assert {one.name for one in models} >= {"wardround-sections", "wardround-phi-words"}
    assert all(len(one.digest) == 64 for one in models)
    assert {one.version for one in models} == {"1", "2"}

    class Other:
        def __init__(self, _: bytes) -> None: ...

        def hexdigest(self) -> str:
            return "00" * 32

    monkeypatch.setattr("wardround.bootstrap.models.sha256", Other)
    assert "wardround-sections" in wrong(house, "software")


def test_the_inventory_tells_no_secret(house: Wardround) -> None:
    secret = "s3cret-w0rd"
    settings = Settings(
        home=house.settings.home,
        workflows=SecretStr(f"postgresql://ward:{secret}@db.example:5433/flows?key={secret}"),
        oidc_issuer=f"https://user:{secret}@id.example/ward",
    )
    text = take_inventory(replace(house, settings=settings)).model_dump_json()
    assert secret not in text
    assert "db.example:5433/flows" in text
    assert "id.example" in text
