import json
import threading
import time
from typing import Any
from uuid import UUID

import pytest

from tests.record.conftest import body, bundle, post, put
from wardround.database import Database
from wardround.kernel import Conflict, InvalidInput, NotFound, StaleVersion
from wardround.record import Chart

PATIENT = "61ebe359-bfdc-4613-8bf2-c5e300945f0a"
VISIT = "88f151c0-a954-468a-88bd-5ae15c08e059"


def visit(**members: Any) -> dict[str, Any]:
    return {"resourceType": "Encounter", "subject": {"reference": f"urn:uuid:{PATIENT}"}, **members}


def test_what_is_posted_gets_an_id_and_is_referred_to_by_it(chart: Chart) -> None:
    made, of = chart.transaction(
        bundle(
            post(f"urn:uuid:{VISIT}", visit(identifier=[{"value": f"urn:uuid:{PATIENT}"}])),
            post(f"urn:uuid:{PATIENT}", {"resourceType": "Patient", "id": "theirs"}),
        )
    )
    assert of.id not in {PATIENT, "theirs"}
    assert str(UUID(of.id)) == of.id
    assert made.json()["subject"] == {"reference": of.reference}
    # Not a link, although it looks like one.
    assert made.json()["identifier"] == [{"value": f"urn:uuid:{PATIENT}"}]
    assert chart.search("Encounter", {"patient": of.reference}) == [made]


def test_only_links_are_rewritten(chart: Chart) -> None:
    url = f"urn:uuid:{PATIENT}"
    text = (
        '{"resourceType":"DocumentReference",  "subject":{"reference" :  "%s"},'
        '"description":"\\"reference\\":\\"%s\\"", "x\\"reference":"%s", "display":"%s",'
        '"content":[{"attachment":{"url"\n:"%s", "size":1.50}}], "author":[{"reference":"#a"}],'
        '"custodian":{"reference":"Organization/1"},"extension":[{"url":"urn:oid:1.2"}] }'
    ) % ((url,) * 5)
    sent = bundle(post(url, {"resourceType": "Patient", "id": PATIENT}), {"resource": "HERE"})
    entry = f'{{"resource":{text},"request":{{"method":"POST","url":"DocumentReference"}}}}'
    sent = sent.replace(b'{"resource": "HERE"}', entry.encode())
    _, made = chart.transaction(sent)
    wanted = text.replace(f'"reference" :  "{url}"', f'"reference" :  "Patient/{PATIENT}"')
    wanted = wanted.replace(f'"url"\n:"{url}"', f'"url"\n:"Patient/{PATIENT}"')
    assert made.body.decode() == wanted


def test_links_between_addresses_of_another_server(chart: Chart) -> None:
    base = "https://elsewhere.example/fhir"
    made, of, absolute = chart.transaction(
        bundle(
            post(f"{base}/Encounter/7", visit(subject={"reference": "Patient/5"})),
            post(f"{base}/Patient/5", {"resourceType": "Patient", "id": "5"}),
            post(
                "urn:uuid:x",
                visit(
                    subject={"reference": f"{base}\\/Patient/5".replace("\\", "")},
                    partOf={"reference": "https://third.example/Encounter/7"},
                    serviceProvider={"reference": "Organization/9"},
                ),
            ),
        )
    )
    assert made.json()["subject"] == absolute.json()["subject"] == {"reference": of.reference}
    assert absolute.json()["partOf"] == {"reference": "https://third.example/Encounter/7"}
    assert absolute.json()["serviceProvider"] == {"reference": "Organization/9"}


def test_a_link_written_with_escapes(chart: Chart) -> None:
    sent = bundle(
        post("http://a/Patient/5", {"resourceType": "Patient"}),
        post("http://a/Encounter/7", visit(subject={"reference": "http://a/Patient/5"})),
    ).replace(b'"reference": "http://a/Patient/5"', b'"reference": "http:\\/\\/a\\/Patient\\/5"')
    of, made = chart.transaction(sent)
    assert made.json()["subject"] == {"reference": of.reference}


