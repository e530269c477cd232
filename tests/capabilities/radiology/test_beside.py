"""Another study beside this one: which there are, which came first, and what changed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.capabilities.radiology.studies import AT, RAO
from wardround.capabilities.radiology import Other, Report, beside, others
from wardround.capabilities.radiology.comparing.changes import (
    OTHER_MODEL,
    UNMEASURED,
    UNSIGNED,
    Line,
)
from wardround.kernel import Draft, Input, Model, Status

MODEL = Model(name="wardround-chest", version="2", digest="c" * 64)
PICTURE = {"input": "image-0", "rows": 64, "columns": 48, "view": "PA", "read": True}
PNEUMONIA = {"id": "read-0", "code": "233604007", "display": "Pneumonia", "probability": 0.9}
FRACTURE = {"id": "added-1", "display": "Rib fracture", "state": "added"}


def study(
    name: str,
    taken: str,
    *findings: dict[str, Any],
    status: Status = Status.SIGNED,
    model: Model = MODEL,
    picture: dict[str, Any] | None = None,
    **more: Any,
) -> Draft:
    """Return a draft of a study; its files and its UID are its own."""
    said: dict[str, Any] = {
        "uid": f"1.2.{name}",
        "modality": "DX",
        "body_part": "CHEST",
        "taken": taken,
    }
    said |= {"pictures": [PICTURE | (picture or {})], **more.pop("study", {})}
    report = Report.model_validate({"study": said, "findings": findings})
    signed = {"decided_by": RAO, "decided_at": AT} if status is Status.SIGNED else {}
    files = Input(name="image-0", reference=name, sha256=name * 64, media_type="application/dicom")
    values = {
        "id": name,
        "capability": "radiology",
        "subject": "Patient/ada",
        "status": status,
        "content": report.model_dump(mode="json"),
        "model": model,
        "inputs": (files,),
        "created": AT,
        "updated": AT,
        **signed,
        **more,
    }
    return Draft.model_validate(values)


def found(state: str, **more: Any) -> dict[str, Any]:
    return PNEUMONIA | {"state": state, **more}


def lines(now: Draft, other: Draft) -> tuple[tuple[Line, ...], str, str]:
    """Return what is told of each finding, why not, and why no probabilities are."""
    (one,) = others(now, [now, other])
    compared = beside(now, one).comparison
    assert compared is not None
    return compared.lines, compared.why, compared.why_model


NOW = study("a", "2026-11-20T08:30:00", found("confirmed"), status=Status.DRAFTED)


@pytest.mark.requirement("RAD-16")
def test_the_newest_earlier_study_comes_first_and_each_is_named_for_what_it_is() -> None:
    known = [
        study("b", "2025-03-10"),
        study("c", "2026-06-05T10:00:00", status=Status.DRAFTED),
        study("d", "2026-11-25"),
        study("e", ""),
        study("f", "2026-11-20"),
        study("g", "2026-11-20T08:30:00"),
        study("h", "2026-11-20T07:00:00"),
        study("i", "2024", study={"uid": "1.2.a"}),
    ]
    got = [(one.draft.id, one.place) for one in others(NOW, [*known, NOW])]
    assert got == [
        ("h", "earlier"),
        ("c", "earlier"),
        ("b", "earlier"),
        ("d", "later"),
        ("g", "same day"),
        ("f", "same day"),
        ("i", "same study"),
        ("e", "undated"),
    ]


@pytest.mark.requirement("RAD-16")
def test_what_is_no_other_study_is_not_offered() -> None:
    amendment = study("j", "2025-01-01", status=Status.DRAFTED, supersedes="k")
    signed = study("k", "2025-01-01")
    known = [
        study("b", "2025-03-10", status=Status.REJECTED),
        study("c", "2025-03-10", status=Status.SUPERSEDED),
        study("d", "2025-03-10", capability="pathology"),
        study("e", "2025-03-10", inputs=NOW.inputs),
        study("f", "2025-03-10", content={}, status=Status.ABSTAINED),
        amendment,
        signed,
    ]
    (one,) = others(NOW, known)
    assert (one.draft.id, one.amending) == ("k", True)


def test_a_line_says_what_was_signed() -> None:
    def said(draft: Draft) -> str:
        return others(NOW, [draft])[0].says

    assert said(study("b", "2025", found("absent"), FRACTURE)) == (
        "signed: pneumonia absent, rib fracture present"
    )
    assert said(study("b", "2025")) == "signed: no finding"
    assert said(study("b", "2025", FRACTURE, status=Status.DRAFTED)) == "draft, not signed"


@pytest.mark.requirement("RAD-17")
@pytest.mark.parametrize(
    ("before", "now", "course"),
    [
        ("absent", "confirmed", "appeared"),
        ("absent", "added", "appeared"),
        ("confirmed", "absent", "gone"),
        ("added", "confirmed", "unchanged"),
        ("absent", "absent", "unchanged"),
        ("confirmed", "suggested", "undecided"),
    ],
)
def test_what_people_decided_is_compared(before: str, now: str, course: str) -> None:
    this = study("a", "2026-11-20", found(now), status=Status.DRAFTED)
    ((line,), why, why_model) = lines(this, study("b", "2025-03-10", found(before)))
    assert (line.course, why, why_model) == (course, "", "")
    assert line.model.startswith("90% then, 90% since.")


@pytest.mark.requirement("RAD-17")
def test_what_a_report_does_not_mention_was_not_absent() -> None:
    (first, second), why, _ = lines(NOW, study("b", "2025-03-10", FRACTURE))
    assert not why
    assert (first.display, first.older, first.newer) == ("Pneumonia", "not mentioned", "present")
    assert (first.course, first.model) == ("unmentioned", "")
    assert (second.display, second.older, second.newer) == (
        "Rib fracture", "present", "not mentioned"
    )  # fmt: skip
    assert second.course == "unmentioned"


@pytest.mark.requirement("RAD-17")
@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"picture": {"view": "AP"}}, "two views, AP and PA"),
        ({"picture": {"view": ""}}, "is not known"),
        ({"picture": {"laterality": "L"}}, "not of the same side"),
        ({"study": {"body_part": "HAND"}}, "not of one kind: Hand X-ray, and Chest X-ray"),
        ({"study": {"modality": "CT"}}, "not of one kind"),
        ({"study": {"uid": "1.2.a"}}, "Both are one study"),
        ({"study": {"taken": ""}}, "Which of the two was taken first is not known."),
        ({"study": {"taken": "2026-11-20"}}, "taken at the same time"),
        ({"status": Status.DRAFTED}, UNSIGNED),
    ],
)
def test_what_cannot_be_compared_is_not_and_the_reason_is_told(
    other: dict[str, Any], why: str
) -> None:
    ((line,), said, _) = lines(NOW, study("b", "2025-03-10", found("absent"), **other))
    assert why in said
    assert (line.course, line.says) == ("not compared", "Not compared")
    assert {line.older, line.newer} == {"absent", "present"}
    assert bool(line.model) == (said == UNSIGNED)


@pytest.mark.requirement("RAD-17")
def test_probabilities_of_two_models_are_not_compared_but_decisions_are() -> None:
    newer = MODEL.model_copy(update={"version": "3"})
    ((line,), why, why_model) = lines(NOW, study("b", "2025-03-10", found("absent"), model=newer))
    assert (line.course, line.model, why, why_model) == ("appeared", "", "", OTHER_MODEL)


@pytest.mark.requirement("RAD-17")
def test_a_difference_is_told_as_a_difference_and_as_nothing_more() -> None:
    ((line,), _, _) = lines(NOW, study("b", "2025-03-10", found("absent", probability=0.05)))
    assert line.model == (
        "5% then, 90% since. The probability is higher than before; the model does not see what "
        "has changed."
    )


@pytest.mark.requirement("RAD-17")
def test_of_another_model_two_numbers_are_told_and_that_their_noise_is_not_known() -> None:
    added = Model(name="hip-fracture", version="1", digest="d" * 64)
    this = study("a", "2026-11-20", found("confirmed"), model=added)
    ((line,), _, _) = lines(this, study("b", "2025", found("absent"), model=added))
    assert line.model == f"90% then, 90% since. {UNMEASURED}"


@pytest.mark.requirement("RAD-17")
def test_what_a_person_named_is_what_the_model_named() -> None:
    written = {"id": "added-1", "display": "pneumonia ", "state": "added"}
    ((line,), _, _) = lines(NOW, study("b", "2025", written))
    assert (line.course, line.model) == ("unchanged", "")
    coded = found("absent") | {"system": "http://radlex.org"}
    both, _, _ = lines(NOW, study("b", "2025", coded))
    assert [one.course for one in both] == ["unmentioned", "unmentioned"]


@pytest.mark.requirement("RAD-17")
def test_of_two_of_a_kind_none_is_taken_for_the_other() -> None:
    two = [found(state) | {"id": f"read-{n}"} for n, state in enumerate(["confirmed", "added"])]
    ((line,), _, _) = lines(NOW, study("b", "2025", *two))
    assert (line.older, line.newer) == ("present (2)", "present")
    assert (line.course, line.model) == ("unchanged", "")
    mixed = [found(state) | {"id": f"read-{n}"} for n, state in enumerate(["absent", "suggested"])]
    ((line,), _, _) = lines(study("a", "2026-11-20", *mixed), study("b", "2025", found("absent")))
    assert (line.newer, line.course) == ("not decided", "undecided")


@pytest.mark.requirement("RAD-17")
def test_a_later_study_is_the_newer_of_the_two() -> None:
    later = study("b", "2026-12-24", found("absent"))
    (one,) = others(NOW, [later])
    shown = beside(NOW, one)
    assert shown.comparison is not None
    assert (shown.older, shown.newer) == ("This study", "Later study")
    assert shown.comparison.lines[0].course == "gone"


def test_beside_a_study_that_was_not_read_nothing_is_compared() -> None:
    unread = study("a", "2026", status=Status.ABSTAINED).model_copy(update={"content": {}})
    (one,) = others(unread, [study("b", "2025-03-10", found("confirmed"))])
    shown = beside(unread, one)
    assert one.place == "undated"
    assert (shown.comparison, shown.why) == (
        None, "This study was not read: there is no report to compare."
    )  # fmt: skip


def test_a_region_of_the_other_study_says_what_its_report_says_of_it() -> None:
    region = {"image": 0, "x": 1, "y": 2, "width": 3, "height": 4}
    other = study("b", "2025", found("absent", regions=[region]), FRACTURE | {"regions": [region]})
    (one,) = others(NOW, [other])
    names = [mark.name for mark in beside(NOW, one).found["marks"]]
    assert names == ["Pneumonia, absent", "Rib fracture, present"]


def test_where_an_answer_of_the_other_study_rests_is_no_region_of_it() -> None:
    region = {"image": 0, "x": 1, "y": 2, "width": 3, "height": 4}
    resting = {"faithful": True, "region": region}
    (one,) = others(NOW, [study("b", "2025", found("confirmed", resting=resting))])
    assert beside(NOW, one).found["marks"] == []


def test_of_two_of_one_moment_the_one_handed_in_last_comes_first() -> None:
    old, new = (
        study(name, "2025-03-10", created=AT + timedelta(hours=n)) for n, name in enumerate("bc")
    )
    got: list[Other] = list(others(NOW, [old, new]))
    assert [one.draft.id for one in got] == ["c", "b"]
