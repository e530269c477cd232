"""The inventory: what people enter, by versions that stay, and the yearly review."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from wardround.kernel import Actor, Conflict, InvalidInput, NotFound, Role
from wardround.privacy.assets import YEAR, AssetKind, Assets, Described, flows_of
from wardround.privacy.assets.tables import assets
from wardround.security import AuditTrail

RUTH = Actor(id="ruth", name="R", role=Role.PRIVACY_OFFICER, reference="Practitioner/ruth")
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TODAY = NOW.astimezone().date()
PC = Described(
    name="Reception PC", kind=AssetKind.WORKSTATION, owner="Front desk", place="Hall", phi=True
)


def register(tx: Connection, later: timedelta = timedelta(0)) -> Assets:
    return Assets(tx, lambda: NOW + later)


def test_a_change_is_a_version_and_the_record_of_where_it_was(tx: Connection) -> None:
    first = register(tx).add(PC, RUTH)
    moved = PC.model_copy(update={"place": "Store", "owner": "IT"})
    second = register(tx, timedelta(days=9)).change(first.id, 1, moved, RUTH)
    assert second.reviewed == TODAY + timedelta(days=9)
    assert [one.described.place for one in register(tx).history(first.id)] == ["Store", "Hall"]
    assert register(tx).list() == [second]


def test_what_is_retired_stays_and_stands_last(tx: Connection) -> None:
    first = register(tx).add(PC, RUTH)
    other = register(tx).add(PC.model_copy(update={"name": "Z"}), RUTH)
    gone = register(tx).retire(first.id, 1, RUTH)
    assert [one.id for one in register(tx).list()] == [other.id, first.id]
    with pytest.raises(Conflict, match="retired before"):
        register(tx).retire(first.id, 2, RUTH)
    assert not gone.is_due(TODAY + 3 * YEAR)


def test_of_two_who_change_one_is_told(tx: Connection) -> None:
    first = register(tx).add(PC, RUTH)
    register(tx).change(first.id, 1, PC, RUTH)
    for stale in (1, 3):
        with pytest.raises(Conflict):
            register(tx).change(first.id, stale, PC, RUTH)
        with pytest.raises(Conflict):
            register(tx).retire(first.id, stale, RUTH)
    with pytest.raises(NotFound):
        register(tx).change("nothing", 1, PC, RUTH)


@pytest.mark.parametrize("field", ["name", "owner"])
def test_a_name_and_an_owner_are_needed(tx: Connection, field: str) -> None:
    with pytest.raises(InvalidInput, match=field):
        register(tx).add(PC.model_copy(update={field: " "}), RUTH)
    assert register(tx).list() == []


def test_each_and_the_whole_are_reviewed_every_year(tx: Connection) -> None:
    one = register(tx).add(PC, RUTH)
    assert not one.is_due(TODAY + YEAR - timedelta(days=1))
    assert one.is_due(TODAY + YEAR)
    assert register(tx).is_due(TODAY)
    register(tx).review(RUTH)
    assert register(tx).reviewed() == NOW
    assert not register(tx).is_due(TODAY + YEAR - timedelta(days=1))
    assert register(tx).is_due(TODAY + YEAR)


def test_words_are_sealed_and_deeds_audited(tx: Connection) -> None:
    one = register(tx).add(PC, RUTH)
    register(tx).change(one.id, 1, PC, RUTH)
    register(tx).retire(one.id, 2, RUTH)
    for row in tx.execute(select(assets)):
        assert b"Reception" not in row.sealed
    events = AuditTrail(tx).list(entity=f"asset/{one.id}")
    assert [event.action for event in events] == ["remove-asset", "change-asset", "add-asset"]


def test_what_an_asset_sends_and_gets_are_flows(tx: Connection) -> None:
    said = {"receives": "Lab", "sends": "Wardround", "protected": "VPN"}
    one = register(tx).add(PC.model_copy(update=said), RUTH)
    into, out = flows_of([one])
    assert (into.source, into.target, out.target) == ("Lab", "Reception PC", "Wardround")
    assert into.safe
    bare = register(tx).change(one.id, 1, PC.model_copy(update={"sends": "Fax"}), RUTH)
    (open_one,) = flows_of([bare])
    assert not open_one.safe
    assert flows_of([register(tx).retire(one.id, 2, RUTH)]) == []
