"""A signed slide goes to a real archive as DICOM, of its patient, with its objects, and once."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import orjson
import pytest
from PIL import Image
from pydantic import SecretStr
from pydicom import dcmread

from tests.bootstrap.orthanc import Orthanc
from tests.capabilities.pathology.reports import MODEL, ROSS
from tests.capabilities.pathology.test_report_service import Dark
from tests.capabilities.radiology.studies import PATIENT
from tests.conftest import opened
from tests.engines.images.objects.checked import errors
from tests.engines.images.whole_slide import write_level
from tests.rounds.conftest import settled
from wardround.bootstrap import Wardround, send_report, was_sent
from wardround.capabilities.pathology import Pathology, Report, deciding
from wardround.capabilities.pathology.nuclei.learned import Network
from wardround.engines.images import Region, SlidePhantom, draw_slide, write_slide
from wardround.kernel import Draft, Edit, InvalidInput, NotAllowed, Part, system_clock
from wardround.record import Blobs, Chart
from wardround.rounds import Rounds, State
from wardround.security import AuditTrail
from wardround.settings import Settings

KEY = base64.b64encode(b"ward:round").decode()
PHANTOM = SlidePhantom(width=768, height=640)
HOUSE = {"resourceType": "Organization", "id": "birch", "name": "Birch Clinic"}


@pytest.fixture
def orthanc(tmp_path: Path) -> Iterator[Orthanc]:
    archive = Orthanc(tmp_path / "orthanc")
    yield archive
    archive.stop()


@pytest.fixture
def wardround(tmp_path: Path, orthanc: Orthanc) -> Iterator[Wardround]:
    settings = Settings(
        home=tmp_path,
        archive=orthanc.dicom_web,
        archive_authorization=SecretStr(f"Basic {KEY}"),
    )
    with opened(settings.database_url, tmp_path) as database:
        with database.begin() as tx:
            for one in (PATIENT, HOUSE):
                Chart(tx).update(orjson.dumps(one))
        blobs = Blobs(settings.blobs, database)
        rooms = {"pathology": Pathology(cast("Network", Dark()), MODEL, tmp_path / "work")}
        rounds = Rounds(database, blobs, rooms, settings.workflows_url)
        rounds.start()
        yield Wardround(settings, system_clock, database, blobs, rooms, rounds)
        rounds.stop()


def tiff(folder: Path) -> Path:
    path = folder / "slide.tiff"
    write_slide(PHANTOM, path)
    return path


def dicom(folder: Path, number: str) -> Path:
    path = folder / "level.dcm"
    write_level(path, draw_slide(PHANTOM)[0], 0.0005)
    level = dcmread(path)
    level.PatientID = number
    level.save_as(path)
    return path


def drafted(wardround: Wardround, file: Path) -> Draft:
    parts = [Part(name="slide", file=str(file))]
    order = wardround.rounds.order("pathology", "Patient/ada", None, parts, ROSS)
    assert settled(wardround.rounds, order.id) is State.DONE, wardround.rounds.ordered(order.id)
    return wardround.rounds.draft(order.id)


def edited(wardround: Wardround, draft: Draft, edit: Edit) -> Draft:
    return wardround.rounds.revise(draft.id, draft.revision, edit, ROSS)


def signed(wardround: Wardround, draft: Draft) -> Draft:
    def report(of: Draft) -> Report:
        return Report.model_validate(of.content)

    draft = edited(wardround, draft, deciding.confirm_all(report(draft)))
    words = Edit(op="replace", path="/diagnosis", value="No tumour.")
    draft = edited(wardround, draft, words)
    for finding in draft.open_findings:
        draft = wardround.rounds.acknowledge(draft.id, draft.revision, finding.key, ROSS)
    return wardround.rounds.sign(draft.id, draft.revision, ROSS).draft


def kinds(orthanc: Orthanc) -> list[str]:
    return sorted(one["Modality"] for one in orthanc.instances())


@pytest.mark.requirement("PATH-15")
def test_a_slide_goes_to_the_archive_with_its_objects_and_once(
    wardround: Wardround, orthanc: Orthanc, tmp_path: Path
) -> None:
    draft = signed(wardround, drafted(wardround, tiff(tmp_path)))
    assert not was_sent(wardround, draft)
    assert send_report(wardround, draft, ROSS).objects == 4
    first = orthanc.instances()
    assert kinds(orthanc) == ["ANN", "SEG", "SM", "SR"]
    assert orthanc.studies() == 1
    assert {one["PatientID"] for one in first} == {"A-100"}
    assert len({one["PatientName"] for one in first}) == 1
    slide = next(one for one in first if one["Modality"] == "SM")
    for one in first:
        assert one is slide or slide["SOPInstanceUID"] in str(one), one["Modality"]
    assert "Birch Clinic" in str(first)
    assert [errors(one, tmp_path) for one in orthanc.files()] == [[]] * 4
    send_report(wardround, draft, ROSS)
    assert [one["SOPInstanceUID"] for one in orthanc.instances()] == [
        one["SOPInstanceUID"] for one in first
    ]
    assert was_sent(wardround, draft)
    with wardround.database.read() as tx:
        told = AuditTrail(tx).list(action="send-report")
    assert [one.entity for one in told] == [f"draft/{draft.id}"] * 2
    assert list(tmp_path.glob(".sending-*")) == [], "what was written for it is gone"


@pytest.mark.requirement("PATH-15")
def test_an_amended_report_is_of_the_same_slide(
    wardround: Wardround, orthanc: Orthanc, tmp_path: Path
) -> None:
    draft = signed(wardround, drafted(wardround, tiff(tmp_path)))
    send_report(wardround, draft, ROSS)
    fresh = wardround.rounds.amend(draft.id, ROSS)
    place = Region(x=10, y=10, width=100, height=90)
    report = Report.model_validate(fresh.content)
    fresh = edited(wardround, fresh, deciding.mark(report, "Tumour", place))
    amended = signed(wardround, fresh)
    send_report(wardround, amended, ROSS)
    assert orthanc.studies() == 1
    assert kinds(orthanc) == ["ANN", "ANN", "SEG", "SEG", "SM", "SR", "SR"]


@pytest.mark.requirement("PATH-15")
def test_nuclei_that_a_person_counted_otherwise_are_not_drawn(
    wardround: Wardround, orthanc: Orthanc, tmp_path: Path
) -> None:
    draft = drafted(wardround, tiff(tmp_path))
    report = Report.model_validate(draft.content)
    count = next(one for one in report.measures if one.code == "nuclei")
    draft = edited(wardround, draft, deciding.correct(report, count.id, 77))
    send_report(wardround, signed(wardround, draft), ROSS)
    assert kinds(orthanc) == ["SM", "SR"]


@pytest.mark.requirement("PATH-15")
def test_a_slide_that_was_dicom_keeps_its_instances(
    wardround: Wardround, orthanc: Orthanc, tmp_path: Path
) -> None:
    file = dicom(tmp_path, "A-100")
    orthanc.store(file.read_bytes())
    draft = signed(wardround, drafted(wardround, file))
    assert send_report(wardround, draft, ROSS).study == "1.2.3"
    assert kinds(orthanc) == ["ANN", "SEG", "SM", "SR"]
    assert {one["PatientName"] for one in orthanc.instances()} == {"Phantom^Slide"}


@pytest.mark.requirement("PATH-15")
def test_a_slide_of_another_patient_is_not_reported_on(
    wardround: Wardround, orthanc: Orthanc, tmp_path: Path
) -> None:
    draft = signed(wardround, drafted(wardround, dicom(tmp_path, "B-200")))
    with pytest.raises(NotAllowed, match="another patient number"):
        send_report(wardround, draft, ROSS)
    assert orthanc.instances() == []
    assert not was_sent(wardround, draft)


def test_a_slide_without_a_resolution_stays_and_the_reason_is_said(
    wardround: Wardround, orthanc: Orthanc, tmp_path: Path
) -> None:
    file = tmp_path / "slide.png"
    Image.fromarray(draw_slide(PHANTOM)[0]).save(file)
    draft = signed(wardround, drafted(wardround, file))
    with pytest.raises(InvalidInput, match="how large a pixel"):
        send_report(wardround, draft, ROSS)
    assert orthanc.instances() == []
    assert not was_sent(wardround, draft)
