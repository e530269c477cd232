"""A signed report goes to a real archive, once, beside its images; a refusal is told."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydicom import dcmread

from tests.bootstrap.orthanc import Orthanc
from tests.capabilities.radiology.studies import PATIENT, PLACED, RAO, radiograph, room
from tests.conftest import opened
from tests.engines.images.objects.checked import errors
from tests.rounds.conftest import settled
from wardround.bootstrap import Wardround, send_report, was_sent
from wardround.capabilities.radiology import Report, deciding
from wardround.kernel import Draft, NotAllowed, Part, Unavailable, system_clock
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State
from wardround.security import AuditTrail
from wardround.settings import Settings

KEY = base64.b64encode(b"ward:round").decode()


@pytest.fixture(scope="module")
def orthanc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Orthanc]:
    archive = Orthanc(tmp_path_factory.mktemp("orthanc"))
    yield archive
    archive.stop()


@pytest.fixture
def wardround(tmp_path: Path) -> Iterator[Wardround]:
    import orjson

    settings = Settings(home=tmp_path)
    with opened(settings.database_url, tmp_path) as database:
        with database.begin() as tx:
            Chart(tx).update(orjson.dumps(PATIENT))
        blobs = Blobs(settings.blobs, database)
        rooms = {"radiology": room(PLACED)}
        rounds = Rounds(database, blobs, rooms, settings.workflows_url)
        rounds.start()
        yield Wardround(settings, system_clock, database, blobs, rooms, rounds)
        rounds.stop()


def at(wardround: Wardround, address: str, key: str = KEY) -> Wardround:
    changed = {"archive": address, "archive_authorization": SecretStr(f"Basic {key}")}
    return replace(wardround, settings=wardround.settings.model_copy(update=changed))


def signed(wardround: Wardround, *files: bytes) -> Draft:
    parts = [Part(name=f"{place}", data=data) for place, data in enumerate(files)]
    order = wardround.rounds.order("radiology", "Patient/ada", None, parts, RAO)
    assert settled(wardround.rounds, order.id) is State.DONE
    draft = wardround.rounds.draft(order.id)
    edit = deciding.confirm(Report.model_validate(draft.content), "read-0")
    draft = wardround.rounds.revise(draft.id, 1, edit, RAO)
    for finding in draft.open_findings:
        draft = wardround.rounds.acknowledge(draft.id, draft.revision, finding.key, RAO)
    return wardround.rounds.sign(draft.id, draft.revision, RAO).draft


def test_a_report_goes_to_the_archive_once_and_beside_its_images(
    wardround: Wardround, orthanc: Orthanc, tmp_path: Path
) -> None:
    image = radiograph()
    orthanc.store(image)
    here = at(wardround, orthanc.dicom_web)
    draft = signed(here, image)
    assert not was_sent(here, draft)
    assert send_report(here, draft, RAO).objects == 4
    kinds = sorted(one["Modality"] for one in orthanc.instances())
    assert kinds == ["DX", "OT", "PR", "SEG", "SR"]
    assert orthanc.studies() == 1
    made = [one for one in orthanc.files() if dcmread(BytesIO(one)).Modality != "DX"]
    assert [errors(one, tmp_path) for one in made] == [[]] * 4
    send_report(here, draft, RAO)
    assert len(orthanc.instances()) == 5
    assert was_sent(here, draft)
    with here.database.read() as tx:
        told = AuditTrail(tx).list(action="send-report")
        calls = AuditTrail(tx).list(action="egress")
    assert [one.entity for one in told] == [f"draft/{draft.id}"] * 2
    assert len(calls) == 2


def test_an_archive_that_refuses_or_is_not_there_is_told_and_nothing_is_noted(
    wardround: Wardround, orthanc: Orthanc
) -> None:
    draft = signed(wardround, radiograph())
    with pytest.raises(NotAllowed, match="No image archive"):
        send_report(wardround, draft, RAO)
    wrong = at(wardround, orthanc.dicom_web, key=base64.b64encode(b"ward:wrong").decode())
    with pytest.raises(Unavailable, match="401"):
        send_report(wrong, draft, RAO)
    nowhere = at(wardround, "http://127.0.0.1:9/dicom-web/")
    with pytest.raises(Unavailable):
        send_report(nowhere, draft, RAO)
    elsewhere = at(wardround, "https://203.0.113.5/dicom-web/")
    with pytest.raises(NotAllowed):  # no agreement is in force
        send_report(elsewhere, draft, RAO)
    assert not was_sent(wardround, draft)


def test_only_what_is_signed_is_sent(wardround: Wardround, orthanc: Orthanc) -> None:
    here = at(wardround, orthanc.dicom_web)
    parts = [Part(name="x", data=radiograph())]
    order = here.rounds.order("radiology", "Patient/ada", None, parts, RAO)
    assert settled(here.rounds, order.id) is State.DONE
    with pytest.raises(NotAllowed, match="signed"):
        send_report(here, here.rounds.draft(order.id), RAO)
