from typing import Any

import pytest

from tests.capabilities.radiology.studies import (
    DOUBT,
    PLACED,
    PNEUMONIA,
    STUDY,
    Held,
    draft,
    drafted,
    edited,
    found,
    radiograph,
    room,
)
from wardround.capabilities.radiology import Check, Region, Report, deciding
from wardround.kernel import ImageRegion, InvalidInput, Part, Severity


def test_a_study_is_read_with_the_region_of_each_finding_as_evidence() -> None:
    chart = Held(radiograph())
    made = drafted(room(PLACED), chart)
    report = Report.model_validate(made.content)
    assert report.headline == "Chest X-ray: 1 finding to decide"
    assert (report.study.uid, report.study.taken) == (STUDY, "2026-11-20T08:30:00")
    assert report.findings[0].probability == 0.91
    assert made.evidence[0].claim == "/findings/0"
    place = made.evidence[0].sources[0]
    assert place == ImageRegion(input="image-0", x=8, y=10, width=20, height=12)


def test_a_finding_without_a_box_rests_on_the_whole_image() -> None:
    made = drafted(room(PNEUMONIA), Held(radiograph()))
    place = made.evidence[0].sources[0]
    assert place == ImageRegion(input="image-0", x=0, y=0, width=48, height=64)
    assert Report.model_validate(made.content).findings[0].regions == ()


def test_the_frontal_view_is_read_and_the_other_is_said_not_to_be() -> None:
    chart = Held(radiograph(ViewPosition="LL"), radiograph(ViewPosition="AP"), radiograph())
    report = Report.model_validate(drafted(room(PNEUMONIA), chart).content)
    assert [one.read for one in report.study.pictures] == [False, False, True]
    assert report.study.pictures[0].why == "This is a view from the side."
    rules = found(room(PNEUMONIA), drafted(room(PNEUMONIA), chart), chart)
    assert "2 images were not looked at" in rules["not-read"][0].message


def test_what_is_no_xray_is_not_read_and_kept() -> None:
    made = drafted(room(PNEUMONIA), Held(radiograph(Modality="CT")))
    assert made.abstained == "This is no X-ray."
    made = drafted(room(reasons=["The image is upside down."]), Held(radiograph()))
    assert made.abstained == "The image is upside down."


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "A study has images"),
        ([b"no image at all"], "no DICOM"),
        ([radiograph(), radiograph(PatientID="B-7")], "2 patients"),
        ([radiograph(), radiograph(StudyInstanceUID="1.2.3")], "2 studies"),
        ([radiograph()] * 65, "65 images"),
    ],
)
def test_what_is_no_study_is_refused_before_anything_is_kept(files: list[bytes], says: str) -> None:
    parts = [Part(name=f"{place}.dcm", data=data) for place, data in enumerate(files)]
    with pytest.raises(InvalidInput, match=says):
        room().accept(parts)


def test_names_of_files_are_not_kept() -> None:
    (part,) = room().accept([Part(name="Ada Lovelace 1968.dcm", data=radiograph())])
    assert (part.name, part.media_type) == ("image-0", "application/dicom")


@pytest.mark.requirement("RAD-13")
def test_nothing_is_signed_before_it_is_decided() -> None:
    radiology, chart = room(PNEUMONIA), Held(radiograph())
    made = drafted(radiology, chart)
    rules = found(radiology, made, chart)
    assert rules["undecided"][0].severity is Severity.BLOCK
    report = Report.model_validate(made.content)
    made = edited(radiology, made, deciding.confirm(report, "read-0"))
    rules = found(radiology, made, chart)
    assert "undecided" not in rules
    assert rules["no-place"][0].severity is Severity.WARN
    assert rules["investigational"][0].severity is Severity.NOTE
    report = Report.model_validate(made.content)
    region = Region(x=4, y=4, width=10, height=10)
    made = edited(radiology, made, deciding.mark(report, "read-0", [region]))
    assert "no-place" not in found(radiology, made, chart)
    assert isinstance(made.evidence[0].sources[0], ImageRegion)
    assert made.evidence[0].sources[0].width == 10
    assert made.content["headline"] == "Chest X-ray: pneumonia"