def test_an_id_that_is_its_own_uuid_is_kept(chart: Chart) -> None:
    sent = bundle(
        post(f"urn:uuid:{PATIENT}", {"resourceType": "Patient", "id": PATIENT}),
        post(f"urn:uuid:{VISIT}", visit(id=VISIT)),
    )
    first = chart.transaction(sent)
    assert [stored.id for stored in first] == [PATIENT, VISIT]
    assert chart.transaction(sent) == first
    assert len(chart.history(f"Encounter/{VISIT}")) == 1
    changed = chart.transaction(sent.replace(b'"Encounter", "subject"', b'"Encounter","subject"'))
    assert [stored.version for stored in changed] == [1, 2]


def test_what_was_deleted_comes_back(chart: Chart) -> None:
    sent = bundle(post(f"urn:uuid:{PATIENT}", {"resourceType": "Patient", "id": PATIENT}))
    chart.transaction(sent)
    chart.delete(f"Patient/{PATIENT}")
    (again,) = chart.transaction(sent)
    assert again.version == 3


def test_putting_and_deleting(chart: Chart) -> None:
    chart.update(body("Patient", id="a"))
    chart.update(body("Patient", id="b"))
    delete = {"request": {"method": "DELETE", "url": "Patient/b"}}
    gone = {"request": {"method": "DELETE", "url": "Patient/never"}}
    made = chart.transaction(
        bundle(put({"resourceType": "Patient", "id": "a", "active": True}), delete, gone)
    )
    assert [(stored.reference, stored.version) for stored in made] == [("Patient/a", 2)]
    with pytest.raises(NotFound):
        chart.read("Patient/b")
    with pytest.raises(NotFound):
        chart.transaction(
            bundle({"request": {"method": "DELETE", "url": "Patient/none", "ifMatch": 'W/"1"'}})
        )


def test_a_deletion_and_a_new_version_in_one(database: Database) -> None:
    with database.begin() as tx:
        Chart(tx).update(body("Patient", id="a"))
    delete = {"request": {"method": "DELETE", "url": "Patient/a"}}
    for entries in ([put({"resourceType": "Patient", "id": "a"}), delete],
                    [delete, put({"resourceType": "Patient", "id": "a"})]):  # fmt: skip
        with pytest.raises(InvalidInput, match="the same resource"), database.begin() as tx:
            Chart(tx).transaction(bundle(*entries))
    with database.read() as tx:
        assert len(Chart(tx).history("Patient/a")) == 1


@pytest.mark.parametrize("match", ['W/"2"', '"2"', "2"])
def test_if_match(chart: Chart, match: str) -> None:
    chart.update(body("Patient", id="a"))
    sent = bundle(put({"resourceType": "Patient", "id": "a", "active": True}, ifMatch=match))
    with pytest.raises(StaleVersion) as told:
        chart.transaction(sent)
    assert told.value.where == "Bundle.entry[0]"
    chart.update(body("Patient", id="a", gender="other"))
    assert chart.transaction(sent)[0].version == 3


def test_if_none_exist(chart: Chart) -> None:
    number = {"system": "urn:mrn", "value": "7"}
    new = post(
        "urn:uuid:p",
        {"resourceType": "Patient", "identifier": [number]},
        ifNoneExist="identifier=urn:mrn%7C7",
    )
    sent = bundle(new, post("urn:uuid:v", visit(subject={"reference": "urn:uuid:p"})))
    of, made = chart.transaction(sent)
    again, other = chart.transaction(sent)
    assert again == of
    assert other.id != made.id
    assert other.json()["subject"] == {"reference": of.reference}
    chart.create(body("Patient", identifier=[number]))
    with pytest.raises(Conflict, match="more than one") as told:
        chart.transaction(sent)
    assert told.value.where == "Bundle.entry[0].request.ifNoneExist"


