import threading
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from tests.record.conftest import START, Ticking, body
from wardround.database import Database
from wardround.kernel import Conflict, Deleted, InvalidInput, NotFound, StaleVersion
from wardround.record import Chart

ADA = body("Patient", id="ada", birthDate="1950-02-01")
ADA_AGAIN = body("Patient", id="ada", birthDate="1950-02-02")


def test_creating_gives_an_id(chart: Chart) -> None:
    made = chart.create(body("Patient", id="theirs"))
    assert str(UUID(made.id)) == made.id
    assert (made.kind, made.version, made.reference) == ("Patient", 1, f"Patient/{made.id}")
    assert made.updated == START + timedelta(seconds=1)
    assert made.json() == {"resourceType": "Patient", "id": made.id}
    assert chart.read(made.reference) == made


def test_creating_under_an_id(chart: Chart) -> None:
    assert chart.create(ADA, "ada").reference == "Patient/ada"
    assert chart.create(body("Group"), "ada").reference == "Group/ada"
    with pytest.raises(Conflict) as told:
        chart.create(ADA, "ada")
    assert told.value.where == "Patient/ada"
    with pytest.raises(InvalidInput, match=r"resource\.id"):
        chart.create(ADA, "eda")
    with pytest.raises(InvalidInput, match="not a FHIR id"):
        chart.create(ADA, "a/b")


def test_updating_makes_versions(chart: Chart) -> None:
    first = chart.update(ADA)
    second = chart.update(ADA_AGAIN)
    assert (first.version, second.version) == (1, 2)
    assert chart.read("Patient/ada") == second
    assert chart.read("Patient/ada", version=1) == first
    assert chart.history("Patient/ada") == [second, first]
    assert second.updated > first.updated


def test_updating_needs_an_id(chart: Chart) -> None:
    with pytest.raises(InvalidInput) as told:
        chart.update(body("Patient"))
    assert told.value.where == "resource.id"


def test_updating_a_version_that_no_longer_stands(chart: Chart) -> None:
    chart.update(ADA, if_version=0)
    chart.update(ADA, if_version=1)
    for version in (0, 1, 3):
        with pytest.raises(StaleVersion, match="which is 2") as told:
            chart.update(ADA_AGAIN, if_version=version)
        assert told.value.where == "Patient/ada"
    with pytest.raises(StaleVersion, match="which is 0"):
        chart.update(body("Patient", id="new"), if_version=1)
    assert len(chart.history("Patient/ada")) == 2


def test_deleting_keeps_the_history(chart: Chart) -> None:
    first = chart.update(ADA)
    chart.delete("Patient/ada")
    for version in (None, 2):
        with pytest.raises(Deleted):
            chart.read("Patient/ada", version)
    assert chart.read("Patient/ada", 1) == first
    gone, kept = chart.history("Patient/ada")
    assert (gone.version, gone.deleted, gone.body) == (2, True, b"")
    for say in (gone.json, gone.served):
        with pytest.raises(Deleted):
            say()
    assert kept == first
    assert chart.search("Patient", {}) == []
    assert chart.search("Patient", {"birthdate": "1950"}) == []
    with pytest.raises(Deleted):
        chart.delete("Patient/ada")
    assert chart.update(ADA).version == 3
    assert [found.version for found in chart.search("Patient", {"birthdate": "1950"})] == [3]


def test_deleting_a_version_that_no_longer_stands(chart: Chart) -> None:
    chart.update(ADA)
    chart.update(ADA_AGAIN)
    with pytest.raises(StaleVersion):
        chart.delete("Patient/ada", if_version=1)
    chart.delete("Patient/ada", if_version=2)


@pytest.mark.parametrize("reference", ["Patient/eda", "Group/ada", "Nonsense/ada", "Patient/a\0b"])
def test_what_is_not_there(chart: Chart, reference: str) -> None:
    chart.update(ADA)
    for look in (chart.read, chart.history, chart.delete):
        with pytest.raises(NotFound) as told:
            look(reference)
        assert not isinstance(told.value, Deleted)
    for version in (2, 0, -1, 2**31, 10**30):
        with pytest.raises(NotFound):
            chart.read("Patient/ada", version)


@pytest.mark.parametrize("reference", ["", "Patient", "Patient/", "/ada"])
def test_what_is_no_reference(chart: Chart, reference: str) -> None:
    with pytest.raises(InvalidInput, match="Type/id"):
        chart.read(reference)


def test_a_bad_resource_changes_nothing(chart: Chart) -> None:
    for bad in (b"{", body("Nonsense", id="ada"), b'{"resourceType": "Patient", "id": "x y"}'):
        with pytest.raises(InvalidInput):
            chart.create(bad)
        with pytest.raises(InvalidInput):
            chart.update(bad)
    assert chart.count("Patient", {}) == 0


def test_an_error_undoes_the_whole(database: Database) -> None:
    def fail() -> None:
        with database.begin() as tx:
            Chart(tx).update(ADA)
            Chart(tx).update(b"{}")

    with pytest.raises(InvalidInput):
        fail()
    with database.read() as tx:
        assert Chart(tx).search("Patient", {}) == []


def test_time_is_kept_in_utc(database: Database) -> None:
    local = datetime(2026, 3, 14, 23, 30, 0, 123456, timezone(timedelta(hours=-5)))
    with database.begin() as tx:
        made = Chart(tx, lambda: local).update(ADA)
    with database.read() as tx:
        found = Chart(tx).read("Patient/ada")
        assert found == made
        assert found.updated == local
        assert found.updated.tzinfo is UTC
        assert b'"lastUpdated":"2026-03-15T04:30:00.123Z"' in found.served()


def test_two_who_change_the_same_version(database: Database) -> None:
    with database.begin() as tx:
        Chart(tx).update(ADA)
    ready = threading.Barrier(8)
    won, told = [], []

    def change(number: int) -> None:
        ready.wait()
        try:
            with database.begin() as tx:
                sent = body("Patient", id="ada", number=number)
                won.append(Chart(tx).update(sent, if_version=1).body)
        except StaleVersion as error:
            told.append(error)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(told)) == (1, 7)
    with database.read() as tx:
        assert [s.body for s in Chart(tx).history("Patient/ada")] == [won[0], ADA]


def test_many_who_change_the_same_resource(database: Database) -> None:
    ready = threading.Barrier(4)
    told = []

    def change(number: int) -> None:
        ready.wait()
        for step in range(10):
            sent = body("Patient", id="ada", birthDate=f"{1900 + number}-01-{step + 1:02}")
            try:
                with database.begin() as tx:
                    Chart(tx).update(sent)
            except StaleVersion as error:  # only where two make the first version at once
                told.append(error)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) <= 3
    with database.read() as tx:
        chart = Chart(tx, Ticking())
        history = chart.history("Patient/ada")
        assert [s.version for s in history] == list(range(40 - len(told), 0, -1))
        born = history[0].json()["birthDate"]
        assert chart.count("Patient", {"birthdate": born}) == 1
        assert chart.count("Patient", {"birthdate": f"ne{born}"}) == 0
