import json
from pathlib import Path
from typing import Any

import pytest

from tests.record.conftest import bundle, post, put
from wardround.database import Database
from wardround.kernel import InvalidInput, TooLarge, WardroundError
from wardround.record import Chart, bundles
from wardround.record.bundles import read_entries

GOOD = post("urn:uuid:1", {"resourceType": "Patient"})


@pytest.mark.parametrize(
    ("sent", "where", "what"),
    [
        (b"", "Bundle", "empty"),
        (b"[]", "Bundle", "not a FHIR Bundle"),
        (b"{}", "Bundle.resourceType", "not a FHIR Bundle"),
        (b'{"resourceType": "Patient"}', "Bundle.resourceType", "not a FHIR Bundle"),
        (b'{"resourceType": "Bundle"}', "Bundle.type", "transaction or batch"),
        (bundle(GOOD, of="collection"), "Bundle.type", "transaction or batch"),
        (bundle(GOOD)[:-2], "Bundle", "not JSON: unexpected end of data at line 1"),
        (b'{"resourceType":"Bundle","type":"transaction","entry":{}}', "Bundle.entry", "a list"),
        (b'{"resourceType":"Bundle","type":"batch","entry":[],"type":"x"}', "Bundle", "twice"),
        (b'{"resourceType":"Bundle","type":"batch","entry":[7]}', "Bundle.entry[0]", "an object"),
    ],
)
def test_what_is_no_bundle(sent: bytes, where: str, what: str) -> None:
    with pytest.raises(InvalidInput) as told:
        read_entries(sent)
    assert told.value.where == where
    assert what in told.value.what.replace("a JSON object", "an object")


def broken(**changes: Any) -> dict[str, Any]:
    return {**post("urn:uuid:2", {"resourceType": "Patient", "id": "b"}), **changes}


@pytest.mark.parametrize(
    ("entry", "where"),
    [
        ("nonsense", ""),
        (None, ""),
        ({}, ".request"),
        (broken(request=None), ".request"),
        (broken(request={"method": "POST"}), ".request"),
        (broken(request={"method": "PATCH", "url": "Patient/b"}), ".request"),
        (broken(request={"method": "GET", "url": "Patient/b"}), ".request"),
        (broken(request={"method": "POST", "url": "Group"}), ".request.url"),
        (broken(request={"method": "POST", "url": "Patient/b"}), ".request.url"),
        (broken(request={"method": "PUT", "url": "Patient"}), ".request.url"),
        (broken(request={"method": "PUT", "url": "Patient?active=true"}), ".request.url"),
        (broken(request={"method": "PUT", "url": "Patient/other"}), ".resource.id"),
        (broken(request={"method": "DELETE", "url": "Patient"}), ".request.url"),
        (broken(request={"method": "DELETE", "url": "Patient?active=true"}), ".request.url"),
        (broken(resource=None), ".resource"),
        (broken(resource=[]), ".resource"),
        (broken(resource={"id": "b"}), ".resource.resourceType"),
        (broken(resource={"resourceType": "Nonsense"}), ".resource.resourceType"),
        (broken(resource={"resourceType": "Patient", "id": "b c"}), ".resource.id"),
        (broken(request={"method": "POST", "url": "Patient", "ifMatch": "x"}), ".request.ifMatch"),
        (
            broken(request={"method": "POST", "url": "Patient", "ifNoneExist": "x"}),
            ".request.ifNoneExist",
        ),
        (
            broken(request={"method": "POST", "url": "Patient", "ifNoneExist": "nonsense=1"}),
            ".request.ifNoneExist",
        ),
        (broken(fullUrl="urn:uuid:1"), ".fullUrl"),
        (put({"resourceType": "Patient", "id": "x"}, ifMatch='W/"3"'), ""),
        (broken(resource={"resourceType": "Patient", "link": {"reference": "urn:uuid:9"}}),
         ".resource"),
        (broken(resource={"resourceType": "Patient", "link": {"reference": "Group?code=1"}}),
         ".resource"),
    ],
)  # fmt: skip
def test_a_broken_entry(database: Database, entry: object, where: str) -> None:
    sent = json.dumps(
        {"resourceType": "Bundle", "type": "transaction", "entry": [GOOD, entry]}, indent=1
    )
    with pytest.raises(WardroundError) as told, database.begin() as tx:
        Chart(tx).transaction(sent.encode(), file="ada.json")
    assert str(told.value.where).startswith("ada.json, line ")
    assert str(told.value.where).endswith(f": Bundle.entry[1]{where}")
    with database.read() as tx:
        assert Chart(tx).search("Patient", {}) == []


def test_the_line_is_where_the_entry_begins(chart: Chart) -> None:
    sent = (
        b'{"resourceType": "Bundle",\n "type": "transaction",\n "entry": [\n  {"request":\n'
        b'   {"method": "DELETE", "url": "Patient/1"}},\n\n  {"request": {}}\n ]}'
    )
    with pytest.raises(InvalidInput) as told:
        chart.transaction(sent, "a.json")
    assert told.value.where == "a.json, line 7: Bundle.entry[1].request"


def test_words_of_the_chart_are_not_repeated(chart: Chart) -> None:
    sent = bundle(broken(resource={"resourceType": "Lovelace", "name": "Ada Lovelace"}))
    with pytest.raises(InvalidInput) as told:
        chart.transaction(sent)
    assert "Lovelace" not in str(told.value)


def test_too_large(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "LIMIT", 10)
    with pytest.raises(TooLarge):
        chart.transaction(bundle(GOOD))


def test_a_resource_too_large(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardround.record.body.LIMIT", 100)
    with pytest.raises(TooLarge) as told:
        chart.transaction(bundle(GOOD, broken(resource={"resourceType": "Patient", "x": "y" * 99})))
    assert told.value.where == "Bundle.entry[1].resource"


def test_an_empty_bundle(chart: Chart) -> None:
    assert chart.transaction(b'{"resourceType": "Bundle", "type": "transaction"}') == []
    assert chart.transaction(bundle()) == []


@pytest.mark.data
def test_garbage_that_others_collected(chart: Chart, data: Path) -> None:
    places = []
    for file in sorted((data / "fhir-test-cases").rglob("*.json")):
        try:
            chart.transaction(file.read_bytes(), file.name)
        except InvalidInput as error:
            places.append((error.where or "").startswith(file.name))
    assert len(places) > 100
    assert all(places)