def test_against_a_model_that_is_sure_a_reason_is_given() -> None:
    radiology, chart = room(PNEUMONIA), Held(radiograph())
    made = drafted(radiology, chart)
    report = Report.model_validate(made.content)
    with pytest.raises(InvalidInput, match="say why"):
        deciding.deny(report, "read-0")
    made = edited(radiology, made, deciding.deny(report, "read-0", "Known, and unchanged"))
    assert "91%" in found(radiology, made, chart)["against-the-model"][0].message
    doubting = drafted(room(DOUBT), chart)
    deciding.deny(Report.model_validate(doubting.content), "read-0")  # no reason is asked


def test_a_person_adds_what_the_model_did_not_tell() -> None:
    radiology, chart = room(PNEUMONIA), Held(radiograph())
    made = drafted(radiology, chart)
    report = Report.model_validate(made.content)
    region = Region(x=1, y=1, width=5, height=5)
    made = edited(radiology, made, deciding.add(report, " Rib  fracture ", [region], "Sixth rib."))
    report = Report.model_validate(made.content)
    assert report.findings[1].display == "Rib fracture"
    assert report.findings[1].stands
    assert made.evidence[1].sources[0] == ImageRegion(input="image-0", x=1, y=1, width=5, height=5)
    added = report.findings[1].id
    made = edited(radiology, made, deciding.deny(report, added))
    assert len(Report.model_validate(made.content).findings) == 1


def test_a_region_stays_on_its_image() -> None:
    report = Report.model_validate(drafted(room(PNEUMONIA), Held(radiograph())).content)
    for region in (
        Region(x=40, y=0, width=9, height=9),
        Region(x=0, y=0, width=1, height=65),
        Region(image=1, x=0, y=0, width=1, height=1),
        Region(frame=1, x=0, y=0, width=1, height=1),
    ):
        with pytest.raises(InvalidInput):
            deciding.mark(report, "read-0", [region])


@pytest.mark.requirement("RAD-12")
@pytest.mark.parametrize(
    ("file", "severity"),
    [
        (radiograph(PatientBirthDate="19700101"), Severity.BLOCK),
        (radiograph(PatientID="Z-1", PatientSex="M"), Severity.BLOCK),
        (radiograph(PatientID="Z-1"), Severity.WARN),
        (radiograph(PatientID="", PatientBirthDate="", PatientSex=""), Severity.WARN),
        (radiograph(), None),
    ],
)
def test_an_image_of_somebody_else(file: bytes, severity: Severity | None) -> None:
    radiology, chart = room(PNEUMONIA), Held(file)
    findings = found(radiology, drafted(radiology, chart), chart).get("other-patient", [])
    assert [one.severity for one in findings] == ([severity] if severity else [])
    assert "1970" not in str(findings)


@pytest.mark.requirement("RAD-14")
@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("No pneumonia. The heart is of normal size.", True),
        ("Pneumonia of the right lower lobe.", False),
        ("No change since the last study.", False),
        ("Possible pneumonia.", False),
    ],
)
def test_an_impression_says_what_was_decided(words: str, wrong: bool) -> None:
    radiology, chart = room(PLACED), Held(radiograph())
    made = drafted(radiology, chart)
    report = Report.model_validate(made.content)
    made = edited(radiology, made, deciding.confirm(report, "read-0"))
    content = {**made.content, "impression": words}
    made = made.model_copy(update={"content": radiology.validate(content)})
    assert ("impression" in found(radiology, made, chart)) is wrong


def test_a_failed_check_is_to_be_acknowledged() -> None:
    dark = Check("exposure", passed=False, says="The image is underexposed.")
    radiology, chart = room(PNEUMONIA, checks=[dark]), Held(radiograph())
    rules = found(radiology, drafted(radiology, chart), chart)
    assert rules["image-quality"][0].message == "The image is underexposed."


def test_an_edit_that_cannot_stand_is_refused_by_its_place() -> None:
    radiology = room(PNEUMONIA)
    content: dict[str, Any] = drafted(radiology, Held(radiograph())).content
    broken = {**content, "findings": [{**content["findings"][0], "probability": 7}]}
    with pytest.raises(InvalidInput) as caught:
        radiology.validate(broken)
    assert "findings" in str(caught.value.where)


def test_the_page_shows_what_was_read_and_what_was_not() -> None:
    radiology = room(PLACED)
    chart = Held(radiograph(), radiograph(ViewPosition="LL"))
    page = radiology.review(draft(drafted(radiology, chart), chart), chart)
    assert page["begin"] == 0
    assert [one["name"] for one in page["images"]] == ["PA", "LL"]
    (mark,) = page["marks"]
    assert (mark.claim, mark.name, mark.x) == (0, "Pneumonia", 8)
    assert page["rows"][0].percent == "91%"
