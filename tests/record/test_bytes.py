"""The bytes received are the bytes kept, whatever they look like."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.record.json_texts import resources
from wardround.record import Chart

per_database = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@per_database
@given(resources())
def test_created(chart: Chart, text: str) -> None:
    made = chart.create(text.encode())
    assert chart.read(made.reference).body == text.encode()


@per_database
@given(resources())
def test_served(chart: Chart, text: str) -> None:
    made = chart.create(text.encode())
    served = json.loads(made.served())
    assert served.pop("id") == made.id
    assert served.pop("meta")["versionId"] == "1"
    assert served == json.loads(text)


@per_database
@given(resources("Patient"), resources("Basic"))
def test_sent_in_a_bundle(chart: Chart, first: str, second: str) -> None:
    sent = (
        '{"type": "transaction", "entry" :[ {"request":{"url":"Patient","method":"POST"},'
        f'"resource":{first}}} , {{ "resource" : {second}, "request":{{"method":"POST",'
        '"url":"Basic"}}]\n, "resourceType":"Bundle"}'
    )
    kept = chart.transaction(sent.encode())
    assert [stored.body.decode() for stored in kept] == [first.strip(), second.strip()]
    assert [chart.read(stored.reference).body for stored in kept] == [s.body for s in kept]


def test_what_others_would_lose(chart: Chart) -> None:
    body = (
        b' {"valueQuantity" : {"value":1.50, "_value": {}},\r\n\t"resourceType":"Observation",'
        b' "unknown": [ 1e2 , "\\u00e9\\/" ], "status":"final" }\n'
    )
    made = chart.create(body, "one")
    assert made.body == chart.read("Observation/one").body == body
    stamp = '"meta":{"versionId":"1","lastUpdated":"2026-03-14T09:00:01.000Z"},'
    assert made.served().decode() == ' {"id":"one",' + stamp + body.decode()[2:]


def test_served_keeps_what_the_meta_says(chart: Chart) -> None:
    body = b'{"resourceType":"Basic","id":"a","meta":{ "profile" : ["p"], "versionId":"99"}}'
    served = chart.create(body, "a").served()
    assert json.loads(served)["meta"] == {
        "profile": ["p"],
        "versionId": "1",
        "lastUpdated": "2026-03-14T09:00:01.000Z",
    }
    assert b'{ "profile" : ["p"], "versionId":"1"' in served.replace(
        b'"lastUpdated":"2026-03-14T09:00:01.000Z",', b""
    )


@pytest.mark.data
def test_every_published_example(chart: Chart, data: Path) -> None:
    files = sorted((data / "fhir-test-cases" / "r4").rglob("*.json"))
    assert len(files) >= 80
    for file in files:
        body = file.read_bytes()
        made = chart.create(body)
        assert chart.read(made.reference).body == body
        served = json.loads(made.served(), parse_float=str)
        sent = json.loads(body, parse_float=str)
        meta = {"versionId": "1", "lastUpdated": served["meta"]["lastUpdated"]}
        assert served == sent | {"id": made.id, "meta": sent.get("meta", {}) | meta}