def test_two_who_create_on_one_condition_make_one(database: Database) -> None:
    number = {"system": "urn:mrn", "value": "7"}
    patient = {"resourceType": "Patient", "identifier": [number]}
    sent = bundle(post("urn:uuid:p", patient, ifNoneExist="identifier=urn:mrn|7"))
    ready = threading.Barrier(4)
    made = []

    def create() -> None:
        ready.wait()
        with database.begin() as tx:
            made.extend(Chart(tx).transaction(sent))
            time.sleep(0.05)  # the others ask meanwhile

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({stored.reference for stored in made}) == 1
    with database.read() as tx:
        assert Chart(tx).count("Patient", {}) == 1


def test_two_entries_with_one_condition(chart: Chart) -> None:
    patient = {"resourceType": "Patient", "gender": "other"}
    two = [post(f"urn:uuid:{n}", patient, ifNoneExist="gender=other") for n in range(2)]
    with pytest.raises(InvalidInput, match="by this condition") as told:
        chart.transaction(bundle(*two))
    assert told.value.where == "Bundle.entry[1].request.ifNoneExist"


def test_two_that_are_found_are_one(chart: Chart) -> None:
    made = chart.create(body("Organization", name="Ward"))
    again = [
        post(f"urn:uuid:{i}", {"resourceType": "Organization"}, ifNoneExist="Organization?name=war")
        for i in range(2)
    ]
    assert chart.transaction(bundle(*again)) == [made, made]


def test_two_entries_that_are_one_resource(chart: Chart) -> None:
    with pytest.raises(InvalidInput, match="the same resource") as told:
        chart.transaction(bundle(*[put({"resourceType": "Patient", "id": "a"})] * 2))
    assert told.value.where == "Bundle.entry[1]"
    chart.update(body("Patient", id="a", active=True))
    found = post("", {"resourceType": "Patient"}, ifNoneExist="active=true")
    written = put({"resourceType": "Patient", "id": "a"})
    for entries in ([found, written], [written, found]):
        with pytest.raises(InvalidInput, match="the same resource"):
            chart.transaction(bundle(*entries))


def test_a_reference_by_a_search(chart: Chart) -> None:
    npi = "http://hl7.org/fhir/sid/us-npi"
    doctor = {"resourceType": "Practitioner", "identifier": [{"system": npi, "value": "99"}]}
    by_search = {"individual": {"reference": f"Practitioner?identifier={npi}|99"}}
    sent = bundle(
        post("urn:uuid:v", {"resourceType": "Encounter", "participant": [by_search]}),
        post("urn:uuid:d", doctor),
    )
    made, of = chart.transaction(sent)
    assert made.json()["participant"] == [{"individual": {"reference": of.reference}}]
    later = chart.transaction(bundle(json.loads(sent)["entry"][0]))[0]
    assert later.json()["participant"] == made.json()["participant"]
    chart.create(json.dumps(doctor).encode())
    with pytest.raises(InvalidInput, match="more than one resource"):
        chart.transaction(sent)


def test_a_bundle_inside_is_left_alone(chart: Chart) -> None:
    inner = json.loads(bundle(post("urn:uuid:p", visit(subject={"reference": "urn:uuid:q"}))))
    (made,) = chart.transaction(bundle(post("urn:uuid:b", inner)))
    assert made.json()["entry"] == inner["entry"]


def test_a_batch_is_done_as_a_whole(chart: Chart) -> None:
    new = post("urn:uuid:1", {"resourceType": "Patient"})
    assert len(chart.transaction(bundle(new, of="batch"))) == 1


def test_the_order_is_that_of_the_entries(chart: Chart) -> None:
    chart.update(body("Patient", id="p3"))
    sent = [put({"resourceType": "Patient", "id": f"p{number}"}) for number in (5, 3, 9, 1)]
    made = chart.transaction(bundle(*sent))
    assert [stored.id for stored in made] == ["p5", "p3", "p9", "p1"]


def test_more_than_one_query_can_ask_for(chart: Chart) -> None:
    sent = bundle(*[put({"resourceType": "Patient", "id": f"p{number}"}) for number in range(1200)])
    first = chart.transaction(sent)
    assert chart.transaction(sent) == first
    assert chart.count("Patient", {}) == 1200
